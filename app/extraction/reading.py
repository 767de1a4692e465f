"""Reading files that strangers made: in a process of its own, bounded in memory and time (C3).

Nothing here raises for a bad file; the note says in the clerk's words why nothing, or not all, was read.
"""

import base64
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from app.extraction.libreoffice import converted
from app.extraction.passages import Extract, Page, Passage, Picture, UnreadableError

__all__ = ["Extract", "Page", "Passage", "Picture", "extract", "page"]

CHILD = Path(__file__).with_name("child.py")
#: From the start of the process to its answer.
SECONDS = 5
TOO_SLOW = "文件过于复杂，5 秒内没有读完。请拆分或另存后再试。"
GAVE_UP = "文件过大或过于复杂，没有读完。请拆分后再试。"
#: Children at once in one process of the web: each may take its 300 MB.
_places = threading.BoundedSemaphore(2)


def extract(content: bytes, extension: str) -> Extract:
    """Return the text of a file in passages."""
    answer = _asked("passages", content, extension)
    return Extract(_passages(answer), str(answer.get("note", "")), bool(answer.get("is_lasting", True)))


def page(content: bytes, extension: str) -> Page:
    """Return a file as HTML with its pictures, or in lines where it has no structure."""
    answer = _asked("page", content, extension)
    pictures = [
        Picture(base64.b64decode(one["content"]), one["description"]) for one in answer.get("pictures", ())
    ]
    return Page(answer.get("html", ""), tuple(pictures), _passages(answer), str(answer.get("note", "")))


def _passages(answer: dict[str, Any]) -> tuple[Passage, ...]:
    return tuple(Passage(one["place"], one["text"]) for one in answer.get("passages", ()))


def _asked(job: str, content: bytes, extension: str) -> dict[str, Any]:
    try:
        content, extension = converted(content, extension.lower())
    except UnreadableError as error:
        return {"note": error.note, "is_lasting": False}
    command = [sys.executable, "-I", str(CHILD), job, extension]
    with _places:
        try:
            done = subprocess.run(  # noqa: S603 - our own program; the file's name is not part of it
                command, input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=True
            )
            answer: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return {"note": TOO_SLOW, "is_lasting": False}
        except (subprocess.CalledProcessError, ValueError):
            return {"note": GAVE_UP}
    return answer
