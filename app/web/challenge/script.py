"""The one script that visitors' pages may have: it lets the browser do the work of a form's protection."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.pagecache.files import answer_file

_FILE = Path(__file__).parents[2] / "static" / "visitors" / "challenge.js"
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
    return answer_file(_content(), "text/javascript; charset=utf-8")


def addresses() -> dict[str, bytes]:
    """Return the script by its address."""
    return {f"/static/visitors/{script_digest()}/challenge.js": _content()}
