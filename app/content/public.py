"""Files of published articles, for visitors."""

from flask import Response

from app.content.attachments import answer, asked_for
from app.content.shown_files import published_file
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("content", __name__)


@bp.answer("/files/<token>.<extension>")
def file(token: str, extension: str) -> Response:
    """Answer a file that belongs to a text which readers see now, or a smaller size of a picture."""
    token, size = asked_for(f"{token}.{extension}")
    return answer(published_file(token), size)
