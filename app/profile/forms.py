"""What a clerk fills in about the unit, its leaders and offices, and what is said when something is amiss."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import (
    DateField,
    Form,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from app.core.html import clean, plain
from app.profile.models import CardKind, Office, OfficeSort
from app.profile.phones import fault_of_phone
from app.profile.values import CONTACT, DATES, FIELDS, PICTURES, Values

#: What stands in a field of numbers where there is none.
NONE = "无"
RICH = frozenset({"duties", "resume"})
_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ONLY_PARAGRAPHS = re.compile(r"(?:<p>[^<]*</p>)*")
LONGEST_RICH = 20_000


class DayField(DateField):  # type: ignore[misc]  # WTForms has no types.
    """A day whose fault is explained in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("日期请按 2026-01-31 的样子填写。") from error


def _at_most(length: int) -> Any:
    return Length(max=length, message=f"最多 {length} 个字。")


def _phone(_form: Form, field: StringField) -> None:
    text = (field.data or "").strip()
    if text and text != NONE and (fault := fault_of_phone(text)):
        raise ValidationError(fault)


class CardForm(Form):  # type: ignore[misc]  # WTForms has no types.
    """What all cards' forms share; the picture is no field of the form, because its file is kept apart."""

    kind: CardKind
    #: The change that the form was filled from; 0 for a new card.
    base = HiddenField()

    @property
    def base_id(self) -> int:
        """The newest change when the form was filled; a number that no change has where it is unreadable."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdecimal() else -1

    def values(self, picture_id: int | None) -> Values:
        """Return what was filled in, as a change keeps it."""
        found: Values = {}
        for name in FIELDS[self.kind]:
            if name in PICTURES:
                found[name] = picture_id
            elif name in DATES:
                found[name] = self[name].data.isoformat() if self[name].data else None
            elif name == "parent_id":
                found[name] = self[name].data or None
            else:
                text = (self[name].data or "").strip()
                found[name] = clean(text) if name in RICH and self.kind is not CardKind.OFFICE else text
        return found


class ProfileForm(CardForm):
    """The unit itself: four fields are needed to go online (S-17), the guide's six all or none (GK-05)."""

    kind = CardKind.PROFILE
    name = StringField("单位名称", [DataRequired("请填写单位全称。"), _at_most(80)])
    duties = TextAreaField("机构职责", [DataRequired("请填写机构职责。"), _at_most(LONGEST_RICH)])
    address = StringField("办公地址", [DataRequired("请填写办公地址。"), _at_most(120)])
    office_hours = StringField("办公时间", [_at_most(120)])
    phone = StringField("联系电话", [DataRequired("请填写联系电话。"), _at_most(60), _phone])
    fax = StringField("传真", [_at_most(60), _phone])
    mailbox = StringField("电子邮箱", [_at_most(80)])
    postcode = StringField("邮政编码", [_at_most(10)])
    map_number = StringField("审图号", [_at_most(60)])
    contact_office = StringField("机构名称", [_at_most(80)])
    contact_address = StringField("办公地址", [_at_most(120)])
    contact_hours = StringField("办公时间", [_at_most(120)])
    contact_phone = StringField("联系电话", [_at_most(60), _phone])
    contact_fax = StringField("传真号码", [_at_most(60), _phone])
    contact_web = StringField("互联网联系方式", [_at_most(200)])

    def validate_duties(self, field: TextAreaField) -> None:
        if not clean(field.data or ""):
            raise ValidationError("请填写机构职责。")

    def validate_mailbox(self, field: StringField) -> None:
        if field.data and not _MAILBOX.fullmatch(field.data.strip()):
            raise ValidationError("电子邮箱请写成 name@example.gov.cn 的样子。")

    def validate_postcode(self, field: StringField) -> None:
        if field.data and not re.fullmatch(r"[0-9]{6}", field.data.strip()):
            raise ValidationError("邮政编码是 6 位数字。")

    def is_right(self, picture_id: int | None) -> bool:
        """Judge the form together with its map, which needs its number (ZY-15)."""
        is_right = bool(self.validate())
        filled = [name for name in CONTACT if (self[name].data or "").strip()]
        if filled:
            for name in CONTACT.keys() - set(filled):
                self[name].errors = ["公开指南的六项要填齐；没有的写“无”。"]
                is_right = False
        if picture_id and not (self.map_number.data or "").strip():
            self.map_number.errors = ["地图要注明审图号；没有审图号的地图不能公开，请换用标准地图。"]
            is_right = False
        return is_right


