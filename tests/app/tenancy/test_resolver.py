"""Which subsite answers a Host header, and that nothing else of a request has a say in it (B1 to B3)."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.core.database import db
from app.front import Front
from app.tenancy.models import Host, Tenant, TenantState
from tests.databases import SETTINGS, Database
from tests.worlds import BUREAU, CONSOLE, HOSTS, PORTAL, TOWN, County

NAMES = {BUREAU: "永嘉县水利局", TOWN: "桥头镇"}
ADDRESS = "http://slj.yj.localhost"
IDN = "xn--kcrv9v9ln.yj.localhost"


@pytest.fixture(scope="module")
def front(database: Database) -> Iterator[Front]:
    """Return the county's front door; the bureau has two more hosts, one of them in Chinese."""
    database.reset()
    with database.front.console.app_context():
        bureau = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        for name in ("shuiliju.yj.localhost", IDN):
            db.session.add(Host(name=name, tenant_id=bureau.id))
        db.session.commit()
    yield database.front
    database.reset()


def ask(front: Front, host: str | None, path: str = "/", **environ: Any) -> tuple[int, Headers, str]:
    """Ask as a server would: the environment is not made consistent by a client."""
    made = EnvironBuilder(path=path).get_environ()
    made.pop("HTTP_HOST", None)
    if host is not None:
        made["HTTP_HOST"] = host
    made.update({"SERVER_NAME": HOSTS[BUREAU], "REMOTE_ADDR": "203.0.113.9", **environ})
    body, status, headers = run_wsgi_app(front, made, buffered=True)
    return int(status.split()[0]), headers, b"".join(body).decode()


@pytest.mark.parametrize(
    "host", [HOSTS[BUREAU], "SLJ.yj.LOCALHOST", f"{HOSTS[BUREAU]}:8000", f"{HOSTS[BUREAU]}."]
)
def test_spellings_of_one_host_get_one_page(front: Front, host: str) -> None:
    status, _, page = ask(front, host)
    assert status == 200
    assert page == ask(front, HOSTS[BUREAU])[2]
    assert f'<link rel="canonical" href="{ADDRESS}/"' in page


@pytest.mark.parametrize(
    "host", [None, "", "a b", "slj.yj.localhost,www.yj.localhost", f"{HOSTS[BUREAU]}:x", "."]
)
def test_no_host_or_two_are_refused(front: Front, host: str | None) -> None:
    status, _, page = ask(front, host)
    assert status == 400
    assert_nobody(page)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8000",
        "[::1]:8000",
        "2130706433",
        "localhost",
        "yj.localhost",
        "x.slj.yj.localhost",
        "unknown.example",
        "slj.yj.localhost.evil.example",
        "slj",
        "_slj.yj.localhost",
    ],
)
def test_an_unknown_host_is_nobodys(front: Front, host: str) -> None:
    for path in ("/", "/tzgg/", "/u/slj/", "/manage", "/robots.txt", "/feed.atom"):
        status, headers, page = ask(front, host, path)
        assert status == 404, path
        assert "Location" not in headers
        assert_nobody(page)


def assert_nobody(page: str) -> None:
    """No default tenant, and no word of the tenants there are."""
    assert "<h1" in page
    for name in (*NAMES.values(), "永嘉", "yj.localhost"):
        assert name not in page


@pytest.mark.parametrize("host", [None, "", "127.0.0.1", "unknown.example", HOSTS[BUREAU], CONSOLE])
def test_health_is_told_under_any_host(front: Front, host: str | None) -> None:
    for path in ("/healthz", "/readyz"):
        assert ask(front, host, path)[0] == 200


