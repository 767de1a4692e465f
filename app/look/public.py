"""The pictures of a unit's look, for visitors."""

from flask import Response

from app.look.pictures import answer
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("look_files", __name__)


@bp.answer("/look/files/<name>")
def file(name: str) -> Response:
    """Answer a logo or a banner."""
    return answer(name)
