"""The public interface for programs under /api/v1/: what visitors read, as JSON (OpenAPI 3.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, current_app, jsonify
from flask_smorest import Blueprint
from werkzeug.exceptions import UnprocessableEntity

from app.api import cursor, items
from app.api.problems import PROBLEM, wrong_values
from app.api.schemas import (
    ArticleItemSchema,
    ArticlesQuery,
    ArticlesSchema,
    CatalogueSchema,
    DocumentsQuery,
    ProblemSchema,
    UnitsSchema,
)
from app.documents.numbers import number_in
from app.exports import queries
from app.exports.queries import Disclosed, Wanted, of_year
from app.tenancy.current import current_tenant
from app.web.blueprints import PublicBlueprint

bp = Blueprint("api", __name__, url_prefix="/api/v1", description="公开信息的读取接口")
#: Served beside it, and not described by it.
description = PublicBlueprint("api_description", __name__)


@bp.route("/articles", methods=["GET"])
@bp.arguments(ArticlesQuery, location="query")
@bp.response(200, ArticlesSchema)
@bp.alt_response(400, schema=ProblemSchema, content_type=PROBLEM, description="cursor 不对")
@bp.doc(summary="信息列表", description="最新的在前。县门户返回全县各单位的，单位子站只返回本单位的。")
def articles(asked: Mapping[str, Any]) -> dict[str, Any]:
    """List published texts."""
    return _piece(asked, _wanted(asked))


@bp.route("/articles/<int:article_id>", methods=["GET"])
@bp.response(200, ArticleItemSchema)
@bp.alt_response(404, schema=ProblemSchema, content_type=PROBLEM, description="没有，或不再公开")
@bp.doc(summary="一条信息", description="正文、各项说明和附件。")
def article(article_id: int) -> dict[str, Any]:
    """Return one published text."""
    return items.whole(article_id)


@bp.route("/documents", methods=["GET"])
@bp.arguments(DocumentsQuery, location="query")
@bp.response(200, ArticlesSchema)
@bp.alt_response(400, schema=ProblemSchema, content_type=PROBLEM, description="cursor 不对")
@bp.doc(summary="公文", description="有文号的公文，可以按文号查，文号的写法不限，记得一部分也行。")
def documents(asked: Mapping[str, Any]) -> dict[str, Any]:
    """List official documents."""
    written = asked["number"].strip()
    number = number_in(written) if written else None
    if written and number is None:
        return {"items": [], "next_cursor": None}
    return _piece(asked, replace(_wanted(asked), is_numbered=True, number=number))


@bp.route("/units", methods=["GET"])
@bp.response(200, UnitsSchema)
@bp.doc(summary="单位", description="县门户返回全县开通子站的单位，单位子站返回本单位。")
def units() -> dict[str, Any]:
    """List the units."""
    return {"items": items.units()}


@bp.route("/catalogue", methods=["GET"])
@bp.response(200, CatalogueSchema)
@bp.doc(summary="公开目录", description="政府信息公开的各个栏目和现有条数，以及公开目录的各行。")
def catalogue() -> dict[str, Any]:
    """List the places of the disclosure catalogue."""
    return {"items": items.nodes(), "rows": items.catalogue_rows()}


@description.answer("/api/v1/openapi.json")
def openapi() -> Response:
    """Describe the interface to programs."""
    return jsonify(current_app.extensions["api"].spec.to_dict())


@bp.errorhandler(UnprocessableEntity)
def show_wrong_values(error: UnprocessableEntity) -> Response:
    """Say which value of a query is wrong."""
    return wrong_values(getattr(error, "data", {}).get("messages", {}).get("query", {}))


def _piece(asked: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """Return a piece of a list and where the next one begins; one row more tells whether there is one."""
    limit = asked["limit"]
    rows: list[Disclosed] = queries.newest(
        current_tenant, wanted, after=cursor.place_of(asked["cursor"]), limit=limit + 1
    )
    has_more = len(rows) > limit
    return {
        "items": [items.listed(one) for one in rows[:limit]],
        "next_cursor": cursor.after(rows[limit - 1]) if has_more else None,
    }


def _wanted(asked: Mapping[str, Any]) -> Wanted:
    start, end = of_year(asked["year"]) if asked["year"] else (None, None)
    return Wanted(
        unit=asked["unit"],
        column=asked["column"],
        genre=asked["genre"],
        validity=asked["validity"],
        start=start,
        end=end,
    )
