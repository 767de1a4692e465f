"""Files of published articles, for visitors."""

from flask import Response

from app.content import queries
from app.content.attachments import answer
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("content", __name__)


@bp.answer("/files/<token>.<extension>")
def file(token: str, extension: str) -> Response:  # noqa: ARG001 - the row knows the type; the address only shows it
    """Answer a file that belongs to a text which readers see now."""
    return answer(queries.published_file(token))
