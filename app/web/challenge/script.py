"""The one script that visitors' pages may have: it lets the browser do the work of a form's protection."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

_FILE = Path(__file__).parents[2] / "static" / "visitors" / "challenge.js"
_KEEP_FOR_EVER = "public, max-age=31536000, immutable"
DIGITS = 12

bp = Blueprint("challenge", __name__)


@cache
def _content() -> bytes:
    return _FILE.read_bytes()


@cache
def script_digest() -> str:
    """Return what changes in the script's address whenever the script does."""
    return hashlib.sha256(_content()).hexdigest()[:DIGITS]


@bp.get(f"/static/visitors/<string(length={DIGITS}):digest>/challenge.js")
def script(digest: str) -> ResponseReturnValue:
    """Answer the script; an address of another release leads to the present one."""
    if digest != script_digest():
        return redirect(url_for("challenge.script", digest=script_digest()), 308)
    answer = Response(_content(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = _KEEP_FOR_EVER
    return answer
