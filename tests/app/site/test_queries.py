"""What an uncached public page asks of the database: little, and no more when there is more to show."""

from bench.articles import publish_articles
from bench.statements import Pages
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

MOST = 6
#: One page has three lists: what runs, what is pinned, and all the rest.
WITH_THREE_LISTS = "/notices/"
#: Every kind of public page, on the unit's own host and on the portal's.
OF_BOTH = (
    *("/", "/tzgg/", "/xxgk/", "/map.html", "/feed.atom", "/tzgg/feed.atom", "/sitemap.xml"),
    *("/documents/", "/documents/plans/", "/documents/collections/", "/notices/", "/xxgk/catalogue/"),
)
OF_PORTAL = ("/units/", "/jczwgk/", "/u/slj/", "/u/slj/tzgg/")


def test_every_page_asks_few_queries_and_no_more_when_there_is_more_to_show(county: County) -> None:
    article = publish_articles(county.front, BUREAU, "tzgg", 3)
    publish_articles(county.front, TOWN, "tzgg", 1)
    pages = Pages(county.front)

    few = _counted(pages, article)
    publish_articles(county.front, BUREAU, "tzgg", 45)  # more than any list shows at once
    many = _counted(pages, article)

    assert {page: count for page, count in few.items() if count > _most(page)} == {}
    assert {page: count for page, count in many.items() if count > _most(page)} == {}
    assert {page for page in few if many[page] > few[page]} == set()


def test_a_column_that_is_a_page_costs_no_more_than_an_article(county: County) -> None:
    asked = Pages(county.front).queries_of(HOSTS[BUREAU], "/dwgk/")

    assert 0 < len(asked) <= MOST


def _counted(pages: Pages, article: str) -> dict[str, int]:
    wanted = [(slug, path) for slug in (BUREAU, PORTAL) for path in OF_BOTH]
    wanted += [(BUREAU, article), *((PORTAL, path) for path in (*OF_PORTAL, f"/u/slj{article}"))]
    return {f"{slug} {path}": len(pages.queries_of(HOSTS[slug], path)) for slug, path in wanted}


def _most(page: str) -> int:
    return MOST + page.endswith(WITH_THREE_LISTS)
