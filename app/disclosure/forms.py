"""What a unit fills in about a row of its catalogue; a deadline is a choice and a number, never free text."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.content.models import Column, Section
from app.core.clock import today
from app.core.errors import RuleBroken
from app.core.rules import vocabulary
from app.disclosure.catalogues import catalogues
from app.disclosure.deadlines import Deadline, Sort, checked, parsed
from app.disclosure.editing import Words
from app.disclosure.models import CatalogueRow, Level, Mode

SECTIONS = {Section.MAIN: "栏目", Section.DISCLOSURE: "政府信息公开"}
LONGEST_NUMBER = 4
LONGEST_VERSION = 9


def channels() -> dict[str, str]:
    """Return the ways of disclosing that hold today: label by code."""
    return {code: entry["label"] for code, entry in vocabulary("channels", on=today()).items()}


def _text(label: str, most: int, *, is_needed: bool = False) -> StringField:
    rules: list[Any] = [Length(max=most, message=f"最多 {most} 个字。")]
    return StringField(label, [DataRequired(f"请填写{label}。"), *rules] if is_needed else rules)


class WholeNumberField(IntegerField):  # type: ignore[misc]  # WTForms has no types.
    """A number whose fault is explained in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        written = valuelist[0].strip() if valuelist else ""
        self.data = (
            int(written)
            if written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER
            else None
        )
        if written and self.data is None:
            raise ValueError("请填写阿拉伯数字，例如 20。")


class RowForm(Form):  # type: ignore[misc]  # WTForms has no types.
    """One row of the catalogue, with all its fields (rules 1.10, 1.11)."""

    area = SelectField("领域", validate_choice=False)
    first = _text("一级事项", 40, is_needed=True)
    second = _text("二级事项", 60, is_needed=True)
    content = TextAreaField("公开内容（要素）", [Length(max=500, message="最多 500 个字。")])
    basis = _text("公开依据", 200, is_needed=True)
    deadline = SelectField(
        "公开时限", choices=[SelectChoice(one.value, one.label) for one in Sort], validate_choice=False
    )
    number = WholeNumberField("天数", [Optional()])
    month = WholeNumberField("月", [Optional()])
    day = WholeNumberField("日", [Optional()])
    channels = SelectMultipleField(
        "公开渠道和载体",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    audience = _text("公开对象", 80)
    mode = RadioField(
        "公开方式", choices=[SelectChoice(one.value, one.label) for one in Mode], validate_choice=False
    )
    level = RadioField(
        "公开层级", choices=[SelectChoice(one.value, one.label) for one in Level], validate_choice=False
    )
    column_id = SelectField(
        "对应的栏目",
        coerce=lambda value: int(value or 0),
        validate_choice=False,
        invalid_value_message="请选择本单位的栏目。",
    )

    #: The version that the form was filled from; empty for a new row.
    base = HiddenField()

    def offer(self, columns: Iterable[Column]) -> None:
        """Let the person choose among the unit's columns, the areas and the channels of the data."""
        kept = [column for column in columns if column.section is not Section.FOOTER]
        self.column_ids = {column.id for column in kept}
        self.column_id.choices = [
            SelectChoice(0, "不对应栏目，只列关联的信息", optgroup="不选"),
            *(SelectChoice(one.id, one.title, optgroup=SECTIONS[one.section]) for one in kept),
        ]
        areas = catalogues().areas
        self.area.choices = [
            SelectChoice("", "基本目录"),
            *(SelectChoice(one.slug, one.title) for one in areas),
        ]
        self.channels.choices = [SelectChoice(code, label) for code, label in channels().items()]

    def validate_area(self, field: SelectField) -> None:
        if field.data and catalogues().area(field.data) is None:
            raise ValidationError("请选择列出的领域。")

    def validate_column_id(self, field: SelectField) -> None:
        if field.data and field.data not in self.column_ids:
            raise ValidationError("请选择本单位的栏目。")

    def validate_channels(self, field: SelectMultipleField) -> None:
        if not field.data or not set(field.data) <= channels().keys():
            raise ValidationError("请至少选一个公开渠道。")

    def validate_mode(self, field: RadioField) -> None:
        if field.data not in set(Mode):
            raise ValidationError("请选择主动公开或者依申请公开。")

    def validate_level(self, field: RadioField) -> None:
        if field.data not in set(Level):
            raise ValidationError("请选择公开层级。")

    def validate_deadline(self, field: SelectField) -> None:
        if field.data not in set(Sort):
            raise ValidationError("请选择列出的公开时限。")
        try:
            self._deadline()
        except RuleBroken as fault:
            raise ValidationError(fault.message) from fault

    @property
    def base_version(self) -> int:
        """The version that the form was filled from; zero for what is no number."""
        written = self.base.data or ""
        is_number = written.isascii() and written.isdecimal() and len(written) <= LONGEST_VERSION
        return int(written) if is_number else 0

    def words(self) -> Words:
        """Return what was written, in one line each."""
        said = {name: _line(self[name].data) for name in ("first", "second", "content", "basis", "audience")}
        return Words(
            **said,
            deadline=self._deadline().written,
            channels=" ".join(code for code in channels() if code in self.channels.data),
            mode=Mode(self.mode.data),
            level=Level(self.level.data),
            area=self.area.data or "",
            column_id=self.column_id.data or None,
        )

    def _deadline(self) -> Deadline:
        sort = Sort(self.deadline.data)
        if sort is Sort.YEARLY:
            return checked(Deadline(sort, month=self.month.data or 0, day=self.day.data or 0))
        return checked(Deadline(sort, number=0 if sort is Sort.REALTIME else self.number.data or 0))


def form_of(row: CatalogueRow, columns: Iterable[Column]) -> RowForm:
    """Return the form filled with what a row says."""
    rule = parsed(row.deadline)
    names = ("area", "first", "second", "content", "basis", "audience")
    values: Mapping[str, Any] = {name: getattr(row, name) for name in names}
    form = RowForm(
        data={
            **values,
            "deadline": rule.sort.value,
            "number": rule.number or None,
            "month": rule.month or None,
            "day": rule.day or None,
            "channels": row.channels.split(),
            "mode": row.mode.value,
            "level": row.level.value,
            "column_id": row.column_id or 0,
            "base": row.version,
        }
    )
    form.offer(columns)
    return form


def new_form(columns: Iterable[Column], level: Level) -> RowForm:
    """Return an empty form with what most rows say."""
    form = RowForm(
        data={
            "deadline": Sort.WORKDAYS.value,
            "number": 20,
            "channels": ["web"],
            "mode": Mode.OPEN.value,
            "level": level.value,
        }
    )
    form.offer(columns)
    return form


def _line(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").split())
