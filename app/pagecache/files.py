"""Files of the release, the same for everybody: packed once a process, and laid out for a web server.

Their addresses change when they do, so browsers keep them for ever. nginx and Caddy take them from the data
folder, where the process that starts lays them out under their addresses, packed beside the plain ones.
"""

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import cast

from flask import Response, current_app, request

from app.pagecache.answers import answer, missing
from app.pagecache.encodings import ENCODERS, packed_for_long
from app.pagecache.store import Kept

FOR_EVER = "public, max-age=31536000, immutable"
#: Pictures are packed already.
_WORDS = ("text/", "image/svg", "image/x-icon", "application/json")
REMEMBERED = 512


def answer_file(content: bytes, media_type: str, keep: str = FOR_EVER) -> Response:
    """Answer a file of the release as short as the browser takes it: packed, in part, or not at all (304)."""
    kept = _kept(content, media_type, keep)
    if encoding := missing(kept, request.headers.get("Accept-Encoding", "")):
        kept.packed[encoding] = packed_for_long(content, encoding)
    return cast("Response", current_app.response_class.from_app(partial(answer, kept), request.environ))


def lay_out(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files under their addresses; those that are there already are these very ones.

    A full or broken disk costs nobody a file: who finds none asks the platform.
    """
    with suppress(OSError):
        for address, content in files.items():
            path = root / address.removeprefix("/")
            if path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if gzipped := packed_for_long(content, "gzip"):
                _write(path.with_name(path.name + ".gz"), gzipped)
            _write(path, content)  # Last: what stands there is whole.


@lru_cache(maxsize=REMEMBERED)
def _kept(content: bytes, media_type: str, keep: str) -> Kept:
    is_words = media_type.startswith(_WORDS)
    said = [("Content-Type", media_type), ("Cache-Control", keep), ("X-Content-Type-Options", "nosniff")]
    if is_words:
        said.append(("Vary", "Accept-Encoding"))
    none: dict[str, bytes] = {} if is_words else dict.fromkeys(ENCODERS, b"")
    return Kept(content, media_type, hashlib.sha256(content).hexdigest()[:32], tuple(said), packed=none)


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    unfinished.write_bytes(content)
    unfinished.rename(path)
