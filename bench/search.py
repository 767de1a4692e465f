"""python -m bench.search: how far up the search puts what it should, over a judged set (ZY-19).

The texts and questions of bench/judged/search.toml are invented for this. What counts is the place of the
first right answer: the mean of its reciprocal, MRR, is 1 where every question is answered first.
"""

import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.publishing import services as publishing
from app.search.facets import Narrowing
from app.search.lexicon import lexicon_of
from app.search.question import question_of
from app.search.results import answer
from app.tenancy.current import current_tenant
from bench.figures import Table, document
from bench.machine import description
from tests.databases import Sqlite
from tests.worlds import PORTAL, County, found

JUDGED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "judged" / "search.toml").read_text(encoding="utf-8")
)
FIRST = 10
HOW = """{queries} questions over {documents} texts of a portal and three units, on SQLite; PostgreSQL gives
the same ten answers to each, which a test holds (tests/app/search). {missed}"""


@dataclass(frozen=True)
class Judged:
    """A question, the titles that came first, and the place of the first right one; 0 where it is missing."""

    text: str
    titles: tuple[str, ...]
    place: int


def lay_out(county: County) -> None:
    """Publish the texts of the set."""
    for one in JUDGED["document"]:
        article_id = county.an_article(
            one["unit"],
            title=one["title"],
            body=f"<p>{one['body']}</p>",
            document_number=one.get("number", ""),
            state=ArticleState.PUBLISHED,
        )
        with county.inside(one["unit"]):
            _let_leader_sign(article_id, one["unit"])


def _let_leader_sign(article_id: int, slug: str) -> None:
    """Give the second signature to what is too weighty for one (S-65)."""
    article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
    if article.state is ArticleState.SIGNED:
        leader = db.session.scalars(select(Account).where(Account.login == f"{slug}.leader")).one()
        assert article.head_id is not None
        publishing.approve(article, leader, revision=article.head_id)


def judged(county: County) -> list[Judged]:
    """Ask every question of the set over the whole county."""
    with county.inside(PORTAL):
        return [_judged(one["text"], one["expect"]) for one in JUDGED["query"]]


def mean_reciprocal_rank(answers: list[Judged]) -> float:
    """Return the mean of the reciprocal places."""
    return sum(1 / one.place for one in answers if one.place) / len(answers)


def measure(folder: Path) -> Table:
    """Measure in a new database in a folder."""
    database = Sqlite(folder)
    try:
        found(database.front)
        county = County(database.front)
        lay_out(county)
        answers = judged(county)
    finally:
        database.let_go()
    first = sum(one.place == 1 for one in answers)
    within = sum(one.place > 0 for one in answers)
    rows = (
        ("MRR", f"{mean_reciprocal_rank(answers):.3f}"),
        ("right answer first", f"{first} of {len(answers)}"),
        (f"right answer among {FIRST}", f"{within} of {len(answers)}"),
    )
    missed = [f"{one.text} ({one.place or 'missing'})" for one in answers if one.place != 1]
    told = f"Not first: {', '.join(missed)}." if missed else "Every question is answered first."
    how = HOW.format(queries=len(answers), documents=len(JUDGED["document"]), missed=told)
    return Table("Search over the judged set", ("figure", "value"), rows, how)


def _judged(text: str, expected: list[str]) -> Judged:
    hits = answer(question_of(text, lexicon_of(current_tenant.id)), current_tenant.id, Narrowing()).hits
    titles = tuple("".join(piece for piece, _ in hit.title) for hit in hits[:FIRST])
    place = next((place for place, title in enumerate(titles, 1) if title in expected), 0)
    return Judged(text, titles, place)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as place_of_data:
        sys.stdout.write(document(description(), [measure(Path(place_of_data))]))
