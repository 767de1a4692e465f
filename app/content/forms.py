"""What an editor fills in, and what is said when something is missing."""

from collections.abc import Iterable
from typing import Any

from flask import request
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
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.content.genres import Genre
from app.content.models import Attachment, Column, Revision, Section
from app.content.services import Text
from app.core.html import clean

WEB_ADDRESSES = ("http://", "https://")
SECTION_LABELS = {Section.MAIN: "栏目", Section.DISCLOSURE: "政府信息公开", Section.FOOTER: "页脚"}


class ChineseDateField(DateField):  # type: ignore[misc]  # WTForms has no types.
    """A date whose fault is explained in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("日期请按 2026-01-31 的样子填写。") from error


def _at_most(length: int) -> Any:
    return Length(max=length, message=f"最多 {length} 个字。")


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
    genre = SelectField(
        "体裁", choices=[SelectChoice(one.value, one.label) for one in Genre], validate_choice=False
    )
    document_number = StringField("文号", [_at_most(60)])
    formed_on = ChineseDateField("成文日期", [Optional()])
    printed_on = ChineseDateField("印发日期", [Optional()])
    keywords = StringField("关键词", [_at_most(120)])
    summary = TextAreaField("摘要", [_at_most(300)])
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

    def validate_column_id(self, field: SelectField) -> None:
        if field.data not in self.column_ids:
            raise ValidationError("请选择栏目。")

    def validate_genre(self, field: SelectField) -> None:
        if field.data not in set(Genre):
            raise ValidationError("请选择列出的体裁。")

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

    def text(self, files: Iterable[Attachment]) -> Text:
        """Return what was written, with the files that belong to it."""
        return Text(
            title=self.title.data,
            body=self.body.data,
            summary=self.summary.data or "",
            genre=Genre(self.genre.data),
            source=self.source.data or "",
            source_url=self.source_url.data or "",
            document_number=self.document_number.data or "",
            formed_on=self.formed_on.data,
            printed_on=self.printed_on.data,
            keywords=self.keywords.data or "",
            files=tuple(file.id for file in files),
        )

    @property
    def base_id(self) -> int:
        """The revision that the form was filled from; 0, which no revision has, where that is unreadable."""
        return int(self.base.data) if (self.base.data or "").isdecimal() else 0


def new_form(*, source: str, column_id: int | None) -> ArticleForm:
    """Return an empty form: the unit is the source unless the editor says otherwise."""
    return ArticleForm(data={"source": source, "column_id": column_id, "genre": Genre.NEWS.value})


def form_of(revision: Revision, column_id: int) -> ArticleForm:
    """Return the form filled from a stored text."""
    names = ("title", "body", "summary", "source", "source_url", "document_number", "keywords")
    dates = {"formed_on": revision.formed_on, "printed_on": revision.printed_on}
    texts = {name: getattr(revision, name) for name in names}
    return ArticleForm(
        data={
            **texts,
            **dates,
            "genre": revision.genre.value,
            "column_id": column_id,
            "base": str(revision.id),
        }
    )


def sent_form() -> ArticleForm:
    """Return the form as the editor sent it."""
    return ArticleForm(request.form)


def kept_files() -> list[int]:
    """Return the ids of the stored files that the editor keeps, in order."""
    return [int(value) for value in dict.fromkeys(request.form.getlist("files")) if value.isdecimal()]
