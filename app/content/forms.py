"""What an editor fills in, and what is said when something is missing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import request
from wtforms import (
    DateField,
    DateTimeLocalField,
    Form,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.content import vocabulary
from app.content.genres import Attribute, Genre, Secrecy
from app.content.models import Attachment, Column, Revision, Section
from app.content.services import Text
from app.core.clock import COUNTY_ZONE
from app.core.html import clean
from app.web.converters import LARGEST_ID

#: The fields of a text that are one line of words, under the same names in the form and in the revision.
WORDS = (
    *("title", "summary", "source", "source_url", "document_number", "keywords"),
    *("issuer", "signatory", "recipients", "copies", "printer", "note"),
    *("attribute_clause", "attribute_reason", "correction"),
    *("subject", "audience", "contact", "plan_period", "answers"),
)
#: Its dates on the county's calendar, and its moments, which a form shows in the county's time.
DAYS = ("formed_on", "printed_on", "effective_on", "expires_on")
MOMENTS = ("period_from", "period_until")
WEB_ADDRESSES = ("http://", "https://")
SECTION_LABELS = {Section.MAIN: "栏目", Section.DISCLOSURE: "政府信息公开", Section.FOOTER: "页脚"}


class ChineseDateField(DateField):  # type: ignore[misc]  # WTForms has no types.
    """A date whose fault is explained in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("日期请按 2026-01-31 的样子填写。") from error


class ChineseMomentField(DateTimeLocalField):  # type: ignore[misc]  # WTForms has no types.
    """A minute of the county's time; its data carry the zone."""

    data: Any

    def process_data(self, value: datetime | None) -> None:
        super().process_data(value.astimezone(COUNTY_ZONE) if value else None)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("时间请按 2026-01-31 17:00 的样子填写。") from error
        if self.data is not None:
            self.data = self.data.replace(tzinfo=COUNTY_ZONE)


def _at_most(length: int) -> Any:
    return Length(max=length, message=f"最多 {length} 个字。")


def _choices(of: Iterable[Any]) -> list[SelectChoice]:
    return [SelectChoice(one.value, one.label) for one in of]


