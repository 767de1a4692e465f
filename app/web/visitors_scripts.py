"""The small scripts of visitors' pages, under addresses that change when they do; pages work without."""

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from app.pagecache.files import answer_file

_FOLDER = Path(__file__).parent.parent / "static" / "visitors"
#: Read by name from this list alone: no path of a request reaches the folder.
NAMES = ("reading.js",)
DIGITS = 12

bp = Blueprint("visitors_scripts", __name__)


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


@cache
def script_url(name: str) -> str:
    """Return the address of a script's present release."""
    digest = hashlib.sha256(_content(name)).hexdigest()[:DIGITS]
    return f"/static/visitors/{digest}/{name}"


@bp.get(f"/static/visitors/<string(length={DIGITS}):digest>/<name>")
def script(digest: str, name: str) -> ResponseReturnValue:
    """Answer a script; an address of another release leads to the present one."""
    if name not in NAMES:
        abort(HTTPStatus.NOT_FOUND)
    if script_url(name) != f"/static/visitors/{digest}/{name}":
        return redirect(script_url(name), HTTPStatus.PERMANENT_REDIRECT)
    return answer_file(_content(name), "text/javascript; charset=utf-8")


def addresses() -> dict[str, bytes]:
    """Return every script by its address."""
    return {script_url(name): _content(name) for name in NAMES}
