"""The visitor's choice of display on its way through a request: read, changed by ``?mode=``, handed on.

The choice is one cookie with the mode's code and nothing else, for all subsites under the county's domain. A
unit with a domain of its own gets it through the links that lead there.
"""

from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Response, g, redirect, request
from flask.typing import ResponseReturnValue

from app.display.carrying import carried
from app.display.exceptions import exceptions_now
from app.display.mode import NORMAL, Mode, mode_of
from app.display.traditional import in_traditional, is_traditional
from app.tenancy.addresses import origin
from app.tenancy.directory import directory
from app.tenancy.places import place

COOKIE = "ziwang-display"
PARAMETER = "mode"
HALF_A_YEAR = 15_552_000  # seconds
#: What programs read looks the same in every mode.
OF_PROGRAMS = (".atom", ".xml", ".txt", ".svg", ".png", ".json")


def current_mode() -> Mode:
    """Return how this visitor wants pages to look."""
    found = g.get("mode")
    if not isinstance(found, Mode):
        asked = request.cookies.get(COOKIE, "")
        found = g.mode = NORMAL if request.path.endswith(OF_PROGRAMS) else mode_of(asked)
    return found


def page_path() -> str:
    """Return the path of this page as a link on it needs it; never one that a browser takes for a host."""
    return "/" + quote((request.script_root + request.path).lstrip("/\\"))


def choose_mode() -> ResponseReturnValue | None:
    """Take up ``?mode=``: set or drop the cookie, and lead back to the same page of the same host."""
    if PARAMETER not in request.args or request.method != "GET":
        return None
    mode = mode_of(request.args[PARAMETER])
    answer = redirect(page_path() + _rest_of_query(), HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "private, no-store"
    domain = cookie_domain(request.host.partition(":")[0], urlsplit(place().portal_home).hostname or "")
    where = {"domain": domain, "secure": request.is_secure or place().home.startswith("https:")}
    if mode == NORMAL:
        answer.delete_cookie(COOKIE, httponly=True, samesite="Lax", **where)  # type: ignore[arg-type]
    else:
        answer.set_cookie(COOKIE, mode.code, HALF_A_YEAR, httponly=True, samesite="Lax", **where)  # type: ignore[arg-type]
    return answer


def cookie_domain(host: str, portal_host: str) -> str | None:
    """Return the county's domain, where the host lies under it; None keeps the choice to the host alone.

    It is the portal's host without ``www.``: a shorter one could be a registry's, such as gov.cn, for which
    no browser takes a cookie.
    """
    county = portal_host.removeprefix("www.")
    return county if host == county or host.endswith("." + county) else None


def hand_on(response: Response) -> Response:
    """Write a finished page in traditional characters, and let its links carry the choice along."""
    if response.mimetype != "text/html":
        return response
    response.vary.add("Cookie")
    mode = current_mode() if g.get("tenant") is not None else NORMAL
    if mode != NORMAL:
        response.headers["Cache-Control"] = response.headers.get("Cache-Control", "private, no-cache")
    if g.get("was_kept") or not (mode != NORMAL or is_traditional()):
        return response
    html = response.get_data(as_text=True)
    if is_traditional():
        html = in_traditional(html, exceptions_now(asks=response.status_code == HTTPStatus.OK))
    response.set_data(carried(html, _destination))
    return response


def _destination(url: str) -> str:
    """Return an address on another subsite with the visitor's choice added; any other address as it is."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if origin(host) != f"{parts.scheme}://{parts.netloc}" or directory().find(host) is None:
        return url
    if is_traditional() and not parts.path.startswith("/hant/"):
        parts = parts._replace(path="/hant" + (parts.path or "/"))
    mode = current_mode()
    own = cookie_domain(request.host.partition(":")[0], urlsplit(place().portal_home).hostname or "")
    if mode != NORMAL and host != request.host.partition(":")[0] and not _is_under(host, own):
        parts = parts._replace(query="&".join(filter(None, (parts.query, f"{PARAMETER}={mode.code}"))))
    return parts.geturl()


def _is_under(host: str, domain: str | None) -> bool:
    return domain is not None and (host == domain or host.endswith("." + domain))


def _rest_of_query() -> str:
    """Return what else the page was asked for: of this address, or of the page whose link was followed."""
    came_from = urlsplit(request.referrer or "")
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    if not kept and came_from.netloc == request.host and came_from.path == page_path():
        return f"?{came_from.query}" if came_from.query else ""
    return "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in kept) if kept else ""
