"""What an uncached public page asks of the database: little, and no more when there is more to show."""

from app.content.models import article_path
from bench.articles import publish_articles
from bench.statements import Pages
from tests.app.documents.acts import a_document
from tests.app.exports.papers import a_file
from tests.app.publishing.acts import article_of
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

MOST = 6
#: The first page after a change reads what all pages of the subsite share.
MOST_OF_FIRST = 8
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
    first = _counted(pages, article, is_first=True)

    assert {page: count for page, count in few.items() if count > MOST} == {}
    assert {page: count for page, count in many.items() if count > MOST} == {}
    assert {page for page in few if many[page] > few[page]} == set()
    assert {page: count for page, count in first.items() if count > MOST_OF_FIRST} == {}


def test_a_column_that_is_a_page_costs_no_more_than_an_article(county: County) -> None:
    asked = Pages(county.front).queries_of(HOSTS[BUREAU], "/dwgk/")

    assert 0 < len(asked) <= MOST


def test_an_official_document_with_files_costs_no_more(county: County) -> None:
    file_id, _ = a_file(county, "办法全文", "txt", "第一条".encode())
    number = a_document(county, BUREAU, files=(file_id,))
    with county.inside(BUREAU):
        article = article_of(number)
        assert article.first_published_at is not None
        path = article_path("tzgg", article.first_published_at, article.id)

    asked = Pages(county.front).queries_of(HOSTS[BUREAU], path)

    assert sum("attachment" in one for one in asked) == 1
    assert len(asked) <= MOST


def _counted(pages: Pages, article: str, *, is_first: bool = False) -> dict[str, int]:
    wanted = [(slug, path) for slug in (BUREAU, PORTAL) for path in OF_BOTH]
    wanted += [(BUREAU, article), *((PORTAL, path) for path in (*OF_PORTAL, f"/u/slj{article}"))]
    return {
        f"{slug} {path}": len(pages.queries_of(HOSTS[slug], path, is_first=is_first)) for slug, path in wanted
    }