class TermedForm(CardForm):
    """A card that is shown from one day to another."""

    def is_right(self, picture_id: int | None) -> bool:  # noqa: ARG002 - the same question for all cards
        """Judge the form."""
        is_right = bool(self.validate())
        since, until = self["since"].data, self["until"].data
        if is_right and since and until and until < since:
            self["until"].errors = ["结束日期不能早于开始日期。"]
            return False
        return is_right


class LeaderForm(TermedForm):
    """A leader (S-18)."""

    kind = CardKind.LEADER
    name = StringField("姓名", [DataRequired("请填写姓名。"), _at_most(40)])
    post = StringField("职务", [DataRequired("请填写职务。"), _at_most(80)])
    division = TextAreaField("工作分工", [_at_most(1000)])
    resume = TextAreaField("简历", [_at_most(LONGEST_RICH)])
    since = DayField("任职开始", [Optional()])
    until = DayField("任职结束", [Optional()])


class OfficeForm(TermedForm):
    """An office (S-19)."""

    kind = CardKind.OFFICE
    name = StringField("机构名称", [DataRequired("请填写机构名称。"), _at_most(80)])
    sort = SelectField(
        "类别", choices=[SelectChoice(one.value, one.label) for one in OfficeSort], validate_choice=False
    )
    parent_id = SelectField(
        "上级机构",
        coerce=lambda value: int(value or 0),
        validate_choice=False,
        invalid_value_message="请选择。",
    )
    head = StringField("负责人", [_at_most(40)])
    phone = StringField("联系电话", [_at_most(60), _phone])
    duties = TextAreaField("职能", [_at_most(1000)])
    place = StringField("办公地点", [_at_most(120)])
    since = DayField("设立日期", [Optional()])
    until = DayField("撤销日期", [Optional()])

    def offer(self, offices: Iterable[Office], names: Mapping[int, str], own_id: int) -> None:
        """Let the clerk choose among the other offices."""
        others = [one for one in offices if one.id != own_id]
        self.parent_id.choices = [
            SelectChoice(0, "无（直接属于本单位）"),
            *(SelectChoice(one.id, one.name or names.get(one.id, "")) for one in others),
        ]
        self.parent_ids = {0, *(one.id for one in others)}

    def validate_sort(self, field: SelectField) -> None:
        if field.data not in set(OfficeSort):
            raise ValidationError("请选择列出的类别。")

    def validate_parent_id(self, field: SelectField) -> None:
        if (field.data or 0) not in self.parent_ids:
            raise ValidationError("请选择列出的上级机构。")


FORMS: dict[CardKind, type[ProfileForm] | type[LeaderForm] | type[OfficeForm]] = {
    CardKind.PROFILE: ProfileForm,
    CardKind.LEADER: LeaderForm,
    CardKind.OFFICE: OfficeForm,
}


def form_of(kind: CardKind, values: Values, base: int) -> Any:
    """Return a card's form filled with values."""
    data: dict[str, Any] = {"base": str(base)}
    for name, value in values.items():
        if name in DATES:
            data[name] = date.fromisoformat(value) if value else None
        elif name in RICH:
            data[name] = plain(value) if _ONLY_PARAGRAPHS.fullmatch(value or "") else value
        else:
            data[name] = value
    return FORMS[kind](data=data)
