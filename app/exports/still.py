"""A whole subsite as plain files that any web server can show: for an archive, or for when we are down.

The pages are asked for as a visitor asks, so nothing is copied that visitors do not see. Links within the
subsite become relative, so that the copy can lie anywhere; what needs us, such as the search, leads back.
"""

import posixpath
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from lxml import html
from werkzeug.test import Client

from app.core.errors import RuleBroken

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

#: What is made when it is asked for, and other readings of the same pages: they stay where they are.
ONLINE = re.compile(
    r"/(search|api|hant|display|leave|participate|manage|login)\b|/u/|(?!/files/).*\.(pdf|docx|zip|xlsx)$"
)
#: Of a document's own attributes that name a file or a page.
LINKS = ("href", "src", "poster")
PAGE = re.compile(r"page=([1-9][0-9]{0,5})")


@dataclass
class Copied:
    """What came of it."""

    pages: int = 0
    files: int = 0
    #: Addresses that a page leads to and that answer neither themselves nor elsewhere.
    missing: list[str] = field(default_factory=list)


def copy_site(wsgi: "WSGIApplication", home: str, folder: Path, *, told: Callable[[Copied], None]) -> Copied:
    """Copy the subsite at ``home`` (its origin, without a slash) into a folder that is new or empty.

    Nothing stands in the folder before all of it does. Raises RuleBroken where the folder has something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleBroken(f"{folder} 里已经有内容，请换一个新的文件夹。")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    copy = _Copy(Client(wsgi), home, unfinished)
    while copy.waiting:
        copy.take(copy.waiting.popleft())
        told(copy.copied)
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)
    return copy.copied


class _Copy:
    """What has been seen of a subsite, and what is still to be asked for."""

    def __init__(self, client: Client, home: str, folder: Path) -> None:
        self.client, self.home, self.folder = client, home, folder
        self.copied = Copied()
        self.waiting = deque(["/", "/map.html", "/sitemap.xml", "/feed.atom", "/robots.txt"])
        self.seen = set(self.waiting)
        #: Where addresses lead that only lead on.
        self.leads: dict[str, str] = {}

    def take(self, address: str) -> None:
        """Ask for an address and write down what it answers."""
        answer = self.client.get(address, base_url=self.home)
        if answer.status_code != HTTPStatus.OK:
            self.copied.missing.append(address)
            return
        body = answer.get_data()
        if answer.mimetype == "text/html":
            self.copied.pages += 1
            body = self._linked(address, body)
        else:
            self.copied.files += 1
        place = self.folder / unquote(file_of(address))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)

    def _linked(self, address: str, body: bytes) -> bytes:
        """Let the links of a page lead to the copies, and see to it that those are made."""
        page = html.document_fromstring(body.decode())
        for element in page.iter("a", "link", "img", "script", "source", "video", "track", "form"):
            if element.tag == "link" and (element.get("rel") == "canonical" or element.get("hreflang")):
                continue  # They say where the page itself is.
            for name in (*LINKS, "action"):
                if (link := element.get(name)) is not None:
                    element.set(name, self._led(address, link))
            if several := element.get("srcset"):
                parts = (part.strip().partition(" ") for part in several.split(","))
                said = (f"{self._led(address, url)} {size}".strip() for url, _, size in parts)
                element.set("srcset", ", ".join(said))
        return b"<!DOCTYPE html>\n" + bytes(html.tostring(page, encoding="utf-8"))

    def _led(self, address: str, link: str) -> str:
        """Return the link as it stands in the copy: relative to a copied address, or whole to what stays."""
        url = urlsplit(urljoin(self.home + address, link))
        if f"{url.scheme}://{url.netloc}" != self.home or link.startswith("#"):
            return link
        wanted = url.path + (f"?{url.query}" if url.query else "")
        if ONLINE.match(url.path) or (url.query and not is_page(url.path, url.query)):
            return f"{self.home}{wanted}"
        wanted = self._end_of(wanted)
        if wanted not in self.seen:
            self.seen.add(wanted)
            self.waiting.append(wanted)
        here = posixpath.dirname(file_of(address)) or "."
        leads = quote(posixpath.relpath(unquote(file_of(wanted)), unquote(here)))
        return f"{leads}#{url.fragment}" if url.fragment else leads

    def _end_of(self, address: str) -> str:
        """Return where an address leads; a page's short address leads to the page."""
        if not address.startswith("/s/") or address.endswith((".svg", ".png")):
            return address
        if address not in self.leads:
            target = self.client.get(address, base_url=self.home).headers.get("Location", address)
            self.leads[address] = urlsplit(urljoin(self.home, target)).path
        return self.leads[address]


def is_page(path: str, query: str) -> bool:
    """Say whether a query asks for a page of a list, which has a copy of its own."""
    return path.endswith("/") and PAGE.fullmatch(query) is not None


def file_of(address: str) -> str:
    """Return the file in which an address is kept, relative to the copy's folder."""
    url = urlsplit(address)
    path = url.path.lstrip("/")
    if url.query:
        path += f"page-{parse_qs(url.query)['page'][0]}/"
    return f"{path}index.html" if not path or path.endswith("/") else path
