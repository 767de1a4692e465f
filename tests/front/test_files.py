"""nginx sends files of the release, pictures that readers see now, and what the platform has said yes to."""

import gzip
import re
import shutil

import brotli
import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.publishing import endings
from bench.served import Server
from tests.app.content.films import film
from tests.app.content.photographs import a_photograph, taken_in
from tests.app.pagecache.asking import ask as platform
from tests.databases import Database
from tests.front.asking import ask
from tests.front.conftest import ON_ONE
from tests.front.test_nginx import GONE, finish
from tests.worlds import BUREAU, CONSOLE, HOSTS, TOWN, County

pytestmark = ON_ONE

HOST = HOSTS[BUREAU]
#: What nginx says otherwise than gunicorn, or the server adds to every answer.
OWN = {"Server", "Date", "Connection", "ETag", "Last-Modified", "Accept-Ranges", "Content-Length"}
FILM = film(40)


def addresses(county: County) -> list[str]:
    """Return what a home page fetches."""
    page = platform(county.front, "/", HOST).text
    found = sorted(set(re.findall(r'"(/static/[^"]+)"', page)))
    assert len(found) >= 4
    return found


def take_back(county: County, article: int, end: str = "withdraw") -> None:
    """Withdraw a published article, or take it down for secrecy."""
    with county.inside(BUREAU):
        found = db.session.get_one(Article, article)
        signer = db.session.scalars(select(Account).where(Account.login == f"{BUREAU}.signer")).one()
        assert found.head_id is not None
        getattr(endings, end)(found, signer, revision=found.head_id, reason="内容有误")


def test_files_of_the_release_are_packed_and_kept_for_ever(county: County) -> None:
    for address in addresses(county):
        plain = platform(county.front, address, HOST)
        assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert plain.headers["Vary"] == "Accept-Encoding"
        short = platform(county.front, address, HOST, If_None_Match=plain.headers["ETag"])
        assert (short.status_code, short.data) == (304, b"")
        if len(plain.data) < 400:
            continue
        for name, unpacked in (("gzip", gzip.decompress), ("br", brotli.decompress)):
            packed = platform(county.front, address, HOST, Accept_Encoding=name)
            assert packed.headers["Content-Encoding"] == name
            assert unpacked(packed.data) == plain.data
            assert len(packed.data) < len(plain.data) / 1.5


def test_the_consoles_files_are_packed_and_named_by_what_is_in_them(county: County) -> None:
    page = platform(county.front, "/login", CONSOLE).text
    named = re.findall(r'"(/static/console/[^"]+\?v=[0-9a-f]{12})"', page)
    assert len(named) > 5
    for address in named:
        answer = platform(county.front, address, CONSOLE, Accept_Encoding="br")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in answer.headers["Vary"]
        plain = platform(county.front, address.partition("?")[0], CONSOLE)
        assert plain.headers["Cache-Control"] == "no-cache"
        assert platform(county.front, address[:-1], CONSOLE).headers["Cache-Control"] == "no-cache"
        if len(plain.data) > 400:
            assert answer.headers["Content-Encoding"] == "br"
    for outside in (
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static/console/",
        "/static//etc/passwd",
    ):
        assert platform(county.front, outside, CONSOLE).status_code in (308, 404)


