"""What the clerk checks of a document that was taken in: each field beside the words it came from."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, Form, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.content.forms import SECTION_LABELS, ChineseDateField
from app.content.genres import Attribute, Genre
from app.content.models import Column, Revision, Section
from app.content.services import Text

#: Under which name the evidence for a field stands, where it is another than the field's.
EVIDENCE = {"genre": "sort"}
NAMES = (
    "title",
    "document_number",
    "issuer",
    "signatory",
    "recipients",
    "keywords",
    "copies",
    "printer",
    "note",
    "attribute_clause",
    "attribute_reason",
)


def longest_of(name: str) -> int:
    """Return how many characters a field of a text may have."""
    kind: Any = getattr(Revision, name).type
    return int(kind.length)


def _at_most(name: str) -> Any:
    longest = longest_of(name)
    return Length(max=longest, message=f"最多 {longest} 个字。")


def _text(label: str, name: str, *validators: Any, field: Any = StringField) -> Any:
    return field(label, [*validators, _at_most(name)])


class IntakeForm(Form):  # type: ignore[misc]  # WTForms has no types.
    """The fields of a document; the token against forgery is the template's."""

    title = _text("标题", "title", DataRequired("请填写标题。"), field=TextAreaField)
    column_id = SelectField(
        "栏目",
        coerce=lambda value: int(value or 0),
        validators=[InputRequired("请选择栏目。")],
        validate_choice=False,
        invalid_value_message="请选择栏目。",
    )
    genre = SelectField("体裁", choices=[SelectChoice(one.value, one.label) for one in Genre])
    document_number = _text("文号", "document_number")
    issuer = _text("发文机关", "issuer")
    signatory = _text("签发人", "signatory")
    recipients = _text("主送", "recipients", field=TextAreaField)
    formed_on = ChineseDateField("成文日期", [Optional()])
    attribute = SelectField("公开属性", choices=[SelectChoice(one.value, one.label) for one in Attribute])
    attribute_clause = _text("不主动公开的依据条款", "attribute_clause")
    attribute_reason = _text("不主动公开的理由", "attribute_reason", field=TextAreaField)
    note = _text("附注", "note")
    keywords = _text("主题词", "keywords")
    copies = _text("抄送", "copies", field=TextAreaField)
    printer = _text("印发机关", "printer")
    printed_on = ChineseDateField("印发日期", [Optional()])
    with_original = BooleanField("把原文件作为附件，让读者也能下载")
    base = HiddenField()

    def offer(self, columns: Iterable[Column]) -> None:
        """Let the clerk choose among the columns, grouped as on the subsite."""
        ordered = sorted(columns, key=lambda column: list(Section).index(column.section))
        self.column_ids = {column.id for column in ordered}
        self.column_id.choices = [
            SelectChoice(one.id, one.title, optgroup=SECTION_LABELS[one.section]) for one in ordered
        ]

    def validate_column_id(self, field: SelectField) -> None:
        if field.data not in self.column_ids:
            raise ValidationError("请选择栏目。")

    def validate_printed_on(self, field: ChineseDateField) -> None:
        """Refuse a document that was printed before it was formed (rule L4)."""
        if self.formed_on.data and field.data < self.formed_on.data:
            raise ValidationError("印发日期不能早于成文日期。")

    def changes(self) -> dict[str, Any]:
        """Return what was sent, as fields of a text."""
        return {
            **{name: self[name].data or "" for name in NAMES},
            "genre": Genre(self.genre.data),
            "attribute": Attribute(self.attribute.data),
            "formed_on": self.formed_on.data,
            "printed_on": self.printed_on.data,
            "with_original": bool(self.with_original.data),
        }

    @property
    def base_id(self) -> int:
        """The revision that the form was filled from; 0, which no revision has, where that is unreadable."""
        return int(self.base.data) if (self.base.data or "").isdecimal() else 0


def form_of(text: Text, *, column_id: int, base: int, original_id: int) -> IntakeForm:
    """Return the form filled from a draft."""
    return IntakeForm(
        data={
            **{name: getattr(text, name) for name in NAMES},
            "genre": text.genre.value,
            "attribute": text.attribute.value,
            "formed_on": text.formed_on,
            "printed_on": text.printed_on,
            "column_id": column_id,
            "with_original": original_id in text.files,
            "base": str(base),
        }
    )
