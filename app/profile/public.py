"""Portraits and maps of a unit's cards, for visitors."""

from flask import Response

from app.content.attachments import answer
from app.profile import queries
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("pictures", __name__)


@bp.answer("/pictures/<token>.<extension>")
def picture(token: str, extension: str) -> Response:  # noqa: ARG001 - the row knows the type; the address only shows it
    """Answer a portrait or a map that visitors see now."""
    return answer(queries.published_picture(token))