@pytest.mark.parametrize("host", ["shuiliju.yj.localhost", "SHUILIJU.yj.localhost.:8000", IDN, IDN.upper()])
def test_a_second_host_leads_to_the_first_with_path_and_query(front: Front, host: str) -> None:
    status, headers, _ = ask(front, host, "/tzgg/?page=2&q=%E6%B0%B4")
    assert (status, headers["Location"]) == (308, f"{ADDRESS}/tzgg/?page=2&q=%E6%B0%B4")
    assert ask(front, host, "/")[1]["Location"] == f"{ADDRESS}/"


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example", "/\\evil.example", "/%2F%2Fevil.example/", "/..//evil.example"],
)
def test_a_redirect_never_leaves_the_stored_host(front: Front, path: str) -> None:
    for host in ("shuiliju.yj.localhost", HOSTS[BUREAU]):
        made = ask(front, host, "/", PATH_INFO=path.replace("%2F", "/"), RAW_URI=path)
        location = made[1].get("Location", "")
        assert not location or location.startswith((f"{ADDRESS}/", "/")), location
        assert not location.startswith("//")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://slj.yj.localhost/", 200),
        ("HTTP://SLJ.yj.localhost:80/", 200),
        ("http://www.yj.localhost/", 400),
        ("http://slj.yj.localhost@www.yj.localhost/", 400),
        ("http:///", 400),
    ],
)
def test_an_absolute_target_must_name_the_same_host(front: Front, target: str, expected: int) -> None:
    assert ask(front, HOSTS[BUREAU], "/", RAW_URI=target)[0] == expected


CLAIMS = {
    "HTTP_X_FORWARDED_HOST": HOSTS[TOWN],
    "HTTP_FORWARDED": f"host={HOSTS[TOWN]};proto=https",
    "HTTP_X_HOST": HOSTS[TOWN],
    "HTTP_X_ORIGINAL_HOST": HOSTS[TOWN],
    "HTTP_X_FORWARDED_SERVER": HOSTS[TOWN],
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PREFIX": "/u/qiaotou",
    "HTTP_X_FORWARDED_PORT": "444",
    "HTTP_X_SCRIPT_NAME": "/u/qiaotou",
    "HTTP_X_ORIGINAL_URL": "/map.html",
    "HTTP_X_REWRITE_URL": "/map.html",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_X_METHOD_OVERRIDE": "DELETE",
    "HTTP_COOKIE": "ziwang=forged; host=qiaotou",
    "HTTP_ACCEPT_LANGUAGE": "en",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_changes_neither_the_page_nor_what_is_kept_of_it(front: Front, claim: str) -> None:
    """B3: asked first with the claim on a cold cache, then without."""
    front.public.extensions["pages"].clear()
    claimed = ask(front, HOSTS[BUREAU], "/tzgg/", **{claim: CLAIMS[claim]})
    plain = ask(front, HOSTS[BUREAU], "/tzgg/")
    assert claimed[0] == plain[0] == 200
    assert claimed[2] == plain[2]
    assert ask(front, "unknown.example", "/", **{claim: CLAIMS[claim]})[0] == 404


@pytest.mark.parametrize(
    ("peer", "is_believed"),
    [("10.0.0.7", True), ("192.0.2.1", True), ("10.0.1.7", False), ("203.0.113.9", False), ("", False)],
)
def test_a_configured_proxy_speaks_for_its_visitors(database: Database, peer: str, is_believed: bool) -> None:  # noqa: FBT001
    settings = {**SETTINGS, "DATA_DIR": str(database.folder), **database.address()}
    proxied = Front({**settings, "TRUSTED_PROXIES": "10.0.0.0/24, 192.0.2.1"})
    for host in (HOSTS[BUREAU], "127.0.0.1:8000"):
        claim = {"HTTP_X_FORWARDED_HOST": HOSTS[TOWN], "REMOTE_ADDR": peer}
        status, _, page = ask(proxied, host, "/", **claim)
        if is_believed:
            assert (status, NAMES[TOWN] in page, NAMES[BUREAU] in page) == (200, True, False)
        else:
            assert status == ask(proxied, host)[0]
            assert NAMES[TOWN] not in page
    two = f"{HOSTS[TOWN]}, {HOSTS[PORTAL]}"  # Of a chain the nearest proxy's word counts, and only that.
    if is_believed:
        assert "中国永嘉" in ask(proxied, HOSTS[BUREAU], HTTP_X_FORWARDED_HOST=two, REMOTE_ADDR=peer)[2]
    for app in (proxied.public, proxied.console):
        with app.app_context():
            db.engine.dispose()


def test_a_closed_subsite_says_so_everywhere(county: County) -> None:
    with county.everywhere():
        db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one().state = TenantState.CLOSED
    for path in ("/", "/tzgg/", "/feed.atom", "/sitemap.xml", "/map.html"):
        assert county.visitor(BUREAU).get(path).status_code == 410, path
        assert county.visitor(PORTAL).get(f"/u/{BUREAU}{path}").status_code == 410, path
    assert county.visitor(TOWN).get("/").status_code == 200
