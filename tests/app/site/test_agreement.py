"""Portal, search, feed, catalogue, library and API say one thing, whatever is done (S-09, S-16).

Random acts on real units; after each of them a visitor asks every place, and all must name what a plain list
in this file names. AGREEMENT_ACTS says how many acts (30 where it is not set) and AGREEMENT_SEED which ones:
``AGREEMENT_ACTS=10000 python -m pytest tests/app/site/test_agreement.py`` takes two hours.
"""

import os
import random
import re
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.content.genres import Genre
from app.content.models import Column, Revision
from app.content.services import move_to_column, revise, text_of
from app.content.states import ArticleState
from app.core.database import db
from app.operations.services import change_unit, close_unit, reopen_unit
from app.publishing import endings
from app.publishing import services as publishing
from app.tenancy.models import Tenant, TenantState
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

UNITS = (BUREAU, TOWN, LIBRARY)
TITLE = re.compile(r"楠溪水文第\d{3,}[期版]公告")
#: In each of the two runs on each database.
ACTS = int(os.environ.get("AGREEMENT_ACTS", "30"))
SEED = int(os.environ.get("AGREEMENT_SEED", "1"))
#: Of the portal, each of which shows all of these few articles on one page.
PLACES = (
    *("/search?q=楠溪水文", "/documents/", "/api/v1/articles?limit=100", "/xxgk/catalogue.csv"),
    *("/feed.atom", "/xxgk/catalogue.json"),
)
BOTH = ("/tzgg/", "/zcwj/")
#: The library is no office and has no policy documents.
COLUMNS = {PORTAL: BOTH, BUREAU: BOTH, TOWN: BOTH, LIBRARY: ("/tzgg/",)}


@dataclass
class Known:
    """An article as the test remembers it."""

    slug: str
    id: int
    title: str


@dataclass
class Model:
    """What readers should see."""

    shown: list[Known] = field(default_factory=list)
    invalid: set[int] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    last: int = 0

    def titles(self, slug: str | None = None) -> list[str]:
        """Return the titles that stand on the portal, or on one unit's subsite."""
        return sorted(
            one.title
            for one in self.shown
            if slug == one.slug or (slug is None and one.slug not in self.closed)
        )


@pytest.mark.timeout(max(300, 10 * ACTS))
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_no_place_ever_disagrees_with_the_units(county: County, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which act comes next is no secret
    model = Model()
    acts = (_publish, _publish, _correct, _move, _invalidate, _withdraw, _toggle, _rename)
    for _ in range(ACTS):
        act = _publish if not model.shown else chance.choice(acts)
        act(county, model, chance)
        for place in PLACES:
            assert _read(county, PORTAL, place) == model.titles(), (act.__name__, place)
        assert sorted(_read(county, PORTAL, *COLUMNS[PORTAL])) == model.titles(), act.__name__
        for slug in {*UNITS} - model.closed:
            assert _read(county, slug, *COLUMNS[slug]) == model.titles(slug), (act.__name__, slug)
        marked = county.visitor(PORTAL).get("/documents/?validity=expired").text
        gone = [one.title for one in model.shown if one.id in model.invalid and one.slug not in model.closed]
        assert sorted(set(TITLE.findall(_plain(marked)))) == sorted(gone), act.__name__


def _read(county: County, slug: str, *places: str) -> list[str]:
    found: set[str] = set()
    for place in places:
        answer = county.visitor(slug).get(place)
        assert answer.status_code == 200, (slug, place)
        found |= set(TITLE.findall(_plain(answer.text)))
    return sorted(found)


def _plain(text: str) -> str:
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return re.sub(r"<.*?>", "", escaped)


def _publish(county: County, model: Model, chance: random.Random) -> None:
    slug = chance.choice([one for one in UNITS if one not in model.closed] or [PORTAL])
    if slug == PORTAL or len(model.shown) > 15:
        return
    model.last += 1
    title = f"楠溪水文第{model.last:03d}期公告"
    article_id = county.an_article(
        slug,
        title=title,
        body=f"<p>内容之{model.last}。</p>",
        genre=Genre.ANNOUNCEMENT,
        state=ArticleState.PUBLISHED,
    )
    model.shown.append(Known(slug, article_id, title))


def _correct(county: County, model: Model, chance: random.Random) -> None:
    one = chance.choice(model.shown)
    title = one.title.replace("期", "版")
    with county.inside(one.slug):
        article = article_of(one.id)
        editor, signer = person(f"{one.slug}.editor"), person(f"{one.slug}.signer")
        newest = select(Revision).where(Revision.id == article.head_id).options(selectinload(Revision.files))
        head = db.session.scalars(newest).one()
        changed = replace(text_of(head), title=title, correction="更正了标题。")
        revise(article, changed, editor, base=head.id)
        if head_of(article) != head.id:
            publishing.submit(article, editor, revision=head_of(article))
            publishing.publish(article, signer, revision=head_of(article))
    one.title = title


def _move(county: County, model: Model, chance: random.Random) -> None:
    one = chance.choice(model.shown)
    with county.inside(one.slug):
        article = article_of(one.id)
        editor, signer = person(f"{one.slug}.editor"), person(f"{one.slug}.signer")
        endings.withdraw(article, signer, revision=head_of(article), reason="换栏目")
        publishing.reopen(article, editor, revision=head_of(article))
        others = select(Column).where(Column.slug.in_(("tzgg", "zcwj")), Column.id != article.column_id)
        for other in db.session.scalars(others):
            move_to_column(article, other, editor)
        publishing.submit(article, editor, revision=head_of(article))
        publishing.publish(article, signer, revision=head_of(article))


def _invalidate(county: County, model: Model, chance: random.Random) -> None:
    one = chance.choice(model.shown)
    if one.id in model.invalid:
        return
    with county.inside(one.slug):
        article, signer = article_of(one.id), person(f"{one.slug}.signer")
        endings.invalidate(article, signer, revision=head_of(article), reason="不再适用")
    model.invalid.add(one.id)


def _withdraw(county: County, model: Model, chance: random.Random) -> None:
    one = model.shown.pop(chance.randrange(len(model.shown)))
    with county.inside(one.slug):
        article, signer = article_of(one.id), person(f"{one.slug}.signer")
        endings.withdraw(article, signer, revision=head_of(article), reason="有误")


def _toggle(county: County, model: Model, chance: random.Random) -> None:
    slug = chance.choice(UNITS)
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        if unit.state is TenantState.OPEN:
            close_unit(unit, reason="并入其他单位")
        else:
            reopen_unit(unit)
    model.closed ^= {slug}


def _rename(county: County, model: Model, chance: random.Random) -> None:
    slug = chance.choice(UNITS)
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        change_unit(unit, {"name": f"演示单位{chance.randrange(1000)}"})
