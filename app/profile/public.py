"""Portraits and maps of a unit's cards, for visitors."""

from flask import Response

from app.content.attachments import answer, asked_for
from app.profile import queries
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("pictures", __name__)


@bp.answer("/pictures/<token>.<extension>")
def picture(token: str, extension: str) -> Response:
    """Answer a portrait or a map that visitors see now, or a smaller size of it."""
    token, size = asked_for(f"{token}.{extension}")
    return answer(queries.published_picture(token), size)
