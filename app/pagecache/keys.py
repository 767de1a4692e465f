"""What a page may depend on, and nothing else: path, one allowed parameter, display mode."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from werkzeug.http import parse_cookie

from app.display.mode import mode_of
from app.display.steps import COOKIE, OF_PROGRAMS

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

#: The one parameter that makes another page of a path, in its one spelling.
_PAGE = re.compile(r"page=([1-9][0-9]{0,5})")
#: What some page or other can be asked for; tests/architecture/test_questions.py asks all of them.
QUESTIONS = frozenset(
    "page mode q unit type genre subject number year validity sort period kind to by domain".split()  # noqa: SIM905 - read as it is written
)
#: The interface for programs says itself what it does not know.
_API = "/api/"
_MOUNTED = re.compile(r"(?:/hant)?/u/([a-z][a-z0-9-]{0,31})(/.*)")


def path_of(environ: "WSGIEnvironment") -> str:
    """Return the whole path, whatever of it has become the application's root."""
    return str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))


def mounted_in(path: str) -> tuple[str, str]:
    """Return the subsite that a path of the portal names, or nothing, and the path within it."""
    if "/u/" in path and (found := _MOUNTED.fullmatch(path)):
        return found[1], found[2]
    return "", path.removeprefix("/hant") if path.startswith("/hant/") else path


def keep_to_questions(environ: "WSGIEnvironment") -> None:
    """Leave out of a request what no page can be asked for: it makes no other page.

    Programs that count visitors add it to shared addresses (``?from=timeline``), and who adds something new
    each time would have every page made for them alone.
    """
    query = environ.get("QUERY_STRING", "")
    if query and not mounted_in(path_of(environ))[1].startswith(_API):
        parts = query.split("&")
        environ["QUERY_STRING"] = "&".join(
            part for part in parts if unquote_plus(part.partition("=")[0]) in QUESTIONS
        )


def variant_of(environ: "WSGIEnvironment", path: str) -> str | None:
    """Return display mode and page number as a key has them; None where more was asked for."""
    number = ""
    if query := environ.get("QUERY_STRING", ""):
        found = _PAGE.fullmatch(query)
        if found is None:
            return None
        number = found[1]
    code = ""
    cookies = environ.get("HTTP_COOKIE", "")
    if COOKIE in cookies and not path.endswith(OF_PROGRAMS):
        code = mode_of(parse_cookie(cookies).get(COOKIE, "")).code
    return f"{code}:{number}"
