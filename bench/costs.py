"""Queries a page, with few and with many articles; on SQLite, in a county of four subsites."""

from pathlib import Path

from bench.articles import publish_articles
from bench.figures import Table
from bench.statements import Pages
from tests.databases import Sqlite
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, found

MOST = 6
HOW = """Counted where SQLAlchemy hands a statement to the driver, nothing kept, all pages of one bureau
and its portal; *first* is a page that the subsite makes first after a change: it reads what all its pages
share; what opens a transaction is not counted. The table of hosts is looked at once a second
at most, whatever is asked, and is left out. Goal: at most {most}, and no more with {many} articles than
with {few}. {verdict}"""


def measure(folder: Path, *, few: int, many: int) -> Table:
    """Count in a new database in a folder."""
    database = Sqlite(folder)
    try:
        found(database.front)
        article = publish_articles(database.front, BUREAU, "tzgg", few)
        publish_articles(database.front, TOWN, "tzgg", few)
        before = _counted(database, article)
        publish_articles(database.front, BUREAU, "tzgg", many - few)
        after = _counted(database, article)
        first = _counted(database, article, is_first=True)
    finally:
        database.let_go()
    rows = tuple((name, str(before[name]), str(after[name]), str(first[name])) for name in before)
    missed = [name for name in before if after[name] > MOST or after[name] > before[name]]
    verdict = f"Missed by: {', '.join(missed)}." if missed else "Held by every page."
    heads = ("page", f"queries with {few} articles", f"with {many}", "first")
    return Table(
        "Queries of an uncached page", heads, rows, HOW.format(most=MOST, few=few, many=many, verdict=verdict)
    )


def _counted(database: Sqlite, article: str, *, is_first: bool = False) -> dict[str, int]:
    pages = Pages(database.front)
    return {
        name: len(pages.queries_of(HOSTS[slug], path, is_first=is_first))
        for name, slug, path in _wanted(article)
    }


def _wanted(article: str) -> list[tuple[str, str, str]]:
    of_both = [
        ("home", "/"),
        ("column", "/tzgg/"),
        ("disclosure", "/xxgk/"),
        ("site map", "/map.html"),
        ("feed", "/feed.atom"),
        ("column's feed", "/tzgg/feed.atom"),
        ("sitemap.xml", "/sitemap.xml"),
    ]
    unit = [(f"unit: {name}", BUREAU, path) for name, path in of_both]
    unit += [("unit: column that is a page", BUREAU, "/dwgk/"), ("unit: article", BUREAU, article)]
    portal = [(f"portal: {name}", PORTAL, path) for name, path in of_both]
    portal += [
        ("portal: directory of units", PORTAL, "/units/"),
        ("portal: a unit's home under /u/", PORTAL, f"/u/{BUREAU}/"),
        ("portal: a unit's article under /u/", PORTAL, f"/u/{BUREAU}{article}"),
    ]
    return unit + portal
