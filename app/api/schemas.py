"""What the public interface takes and gives, as its OpenAPI document says it."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.content.genres import Genre
from app.content.states import Validity

#: A slug of a unit or of a column.
SLUG = validate.Regexp(r"[a-z][a-z0-9-]{0,39}\Z", error="不是正确的代码。")
LONGEST_CURSOR = 120
LONGEST_NUMBER = 60
MOST_AT_ONCE = 100


def _said(words: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": words, **more}}


class PageQuery(Schema):
    """How much of a list, and from where."""

    limit = fields.Integer(
        load_default=20, validate=validate.Range(1, MOST_AT_ONCE), **_said("一次返回多少条。")
    )
    cursor = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_CURSOR),
        **_said("从哪里接着读：上一次返回的 next_cursor，原样带回。"),
    )


class ArticlesQuery(PageQuery):
    """Which articles."""

    unit = fields.String(load_default="", validate=SLUG, **_said("单位代码，见 /units。"))
    column = fields.String(load_default="", validate=SLUG, **_said("栏目代码，即栏目网址的一段。"))
    genre = fields.Enum(Genre, by_value=True, load_default=None, **_said("体裁。"))
    validity = fields.Enum(Validity, by_value=True, load_default=None, **_said("今天的有效性。"))
    year = fields.Integer(load_default=None, validate=validate.Range(1949, 2100), **_said("发布年份。"))


class DocumentsQuery(ArticlesQuery):
    """Which official documents."""

    number = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_NUMBER),
        **_said("文号，括号和空格随意，也可以只写一部分，如 永政办发[2007]89号、[2007]89、89号。"),
    )


class ArticleSchema(Schema):
    """A published text as lists have it."""

    id = fields.Integer()
    index_number = fields.String(**_said("索引号"))
    title = fields.String(**_said("名称"))
    document_number = fields.String(**_said("文号"))
    unit = fields.String(**_said("发布机构"))
    unit_code = fields.String(**_said("发布机构的代码"))
    genre = fields.String(**_said("体裁"))
    genre_label = fields.String()
    subject = fields.String(**_said("主题的代码，可能为空"))
    formed_on = fields.Date(allow_none=True, **_said("成文日期"))
    published_at = fields.AwareDateTime(**_said("发布时间，带时区"))
    attribute = fields.String(**_said("公开方式"))
    validity = fields.String(**_said("有效性"))
    validity_label = fields.String()
    column = fields.String(**_said("栏目的代码"))
    column_title = fields.String()
    summary = fields.String(**_said("内容概述"))
    url = fields.String(**_said("网页地址"))


class FileSchema(Schema):
    """A file of a text."""

    title = fields.String()
    url = fields.String()
    media_type = fields.String()
    size = fields.Integer(**_said("字节"))
    sha256 = fields.String()


class ArticleItemSchema(ArticleSchema):
    """A published text, whole."""

    body = fields.String(**_said("正文，HTML，已清理；图片地址是完整的"))
    source = fields.String(**_said("来源"))
    source_url = fields.String()
    keywords = fields.String()
    printed_on = fields.Date(allow_none=True, **_said("印发日期"))
    effective_on = fields.Date(allow_none=True, **_said("施行日期"))
    expires_on = fields.Date(allow_none=True, **_said("失效日期"))
    corrected_at = fields.AwareDateTime(allow_none=True, **_said("更正时间"))
    correction = fields.String()
    attachments = fields.List(fields.Nested(FileSchema))


class ArticlesSchema(Schema):
    """A piece of a list."""

    items = fields.List(fields.Nested(ArticleSchema))
    next_cursor = fields.String(allow_none=True, **_said("下一页的 cursor；没有更多时为 null"))


class UnitSchema(Schema):
    """A unit with its site."""

    code = fields.String()
    name = fields.String()
    kind = fields.String()
    kind_label = fields.String()
    url = fields.String()
    phone = fields.String()
    address = fields.String()


class UnitsSchema(Schema):
    """All units of the county, or the one whose host was asked."""

    items = fields.List(fields.Nested(UnitSchema))


class NodeSchema(Schema):
    """A place of the disclosure catalogue."""

    code = fields.String()
    title = fields.String()
    block = fields.String(**_said("guide、rules、statutory、annual 之一，或为空"))
    source = fields.String(**_said("依据"))
    applies = fields.Boolean(**_said("是否适用；不适用的见 reason"))
    reason = fields.String(**_said("不适用的理由"))
    count = fields.Integer(**_said("现有多少条"))
    url = fields.String()


class RowSchema(Schema):
    """A row of the basic catalogue or of one of the areas."""

    code = fields.String()
    area = fields.String(**_said("领域，基本目录的为空"))
    first = fields.String(**_said("一级事项"))
    second = fields.String(**_said("二级事项"))
    content = fields.String()
    basis = fields.String()
    deadline = fields.String()
    channels = fields.String(**_said("公开渠道的代码，用空格隔开"))
    audience = fields.String(**_said("公开对象，空为全社会"))
    mode = fields.String()
    level = fields.String()
    url = fields.String()


class CatalogueSchema(Schema):
    """The statutory places of the site that was asked, and the rows of its catalogue."""

    items = fields.List(fields.Nested(NodeSchema))
    rows = fields.List(fields.Nested(RowSchema))


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
