"""Caddy as it is delivered: certificates for our hosts alone, finished pages by itself, the rest asked."""

import gzip
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.content.states import ArticleState
from bench.served import Server, free_port, gunicorn
from tests.app.content.photographs import a_photograph, taken_in
from tests.app.pagecache.asking import ask as platform
from tests.databases import Database
from tests.engines import caddy
from tests.front.asking import Answer
from tests.front.conftest import ON_ONE, environ
from tests.front.test_files import addresses, take_back
from tests.front.test_nginx import finish
from tests.worlds import BUREAU, CONSOLE, HOSTS, PORTAL, County

pytestmark = ON_ONE

HOST = HOSTS[BUREAU]
PORT_OF_NOBODY = 502
Pair = tuple[caddy.Caddy, Server]


@pytest.fixture
def behind(county: County, database: Database, folder: Path) -> Iterator[Pair]:
    """Return a Caddy that has made a certificate for each host, and the gunicorn behind it."""
    assert county.front is database.front
    with (
        gunicorn("wsgi:app", free_port(), environ(database, SCHEME="https", FILES_THROUGH="")) as platform_,
        caddy.running(database.folder, platform_.port, folder=folder) as front,
    ):
        yield front, platform_


def test_caddy_answers_for_our_hosts_and_by_itself_what_is_finished(county: County, behind: Pair) -> None:
    front, server = behind
    number, token = taken_in(county, "大坝.jpg", a_photograph())
    article = county.an_article(title="节水通知", files=(number,), state=ArticleState.PUBLISHED)
    picture, stylesheet = (
        f"/files/{token}-480.webp",
        next(one for one in addresses(county) if "/theme-" in one),
    )
    pages = [(HOST, "/"), (HOST, "/tzgg/"), (HOST, county.path_of(BUREAU, article)), (HOSTS[PORTAL], "/")]
    for host in (HOST, HOSTS[PORTAL], CONSOLE):
        assert front.ask(host, "/readyz").status == 200
    with pytest.raises(ssl.SSLError):
        front.ask("nobody.example", "/")
    login = front.ask(CONSOLE, "/login")
    assert "__Host-ziwang" in login.headers["Set-Cookie"], "the platform knows that it was asked over TLS"
    finish(county, *pages)
    platform(county.front, picture, HOST)
    county.front.lay_out()
    _end(server)

    for host, path in pages:
        found = _as_the_platform(county, front, host, path, Accept_Encoding="gzip")
        assert found.headers["Content-Encoding"] == "gzip"
        assert {"Cookie", "Accept-Encoding"} <= set(found.headers["Vary"].split(", "))
        assert found.headers["Strict-Transport-Security"]
        assert (
            front.ask(host, path, If_None_Match=found.headers["ETag"], Accept_Encoding="gzip").status == 304
        )
    for path in (picture, stylesheet):
        _as_the_platform(county, front, HOST, path)
    _ask_for_more(front, picture)

    take_back(county, article)
    for path in (picture, "/", "/tzgg/", pages[2][1]):
        assert front.ask(HOST, path).status == PORT_OF_NOBODY, path


def _as_the_platform(county: County, front: caddy.Caddy, host: str, path: str, **headers: str) -> Answer:
    """Return what Caddy answers, which must be what the platform answers."""
    ours, theirs = platform(county.front, path, host), front.ask(host, path, **headers)
    is_packed = theirs.headers.get("Content-Encoding") == "gzip"
    assert (gzip.decompress(theirs.body) if is_packed else theirs.body) == ours.data, path
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"):
        assert theirs.headers[name] == ours.headers[name], (path, name)
    return theirs


def _ask_for_more(front: caddy.Caddy, picture: str) -> None:
    """Ask for what may be another page, or lies in the folder under no address of ours."""
    for path in (
        "/?page=2",
        "/index.html",
        "/index.html.gz",
        "/index.html.head",
        "/.homes/",
        f"{picture}.gz",
    ):
        assert front.ask(HOST, path).status == PORT_OF_NOBODY, path
    assert front.ask(HOST, "/", Cookie="ziwang-display=large").status == PORT_OF_NOBODY
    assert front.ask(HOST, "/", method="POST").status == PORT_OF_NOBODY
    for host in ("..", ".", "slj.yj.localhost."):
        for path in ("/", f"/hosts/{HOST}/", f"/hosts/{HOST}/tzgg/"):
            assert front.ask(host, path, sni=HOST).status in (400, PORT_OF_NOBODY), host


def _end(server: Server) -> None:
    """Stop the platform: from now on the answers are Caddy's own."""
    server.process.terminate()
    server.process.wait(timeout=60)