def test_nginx_sends_files_of_the_release_without_asking(
    county: County, database: Database, alone: Server
) -> None:
    wanted = addresses(county)
    shutil.rmtree(database.folder / "pages" / "files", ignore_errors=True)
    assert {ask(alone, HOST, address).status for address in wanted} == {GONE}
    county.front.lay_out()
    county.front.lay_out()  # Every process does so.
    for address in wanted:
        ours, theirs = platform(county.front, address, HOST), ask(alone, HOST, address)
        assert (theirs.status, theirs.body) == (200, ours.data), address
        expected = {name: value for name, value in ours.headers.items() if name not in OWN}
        said = {name: value for name, value in theirs.headers.items() if name not in OWN}
        assert {"Vary": "Accept-Encoding", **said} == expected  # nginx says so of what it has packed.
        packed = ask(alone, HOST, address, Accept_Encoding="gzip")
        if packed.headers.get("Content-Encoding") == "gzip":
            assert gzip.decompress(packed.body) == ours.data
    stylesheet = next(address for address in wanted if "/theme-" in address)
    assert ask(alone, HOST, stylesheet, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    for other in (f"{stylesheet}.gz", stylesheet.replace("/theme-", "/none-"), "/static/"):
        assert ask(alone, HOST, other).status == GONE


@pytest.mark.parametrize("end", ["withdraw", "take_down"])
def test_a_picture_is_sent_without_asking_until_its_text_is_taken_back(
    county: County, alone: Server, end: str
) -> None:
    number, token = taken_in(county, "大坝.jpg", a_photograph())
    article = county.an_article(files=(number,), state=ArticleState.PUBLISHED)
    names = [f"/files/{token}.jpg", f"/files/{token}-480.webp"]
    finish(county, (HOST, "/tzgg/"))
    assert {ask(alone, HOST, name).status for name in names} == {GONE}, "nobody has judged it"
    for name in names:
        ours = platform(county.front, name, HOST)
        theirs = ask(alone, HOST, name)
        assert (theirs.status, theirs.body) == (200, ours.data)
        for header in ("Content-Type", "Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"):
            assert theirs.headers[header] == ours.headers[header]
        assert theirs.headers["Content-Disposition"] == "inline"
        assert ask(alone, HOSTS[TOWN], name).status == GONE
    platform(county.front, f"/files/{token}.png", HOST)
    assert ask(alone, HOST, f"/files/{token}.png").status == GONE, "it is none"

    take_back(county, article, end)
    for _ in range(2):
        assert {ask(alone, HOST, name).status for name in names} == {GONE}
        finish(county, (HOST, "/tzgg/"))
        assert ask(alone, HOST, "/tzgg/").status == 200
        assert {platform(county.front, name, HOST).status_code for name in names} <= {404, 410}


def test_other_attachments_are_sent_by_nginx_in_the_platforms_words(
    county: County, both: tuple[Server, Server]
) -> None:
    front, behind = both
    number, token = taken_in(county, "巡查.mp4", FILM)
    article = county.an_article(files=(number,), state=ArticleState.PUBLISHED)
    address = f"/files/{token}.mp4"
    ours = platform(county.front, address, HOST)
    assert ours.data == FILM, "without the setting the platform sends it"
    direct = ask(behind, HOST, address)
    assert (direct.status, direct.body) == (200, b"")
    assert direct.headers["X-Accel-Redirect"].endswith(token)

    whole = ask(front, HOST, address)
    assert (whole.status, whole.body) == (200, FILM)
    assert "X-Accel-Redirect" not in whole.headers
    for name in set(ours.headers.keys()) - {"Date"}:
        assert whole.headers[name] == ours.headers[name], name
    head = ask(front, HOST, address, method="HEAD")
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(FILM)))
    assert ask(front, HOST, direct.headers["X-Accel-Redirect"]).status == 404, (
        "none but the platform names it"
    )
    assert ask(front, HOSTS[TOWN], address).status == 404

    take_back(county, article)
    assert ask(front, HOST, address).status == 404


def test_parts_and_copies_of_what_nginx_sends(county: County, both: tuple[Server, Server]) -> None:
    front, _ = both
    number, token = taken_in(county, "巡查.mp4", FILM)
    county.an_article(files=(number,), state=ArticleState.PUBLISHED)
    address = f"/files/{token}.mp4"

    whole = ask(front, HOST, address)
    tag = whole.headers["ETag"]
    part = ask(front, HOST, address, Range="bytes=10-19", If_Range=tag)
    assert (part.status, part.body) == (206, FILM[10:20])
    assert ask(front, HOST, address, Range="bytes=10-19", If_Range='"old"').status == 200
    for asked in ({"If_None_Match": tag}, {"If_Modified_Since": whole.headers["Last-Modified"]}):
        short = ask(front, HOST, address, **asked)
        assert (short.status, short.body) == (304, b"")
    assert ask(front, HOST, address, If_Match=tag).body == FILM
    assert ask(front, HOST, address, If_Match='"old"').status == 412
