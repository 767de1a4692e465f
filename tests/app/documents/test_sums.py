"""GK-11 at random: whatever is published, related and withdrawn, all lists say what the page says."""

import random
import re

from sqlalchemy import select

from app.content.models import Article, Revision
from app.content.validity import validity_of
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.documents import effects, holdings, links
from app.documents.asked import Asked
from app.documents.models import DocumentLink, Kind, LibraryEntry
from app.publishing import endings
from app.publishing import services as publishing
from app.tenancy.models import Tenant
from tests.app.documents.acts import a_document
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PORTAL, TOWN, County

ROUNDS = 30
SLUGS = (BUREAU, TOWN)


def test_gk_11_all_lists_agree_after_any_acts(county: County) -> None:
    dice = random.Random(11)  # noqa: S311 - of a test, not of a secret
    papers = [(slug, a_document(county, slug, number=n)) for slug in SLUGS for n in (1, 2, 3)]
    ids = {}
    for slug in SLUGS:
        with county.inside(slug) as tenant:
            ids[slug] = tenant.id
    for _ in range(ROUNDS):
        acting, target = dice.sample(papers, 2)
        act = dice.choice((_relate, _relate, _relate, _withdraw, _bring_back, _declare, _answer))
        try:
            act(county, dice, acting, (ids[target[0]], target[1]))
        except RuleBroken:
            continue  # It was refused, and nothing may have changed by that.
        _agree(county)


def _relate(county: County, dice: random.Random, acting: tuple[str, int], target: tuple[int, int]) -> None:
    kind = dice.choice((Kind.ABOLISHES, Kind.AMENDS, Kind.REPLACES))
    with county.inside(acting[0]):
        links.add(article_of(acting[1]), links.Wish(kind, *target), person(f"{acting[0]}.signer"))


def _withdraw(
    county: County, _dice: random.Random, acting: tuple[str, int], _target: tuple[int, int]
) -> None:
    with county.inside(acting[0]):
        article = article_of(acting[1])
        endings.withdraw(article, person(f"{acting[0]}.signer"), revision=head_of(article), reason="x")


def _bring_back(county: County, _dice: random.Random, acting: tuple[str, int], _target: object) -> None:
    slug = acting[0]
    with county.inside(slug):
        article = article_of(acting[1])
        publishing.reopen(article, person(f"{slug}.editor"), revision=head_of(article))
        publishing.submit(article, person(f"{slug}.editor"), revision=head_of(article))
        publishing.publish(article, person(f"{slug}.signer"), revision=head_of(article))
        publishing.approve(article, person(f"{slug}.leader"), revision=head_of(article))


def _declare(county: County, dice: random.Random, acting: tuple[str, int], _target: object) -> None:
    with county.inside(acting[0]):
        article, by = article_of(acting[1]), person(f"{acting[0]}.signer")
        step = dice.choice((endings.invalidate, endings.revalidate))
        step(article, by, revision=head_of(article), reason="x")


def _answer(county: County, dice: random.Random, acting: tuple[str, int], _target: object) -> None:
    with county.everywhere():
        unit = db.session.scalars(select(Tenant.id).where(Tenant.slug == acting[0])).one()
        waiting = list(
            db.session.scalars(
                select(DocumentLink.id).where(
                    DocumentLink.unit_id == unit,
                    DocumentLink.agreed_at.is_(None),
                    DocumentLink.tenant_id != unit,
                )
            )
        )
    if waiting:
        with county.inside(acting[0]):
            links.agree(links.request_to_here(dice.choice(waiting)), person(f"{acting[0]}.signer"))


def _agree(county: County) -> None:
    """Hold the marks beside the facts, and the library, the portal's list and the facets beside the marks."""
    with county.everywhere():
        shown = db.session.execute(
            select(Article, Revision).join(
                Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id)
            )
        ).all()
        marks = {}
        for article, revision in shown:
            before = (article.validity, article.invalid_since, article.amended_since)
            effects.settle(article)
            assert (article.validity, article.invalid_since, article.amended_since) == before
            if revision.document_number:
                marks[article.tenant_id, article.id] = validity_of(article, revision, today())
        entries = {(one.tenant_id, one.article_id) for one in db.session.scalars(select(LibraryEntry))}
        assert marks.keys() <= entries
        portal_id = db.session.scalars(select(Tenant.id).where(Tenant.slug == PORTAL)).one()
        asked = Asked(portal_id)
        listed = {(one.unit_id, one.article_id): one.validity for one in holdings.documents(asked, limit=99)}
        counted = holdings.counts(asked).of["validity"]
    assert {key: listed[key] for key in marks} == marks
    assert counted == {value: list(listed.values()).count(value) for value in set(listed.values())}
    page = county.visitor(PORTAL).get("/tzgg/").text
    said = sorted(re.findall(r"mark-validity\">([^<]*)<", page))
    assert said == sorted(value.label for value in marks.values() if value.value != "valid")
