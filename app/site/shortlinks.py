"""Short addresses of articles, columns and the site, and their square pictures: /s/<code>, .svg and .png."""

import hashlib
from functools import lru_cache
from io import BytesIO

import segno
from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from app.content import queries as content
from app.content.former import column_merged_from
from app.content.models import article_path
from app.site.frame import columns
from app.site.short_codes import Kind, code_of, read_code
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here
from app.theming.pages import Share
from app.web.blueprints import PublicBlueprint

FORMATS = {"svg": "image/svg+xml", "png": "image/png"}
_A_DAY = "public, max-age=86400"

bp = PublicBlueprint("shortlinks", __name__)


def share_of(kind: Kind, row_id: int) -> Share:
    """Return the short address of something and where its pictures are."""
    code = code_of(kind, row_id)
    return Share(canonical(f"/s/{code}"), here(f"/s/{code}.svg"), here(f"/s/{code}.png"))


@bp.answer("/s/<code>")
def lead(code: str) -> ResponseReturnValue:
    """Lead to what the code names; the place it leads to answers for what has been withdrawn."""
    path, _ = _place_of(code)
    return redirect(here(path), 302)


@bp.answer("/s/<code>.<any(svg, png):form>")
def picture(code: str, form: str) -> Response:
    """Answer the square picture of a short address; of something withdrawn there is none any more."""
    _, is_shown = _place_of(code)
    if not is_shown:
        abort(410)
    drawn = _drawn(canonical(f"/s/{code.lower()}"), form)
    answer = Response(drawn, content_type=FORMATS[form])
    answer.headers["Cache-Control"] = _A_DAY
    answer.set_etag(hashlib.sha256(drawn).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def _place_of(code: str) -> tuple[str, bool]:
    """Return the path that a code stands for, and whether it is shown; what was never public is unknown."""
    short = read_code(code.lower()) or abort(404)
    if short.kind is Kind.ARTICLE:
        article, revision, column = content.article_for_readers(short.id)
        assert article.first_published_at is not None
        return article_path(column.slug, article.first_published_at, article.id), revision is not None
    if short.kind is Kind.COLUMN:
        found = next((one.slug for one in columns() if one.id == short.id), None)
        return f"/{found or column_merged_from(short.id) or abort(404)}/", True
    return ("/", True) if short.id == current_tenant.id else abort(404)


@lru_cache(maxsize=512)
def _drawn(address: str, form: str) -> bytes:
    """Draw the picture; without anything a strict content policy refuses."""
    square, drawn = segno.make(address, error="m", micro=False), BytesIO()
    if form == "svg":
        square.save(drawn, kind="svg", scale=4, border=4, light="#fff")
    else:
        square.save(drawn, kind="png", scale=12, border=4)
    return drawn.getvalue()
