"""The process in which files are read: without the application, its secrets, its network or its disk.

Started by path, in isolated mode: `python -I app/extraction/child.py JOB EXTENSION`; the file comes by
standard input, the answer goes to standard output as JSON.
"""

import base64
import json
import resource
import sys
import types
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEMORY = 300 * 1024 * 1024
SECONDS = 5
OPEN_FILES = 64
#: What reading a file has no need of, as Python names it; a flaw in a library finds the door shut.
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "os.fork",
    "ctypes.",
    "shutil.",
)
TOO_LARGE = "文件过大或过于复杂，没有读完。请拆分后再试。"
UNKNOWN = "文件无法读取。请用原来的程序重新保存后再试。"


def main(job: str, extension: str) -> None:
    """Read one file under the limits and answer."""
    limit(MEMORY, SECONDS)
    _leave_the_application_out()
    answer = _answer(job, sys.stdin.buffer.read(), extension)
    sys.stdout.write(json.dumps(answer))


def limit(memory: int, seconds: int, largest_file: int = 0) -> None:
    """Set the limits of this process and of all that it starts; they can only be lowered from then on."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _leave_the_application_out() -> None:
    """Stand in for the package `app`: its own __init__ builds the whole web application."""
    package = types.ModuleType("app")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["app"] = package


def _answer(job: str, content: bytes, extension: str) -> dict[str, Any]:
    from app.extraction.passages import UnreadableError  # noqa: PLC0415 - only after the line above
    from app.extraction.readers import catalogue  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    sys.addaudithook(_shut)
    try:
        found = catalogue.page(content, extension) if job == "page" else catalogue.extract(content, extension)
    except UnreadableError as error:
        return {"note": error.note}
    except (MemoryError, RecursionError):
        return {"note": TOO_LARGE}
    except Exception:  # noqa: BLE001 - whatever a library raises over a hostile file, the person gets an answer
        return {"note": UNKNOWN}
    return _in_json(asdict(found))


def _in_json(found: dict[str, Any]) -> dict[str, Any]:
    for picture in found.get("pictures", ()):
        picture["content"] = base64.b64encode(picture["content"]).decode()
    return found


def _shut(event: str, _arguments: object) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main(*sys.argv[1:3])
