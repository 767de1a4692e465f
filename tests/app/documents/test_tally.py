"""The tally adds up to what counting one by one finds, on any day, whatever is changed in the library."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.content.genres import Genre
from app.content.states import Validity
from app.content.validity import validity_of
from app.core.clock import now, today
from app.core.database import db
from app.core.prepared import TODAY
from app.documents import holdings, tally
from app.documents.asked import Asked
from app.documents.models import LibraryEntry, LibraryTally
from app.operations.services import close_unit, reopen_unit
from app.schema import downgrade, upgrade
from app.tenancy.models import Tenant, TenantState
from tests.app.documents.acts import a_document
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

CHANGES = 25
DAYS = (0, 1, 2, 3, 5, 400)


def test_the_tally_adds_up_on_every_day(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(20)  # noqa: S311 - of a test, not of a secret
    for slug in (BUREAU, TOWN, TOWN):
        for number in (1, 2):
            a_document(county, slug, number=number, title=f"{slug}第{dice.randrange(10**6)}号文件")
    for _ in range(CHANGES):
        with county.everywhere():
            _change(dice)
        for days in dice.sample(DAYS, 2):
            day = today() + timedelta(days=days)
            with monkeypatch.context() as later, county.everywhere():
                later.setattr(tally, "today", lambda day=day: day)
                later.setattr(TODAY, "callable", lambda day=day: day)
                _compare(day, dice)


def test_what_leaves_leaves_no_count(county: County) -> None:
    a_document(county, BUREAU)
    with county.everywhere():
        for entry in db.session.scalars(select(LibraryEntry)).all():
            db.session.delete(entry)
        db.session.flush()
        assert {one.listed for one in db.session.scalars(select(LibraryTally))} == {0}


def test_a_library_that_was_there_before_is_counted(county: County) -> None:
    for slug in (BUREAU, TOWN):
        a_document(county, slug, expires_on=today() + timedelta(days=3))
    asked = "SELECT scope, unit_id, validity, since, sum(listed) FROM library_tally GROUP BY 1, 2, 3, 4"
    with county.everywhere():
        before = set(db.session.execute(text(asked)).all())
        pages = db.session.execute(text("SELECT sum(listed) FROM portal_tally")).scalar()
    county.front.public.extensions["pages"].clear()
    with county.front.console.app_context():
        downgrade("0014")
        upgrade()
    with county.everywhere():
        assert set(db.session.execute(text(asked)).all()) == before
        assert db.session.execute(text("SELECT sum(listed) FROM portal_tally")).scalar() == pages


def _change(dice: random.Random) -> None:
    entry = dice.choice(db.session.scalars(select(LibraryEntry).order_by(LibraryEntry.id)).all())
    kind = dice.choice(("days", "days", "sort", "moment", "unit"))
    if kind == "days":
        for name in ("invalid_since", "amended_since", "effective_on", "expires_on"):
            day = today() + timedelta(days=dice.randrange(-3, 6))
            setattr(entry, name, dice.choice((None, day)))
        entry.validity = dice.choice([one for one in Validity if one is not Validity.PENDING])
    elif kind == "sort":
        entry.genre = dice.choice((Genre.NORMATIVE, Genre.NOTICE, Genre.PLAN))
        entry.subject, entry.year = dice.choice(("", "nlsl")), dice.choice((2025, 2026))
    elif kind == "moment":
        entry.published_at = now() + timedelta(days=dice.choice((-1, 1)))
    else:
        slug = dice.choice((TOWN, LIBRARY))
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        if unit.state is TenantState.OPEN:
            close_unit(unit, reason="并入其他单位")
        else:
            reopen_unit(unit)
    db.session.flush()


def _compare(day: date, dice: random.Random) -> None:
    portal_id = db.session.scalars(select(Tenant.id).where(Tenant.slug == PORTAL)).one()
    shown = db.session.execute(
        select(LibraryEntry, Tenant.slug)
        .join(Tenant, Tenant.id == LibraryEntry.tenant_id)
        .where(LibraryEntry.published_at <= now(), Tenant.state == TenantState.OPEN)
    ).all()
    rows: list[tuple[Any, ...]] = [
        # The entry has what the article and its text say, by the same names.
        (one.genre, one.subject, one.year, validity_of(one, one, day), slug)  # type: ignore[arg-type]
        for one, slug in shown
    ]
    wanted = [dice.choice((None, row)) for row in (dice.choice(rows) if rows else ("", "", 0, None, ""))[:4]]
    fits = [row for row in rows if all(not want or row[at] == want for at, want in enumerate(wanted))]
    genre, subject, year, validity = wanted
    asked = Asked(portal_id, None, genre or None, frozenset(Genre), subject or "", year, validity)
    counted = holdings.counts(asked)
    by_unit = {slug: count for slug, _, count in holdings.counts_by_unit(asked)[0]}
    assert counted.total == len(fits)
    assert by_unit == Counter(row[4] for row in fits)
    for at, facet in enumerate(holdings.FACETS):
        others = [row for row in rows if all(not w or row[i] == w for i, w in enumerate(wanted) if i != at)]
        assert counted.of[facet] == Counter(row[at] for row in others)
