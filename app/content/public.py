"""Files of published articles, for visitors."""

from flask import Response, g, request

from app.content.attachments import answer, asked_for, place_of
from app.content.shown_files import published_file
from app.pagecache.folder import folder
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("content", __name__)


@bp.answer("/files/<token>.<extension>")
def file(token: str, extension: str) -> Response:
    """Answer a file that belongs to a text which readers see now, or a smaller size of a picture."""
    token, size = asked_for(f"{token}.{extension}")
    attachment = published_file(token)
    response = answer(attachment, size)
    is_as_named = size or extension == attachment.extension
    if is_as_named and (lies_at := place_of(attachment, size)):
        folder().lead_to(request.path, lies_at, g.get("site"))
    return response
