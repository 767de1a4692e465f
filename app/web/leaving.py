"""Links out of the county lead through a page that names where they go (ZY-18).

The signature says that the link stands on a page of ours, so nobody can send visitors on from our hosts to an
address of their own. It is the same whenever it is made: pages that were kept go on being right.
"""

import hashlib
import html
import re
from functools import partial
from urllib.parse import quote, urlsplit

from flask import Response, current_app, g, request
from itsdangerous import Signer

from app.core.clock import today
from app.core.rules import rule_in_force
from app.tenancy.directory import directory
from app.tenancy.hostname import normalised

PATH = "/leave"
REL = "external nofollow noopener noreferrer"
#: A request's first line may not be much longer; of a longer address its host alone is kept.
LONGEST = 1_500
_ANCHOR = re.compile(r"<a(?=\s)((?:[^<>\"]++|\"[^\"]*+\")*+)>")
_HREF = re.compile(r"(\shref=\")([^\"]*)(?=\")")
_REL = re.compile(r"\srel=\"[^\"]*\"")
_SCHEME = re.compile(r"(https?):/*", re.IGNORECASE)
#: What plainly stays under our host, or names another in the one spelling that every reader takes alike.
_WITHIN = re.compile(r"[?#]|/(?:[\w?#]|$)")
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::\d+)?(?:[/?#]|$)")
#: What browsers drop from an address wherever it stands.
_DROPPED = dict.fromkeys(map(ord, "\t\r\n"))
_AROUND = "".join(map(chr, range(33)))


def lead_out(response: Response) -> Response:
    """Let a finished page's links that leave the county lead through the page that says so."""
    if response.mimetype == "text/html" and g.get("tenant") is not None and not g.get("was_kept"):
        led_out = partial(_led_out, {})
        response.set_data(_ANCHOR.sub(led_out, response.get_data(as_text=True)))
    return response


def signature_of(address: str) -> str:
    """Return what proves that a page of ours links to an address."""
    key = str(current_app.config["SECRET_KEY"])
    return Signer(key, salt="leave", digest_method=hashlib.sha256).get_signature(address).decode()


def is_signed(address: str, signature: str) -> bool:
    """Say whether a page of ours links to an address."""
    key = str(current_app.config["SECRET_KEY"])
    return Signer(key, salt="leave", digest_method=hashlib.sha256).verify_signature(address, signature)


def outside(href: str) -> str | None:
    """Return the address to which a browser takes a link out of the county; None where it does not."""
    address = href.translate(_DROPPED).strip(_AROUND)
    path, mark, rest = address.partition("?")
    address = path.replace("\\", "/") + mark + rest
    if address.startswith("//"):
        address = f"{request.scheme}:{address}"
    if not (scheme := _SCHEME.match(address)):
        return None
    address = f"{scheme[1].lower()}://{address[scheme.end() :]}"
    return None if _is_trusted(host_of(address)) else address


def host_of(address: str) -> str | None:
    """Return the host that an address names, in its one spelling; None where it names none."""
    try:
        return normalised(urlsplit(address).hostname or "")
    except ValueError:
        return None


def _is_trusted(host: str | None) -> bool:
    if host is None:
        return False
    if host == current_app.config["CONSOLE_HOST"] or directory().find(host) is not None:
        return True
    known = rule_in_force("external", "government", on=today())
    return host in known["hosts"] or any(f".{host}".endswith(f".{one}") for one in known["suffixes"])


def _stays(href: str, known: dict[str, bool]) -> bool:
    """Say whether a link as it is written plainly stays in the county, as most of a page do.

    ``known`` gathers what is known of the hosts that the page names: many times the same few.
    """
    if _WITHIN.match(href):
        return True
    plain = _PLAIN.match(href)
    if plain is None:
        return False
    host = plain[1]
    if host not in known:
        known[host] = _is_trusted(normalised(host))
    return known[host]


def _led_out(known: dict[str, bool], anchor: re.Match[str]) -> str:
    href = _HREF.search(anchor[1])
    if href is None or _stays(href[2], known):
        return anchor[0]
    address = outside(html.unescape(href[2]))
    if address is None or address == g.get("leaves_for"):
        return anchor[0]
    if len(quote(address, safe="")) > LONGEST:
        address = f"{address.partition(':')[0]}://{host_of(address) or ''}/"
    led = f"{request.script_root}{PATH}?to={quote(address, safe='')}&amp;by={signature_of(address)}"
    attributes = anchor[1].replace(href[0], href[1] + led, 1)
    return f'<a{_REL.sub("", attributes)} rel="{REL}">'