class ArticleForm(Form):  # type: ignore[misc]  # WTForms has no types.
    """An article's text; the token against forgery is the template's."""

    column_id = SelectField(
        "栏目",
        coerce=lambda value: int(value or 0),
        validators=[InputRequired("请选择栏目。")],
        validate_choice=False,
        invalid_value_message="请选择栏目。",
    )
    title = StringField("标题", [DataRequired("请填写标题。"), _at_most(120)])
    body = TextAreaField("正文", [DataRequired("请填写正文。")])
    source = StringField("来源", [_at_most(80)])
    source_url = StringField("原文网址", [Optional(), _at_most(300)])
    genre = SelectField("体裁", choices=_choices(Genre), validate_choice=False)
    document_number = StringField("文号", [_at_most(60)])
    formed_on = ChineseDateField("成文日期", [Optional()])
    printed_on = ChineseDateField("印发日期", [Optional()])
    keywords = StringField("关键词", [_at_most(120)])
    summary = TextAreaField("摘要", [_at_most(300)])
    issuer = StringField("发文机关", [_at_most(80)])
    signatory = StringField("签发人", [_at_most(40)])
    recipients = StringField("主送", [_at_most(300)])
    copies = StringField("抄送", [_at_most(500)])
    printer = StringField("印发机关", [_at_most(80)])
    note = StringField("附注", [_at_most(120)])
    subject = SelectField("主题", validate_choice=False)
    audience = SelectField("服务对象", validate_choice=False)
    effective_on = ChineseDateField("施行日期", [Optional()])
    expires_on = ChineseDateField("有效期至", [Optional()])
    period_from = ChineseMomentField("公示开始", [Optional()])
    period_until = ChineseMomentField("公示截止", [Optional()])
    contact = StringField("联系方式", [_at_most(120)])
    plan_period = StringField("规划期", [_at_most(20)])
    answers = StringField("澄清的说法", [_at_most(200)])
    attribute = SelectField("公开属性", choices=_choices(Attribute), validate_choice=False)
    attribute_clause = SelectField("不主动公开的依据", validate_choice=False)
    attribute_reason = StringField("不主动公开的理由", [_at_most(200)])
    basis = SelectField("公开依据", validate_choice=False)
    secrecy = SelectField("涉密状态", choices=_choices(Secrecy), validate_choice=False)
    correction = StringField("更正说明", [_at_most(200)])
    #: The revision that the form was filled from; empty for a new article.
    base = HiddenField()

    def offer(self, columns: Iterable[Column]) -> None:
        """Let the editor choose among the columns, grouped as on the subsite."""
        ordered = sorted(columns, key=lambda column: list(Section).index(column.section))
        self.column_ids = {column.id for column in ordered}
        self.column_id.choices = [
            SelectChoice("", "请选择栏目", optgroup="请选择"),
            *(SelectChoice(one.id, one.title, optgroup=SECTION_LABELS[one.section]) for one in ordered),
        ]
        self.basis.choices = [SelectChoice("", "按体裁自动选择"), *_named(vocabulary.bases())]
        self.subject.choices = [SelectChoice("", "不分类"), *_named(vocabulary.subjects())]
        self.audience.choices = [SelectChoice("", "不分类"), *_named(vocabulary.audiences())]
        self.attribute_clause.choices = [
            SelectChoice("", "主动公开的不用选"),
            *_named(vocabulary.closing_clauses()),
        ]

    def validate_column_id(self, field: SelectField) -> None:
        if field.data not in self.column_ids:
            raise ValidationError("请选择栏目。")

    def validate_genre(self, field: SelectField) -> None:
        if field.data not in set(Genre):
            raise ValidationError("请选择列出的体裁。")

    def validate_attribute(self, field: SelectField) -> None:
        if (field.data or Attribute.OPEN) not in set(Attribute):
            raise ValidationError("请选择列出的公开属性。")

    def validate_attribute_clause(self, field: SelectField) -> None:
        """Ask for the clause where a text is not disclosed by itself (S-14, GK-06)."""
        if self._is_closed and field.data not in vocabulary.closing_clauses():
            raise ValidationError("不主动公开的信息，要选择依据的条款。")

    def validate_attribute_reason(self, field: StringField) -> None:
        if self._is_closed and not (field.data or "").strip():
            raise ValidationError("不主动公开的信息，要写明理由。")

    def validate_secrecy(self, field: SelectField) -> None:
        if (field.data or Secrecy.NONE) not in set(Secrecy):
            raise ValidationError("请选择列出的涉密状态。")

    def validate_body(self, field: TextAreaField) -> None:
        if not clean(field.data or ""):
            raise ValidationError("正文里没有文字。如果内容在附件里，请至少写一句说明。")

    def validate_source_url(self, field: StringField) -> None:
        if not field.data.startswith(WEB_ADDRESSES) or len(field.data.split()) != 1:
            raise ValidationError("原文网址要以 http:// 或 https:// 开头。")

    def validate_printed_on(self, field: DateField) -> None:
        """Refuse a document that was printed before it was formed (rule L4)."""
        if self.formed_on.data and field.data < self.formed_on.data:
            raise ValidationError("印发日期不能早于成文日期。")

    def validate_expires_on(self, field: DateField) -> None:
        """Refuse a document that ends before it holds (rule L8)."""
        if self.effective_on.data and field.data < self.effective_on.data:
            raise ValidationError("有效期不能在施行日期之前结束。")

    def validate_period_until(self, field: DateField) -> None:
        """Refuse a public notice that ends before it begins (S-21)."""
        if self.period_from.data and field.data <= self.period_from.data:
            raise ValidationError("公示截止要晚于公示开始。")

    def text(self, files: Iterable[Attachment]) -> Text:
        """Return what was written, with the files that belong to it."""
        genre, is_closed = Genre(self.genre.data), self._is_closed
        words: dict[str, Any] = {name: self[name].data or "" for name in WORDS}
        words |= {name: self[name].data for name in (*DAYS, *MOMENTS)}
        words["subject"] = words["subject"] if words["subject"] in vocabulary.subjects() else ""
        words["audience"] = words["audience"] if words["audience"] in vocabulary.audiences() else ""
        if not is_closed:  # What explains why a text is closed says nothing of an open one.
            words["attribute_clause"] = words["attribute_reason"] = ""
        known = self.basis.data in vocabulary.bases()
        return Text(
            body=self.body.data,
            genre=genre,
            attribute=Attribute(self.attribute.data or Attribute.OPEN),
            secrecy=Secrecy(self.secrecy.data or Secrecy.NONE),
            basis=self.basis.data if known else vocabulary.basis_for(genre),
            files=tuple(file.id for file in files),
            **words,
        )

    @property
    def _is_closed(self) -> bool:
        return bool(self.attribute.data) and self.attribute.data != Attribute.OPEN

    @property
    def base_id(self) -> int:
        """The revision that the form was filled from; 0, which no revision has, where that is unreadable."""
        return int(self.base.data) if (self.base.data or "").isdecimal() else 0


def new_form(*, source: str, column_id: int | None) -> ArticleForm:
    """Return an empty form: the unit is the source unless the editor says otherwise."""
    return ArticleForm(data={"source": source, "column_id": column_id, "genre": Genre.NEWS.value})


def form_of(revision: Revision, column_id: int) -> ArticleForm:
    """Return the form filled from a stored text."""
    texts = {name: getattr(revision, name) for name in (*WORDS, *DAYS, *MOMENTS, "body", "basis")}
    kinds = {name: getattr(revision, name).value for name in ("genre", "attribute", "secrecy")}
    place = {"column_id": column_id, "base": str(revision.id)}
    return ArticleForm(data={**texts, **kinds, **place})


def sent_form() -> ArticleForm:
    """Return the form as the editor sent it."""
    return ArticleForm(request.form)


def _named(entries: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in entries.items()]


def kept_files() -> list[int]:
    """Return the ids of the stored files that the editor keeps, in order."""
    sent = dict.fromkeys(request.form.getlist("files"))
    return [int(value) for value in sent if value.isdecimal() and int(value) <= LARGEST_ID]
