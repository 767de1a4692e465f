"""Every link on every page of the portal and of a subsite leads to something, walked from the front pages."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from app.content.genres import Genre
from app.content.states import ArticleState
from tests.browser import Browser
from tests.worlds import BUREAU, HOSTS, PORTAL, County

WALKED = (PORTAL, BUREAU)
#: More than there are: no page may lead to ever further ones.
MOST = 3000


class Links(HTMLParser):
    """What a page leads to, and what it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - any
        """Note addresses."""
        self.found |= {value for name, value in attrs if name in ("href", "src") and value}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_link_of_every_page_answers(county: County) -> None:
    for slug in WALKED:
        county.an_article(slug, title=f"{slug}的通知", state=ArticleState.PUBLISHED, genre=Genre.NOTICE)
    visitors = {HOSTS[slug]: county.visitor(slug) for slug in WALKED}
    begun = {f"http://{host}/" for host in visitors}
    seen, left, wrong = set(begun), sorted(begun), []
    while left and len(seen) < MOST:
        page = left.pop()
        status, html = _asked(visitors, page)
        if status >= 400:
            wrong.append((status, page))
        for link in sorted(Links(html).found):
            address = urldefrag(urljoin(page, link)).url
            if address not in seen and _is_further(address):
                seen.add(address)
                left.append(address)
    assert wrong == []
    assert len(seen) > 200
    assert left == []


def _asked(visitors: dict[str, Browser], page: str) -> tuple[int, str]:
    """Return a page's status and what can be read in it; of no interest is what files say."""
    parts = urlsplit(page)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = visitors[parts.hostname or ""].get(path)
    return answer.status_code, answer.text if answer.mimetype == "text/html" else ""


def _is_further(address: str) -> bool:
    """Tell whether an address is a subsite's, and not the page at hand in another display."""
    parts = urlsplit(address)
    is_display = "mode=" in parts.query or parts.path.startswith("/hant/")
    return parts.hostname in {HOSTS[slug] for slug in WALKED} and not is_display
