"""The console's stylesheets and scripts: packed once, and kept for ever under an address that names them."""

import hashlib
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from app.pagecache.files import FOR_EVER, answer_file

_FOLDER = Path(__file__).parent.parent / "static"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_DIGITS = 12
_REMEMBERED = 512


def init_app(app: Flask) -> None:
    """Serve the files, and let every address of one name what is in it."""
    app.static_folder = str(_FOLDER)
    app.add_url_rule("/static/<path:filename>", "static", _serve)
    app.url_defaults(_name_content)


def _serve(filename: str) -> Response:
    """Answer a file; only the address that names its content is kept for ever."""
    path = _path_of(filename)
    if path is None:
        abort(404)
    media_type = _MEDIA_TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    is_named = request.args.get("v") == _digest(path)
    return answer_file(_content(path, _state(path)), media_type, FOR_EVER if is_named else "no-cache")


def _name_content(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and (path := _path_of(values.get("filename", ""))):
        values.setdefault("v", _digest(path))


def _path_of(filename: str) -> Path | None:
    """Return where a file lies; nothing for what is none, or outside the folder."""
    joined = safe_join(str(_FOLDER), filename)
    path = Path(joined) if joined else None
    return path if path is not None and path.is_file() else None


def _digest(path: Path) -> str:
    return _summed(_content(path, _state(path)))


def _state(path: Path) -> tuple[int, int]:
    """Return what differs when somebody works on the file while it is served."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=_REMEMBERED)
def _content(path: Path, _state: tuple[int, int]) -> bytes:
    return path.read_bytes()


@lru_cache(maxsize=_REMEMBERED)
def _summed(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
