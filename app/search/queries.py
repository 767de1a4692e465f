"""What is found: the index gives bounded candidates, and each is asked anew whether readers see it now.

A row of the index that was left behind can therefore never show a withdrawn text (S-66).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.content.genres import Genre
from app.content.models import Article, Column, Revision, article_path
from app.content.queries import is_shown
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.among import among
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.core.prepared import TODAY, inline, prepared
from app.search.facets import Narrowing, portal_token
from app.search.index import Condition, Term, all_but, anywhere, in_title
from app.search.models import SearchEntry
from app.search.newest import newest_places
from app.search.question import Question
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

#: How many of the newest are looked at; on a county with a million texts a common word has far more.
MOST = 300
MOST_BY_TITLE = 200
MOST_OF_ONE_TITLE = 50
#: From how many words on two of them may be missing where none has all.
MANY_WORDS = 4
#: Of so many words at most all ways to leave some out are asked for.
MOST_COMBINED = 8


class Candidate(NamedTuple):
    """A text that readers see and that holds what was asked for, as the order needs it."""

    id: int
    tenant_id: int
    article_id: int
    published_at: datetime
    revision_id: int
    title: str
    document_number: str
    genre: Genre
    validity: Validity
    column_type: str

    @property
    def year(self) -> int:
        """The year of publication on the county's calendar."""
        return self.published_at.astimezone(COUNTY_ZONE).year


@dataclass(frozen=True)
class Candidates:
    """All that was looked at, and how."""

    found: tuple[Candidate, ...]
    #: True where there is more than is looked at.
    has_more: bool = False
    #: True where nothing holds all words, and some are missing in what was found.
    is_relaxed: bool = False


@dataclass(frozen=True)
class Shown:
    """What a page of results shows of a text."""

    url: str
    unit_name: str
    unit_home: str
    column_title: str
    summary: str
    body: str


def candidates(question: Question, portal_id: int, narrowing: Narrowing) -> Candidates:
    """Return the texts that hold what is asked for: those with all words, or else with most of them."""
    within = (*narrowing.tokens, portal_token(portal_id))
    ids, has_more = _with_all(question, within)
    found = _live({*ids, *_with_title(question)}, portal_id, narrowing)
    if found or not question.terms:
        return Candidates(found, has_more)
    some = [_within(group, within) for group in _relaxed(question.terms)]
    return Candidates(_live(newest_places(anywhere, some, MOST), portal_id, narrowing), is_relaxed=True)


def shown(ids: Iterable[int]) -> dict[int, Shown]:
    """Return what a page shows of its texts, by their place in the index."""
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(_of_page(), {"places": list(ids)}).all()
    return {row[0]: _shown(tuple(row)[1:]) for row in rows}


@prepared
def _of_page() -> Select[*tuple[Any, ...]]:
    at, found = _found()
    return _joined(
        found,
        *(at, found.id, found.first_published_at, Column.slug, Column.title),
        *(Revision.summary, Revision.body, Tenant.name, Tenant.slug, OWN_HOST, PORTALS_HOST),
    )


def _with_all(question: Question, within: tuple[str, ...]) -> tuple[set[int], bool]:
    condition: list[tuple[Term, ...]] = [question.terms] if question.terms else []
    if question.number_term:
        condition.append((question.number_term,))
    asked: Condition = [_within(group, within) for group in condition]
    if not asked:
        return set(), False
    found = newest_places(anywhere, asked, MOST + 1)
    if len(found) <= MOST:  # What stands in a title stands anywhere.
        return set(found), False
    return {*newest_places(in_title, asked, MOST_BY_TITLE), *found[:MOST]}, True


def _relaxed(terms: tuple[Term, ...]) -> list[tuple[Term, ...]]:
    """Return what is asked for where nothing has all words: their parts, or one or two words fewer."""
    loose = tuple(term.loosened for term in terms)
    missing = 1 if len(loose) < MANY_WORDS else 2
    return [loose, *all_but(loose[:MOST_COMBINED], missing)]


def _within(terms: Iterable[Term], tokens: Iterable[str]) -> tuple[Term, ...]:
    """Let a group hold only within what the search is narrowed to."""
    return (*terms, Term("", (tuple(tokens),), ()))


def _with_title(question: Question) -> list[int]:
    with reaching(Reach.PUBLISHED):
        return list(db.session.scalars(_called(), {"key": question.key}))


@prepared
def _called() -> Select[int]:
    of_title = select(SearchEntry.id).where(SearchEntry.title_key == bindparam("key"))
    return of_title.order_by(SearchEntry.id.desc()).limit(inline(MOST_OF_ONE_TITLE))


def _live(ids: Iterable[int], portal_id: int, narrowing: Narrowing) -> tuple[Candidate, ...]:
    """Return what readers see of these now, in open subsites of the portal."""
    named = {"unit": narrowing.unit_id, "column_type": narrowing.column_type, "genre": narrowing.genre}
    asked = _readable(tuple(name for name, value in named.items() if value))
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(asked, {"places": list(ids), "portal": portal_id, **named}).all()
    return tuple(
        one
        for one in map(Candidate._make, rows)
        if narrowing.validity in (None, one.validity)
        and (narrowing.year is None or narrowing.year == one.year)
    )


@prepared
def _readable(narrowed_by: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Select what Candidate has, in its order."""
    at, article = _found()
    query = _joined(
        article,
        *(at, article.tenant_id, article.id, article.first_published_at),
        *(Revision.id, Revision.title, Revision.document_number, Revision.genre),
        *(validity_on(TODAY, article), Column.type),
    ).where(or_(Tenant.id == bindparam("portal"), Tenant.portal_id == bindparam("portal")))
    # The index cannot be trusted with a column's type, which may have changed since.
    named = {"unit": article.tenant_id, "column_type": Column.type, "genre": Revision.genre}
    return query.where(*(named[name] == bindparam(name) for name in narrowed_by))


def _found() -> tuple[ColumnElement[int], Any]:
    """Return the articles of places, and their places, looked up before anything is joined to them.

    PostgreSQL takes columns and their articles to be unrelated, and would read a county to find these few.
    """
    of_article = (Article.id == SearchEntry.article_id) & (Article.tenant_id == SearchEntry.tenant_id)
    columns = (
        *(Article.id, Article.tenant_id, Article.column_id, Article.published_id, Article.first_published_at),
        *(Article.validity, Article.invalid_since, Article.amended_since),
    )
    asked = select(SearchEntry.id.label("place"), *columns).join(Article, of_article)
    found = asked.where(among(SearchEntry.id, "places"), is_shown()).cte("found")
    found = found.prefix_with("MATERIALIZED", dialect="postgresql")
    return found.c.place, aliased(Article, found)


def _joined(article: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(article)
        .join(Revision, (Revision.id == article.published_id) & (Revision.tenant_id == article.tenant_id))
        .join(Column, (Column.id == article.column_id) & (Column.tenant_id == article.tenant_id))
        .join(Tenant, Tenant.id == article.tenant_id)
        .where(Tenant.state == TenantState.OPEN)
    )


def _shown(row: tuple[Any, ...]) -> Shown:
    article_id, published_at, column_slug, column_title, summary, body, unit_name, slug, host, portal_host = (
        row
    )
    home = home_of(slug, host, portal_host)
    return Shown(
        url=home + article_path(column_slug, published_at, article_id),
        unit_name=unit_name,
        unit_home=home,
        column_title=column_title,
        summary=summary,
        body=body,
    )
