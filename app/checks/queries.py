"""What is asked of the platform for a check, and about its results."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.checks.models import CheckHit, Waiver, WordEntry
from app.checks.numbers import number_of, numbers_in
from app.checks.subject import Own, Public
from app.content.models import Article, Revision
from app.content.services import Text
from app.content.states import Ending
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.core.html import plain
from app.core.lookup import one_or_404
from app.documents.interpretation import original_of
from app.tenancy.current import CurrentTenant
from app.tenancy.models import Host, Tenant
from app.tenancy.scope import Reach, reaching

MOST_SAME = 5
#: Where an interpretation says what it interprets.
LOOKED_AT = 3_000
MOST_CITED = 3
PER_PAGE = 50
_DIGITS = re.compile(r"\+?[0-9][0-9\-\u2013 ]{5,20}")
_TITLES = re.compile(r"《([^《》]{4,100})》")
_SPACES = re.compile(r"\s+")
_IS_SHOWN = (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id)


class _Shown(NamedTuple):
    """A public text, and its words without spaces."""

    public: Public
    words: str


def own_of(tenant: CurrentTenant) -> Own:
    """Return what is the unit's own: its numbers, address and names, and its portal's."""
    rows = db.session.scalars(select(Tenant).where(Tenant.id.in_({tenant.id, tenant.home_portal_id}))).all()
    written = [text for row in rows for text in (row.phone, row.support_phone, row.credit_code or "")]
    found = [found.group() for text in written for found in _DIGITS.finditer(text)]
    hosts = select(Host.name).where(Host.tenant_id.in_({tenant.id, tenant.home_portal_id}))
    return Own(
        numbers=frozenset(re.sub(r"[^0-9]", "", one) for one in found),
        addresses=tuple(row.address for row in rows if row.address),
        names=tuple(
            name for row in rows for name in (row.name, row.unit, row.sponsor, row.organizer) if name
        ),
        hosts=(*db.session.scalars(hosts), *(row.domain for row in rows if row.domain)),
    )


def same_number(text: Text, article_id: int | None, tenant: CurrentTenant) -> tuple[Public, ...]:
    """Return public texts of the county with the same document number and other words (L5)."""
    number = number_of(text.document_number)
    if number is None:
        return ()
    words = _words(text.body)
    is_other = or_(Article.tenant_id != tenant.id, Article.id != (article_id or 0))
    rows = _published(tenant, Revision.document_number.in_(number.spellings()), is_other)
    return tuple(row.public for row in rows if row.words != words)


def interpreted(text: Text, article_id: int | None, tenant: CurrentTenant) -> Public | None:
    """Return the public document that an interpretation is related to, or names by number or title (L7)."""
    if article_id and (original := original_of(article_id, tenant.id)):
        return Public(original.unit_name, original.title, original.on)
    body = plain(text.body[: 3 * LOOKED_AT])[:LOOKED_AT]
    start = f"{text.title}\n{text.document_number}\n{text.summary}\n{body}"
    numbers = [one for _, one in zip(range(MOST_CITED), numbers_in(start), strict=False)]
    spellings = [spelling for one in numbers for spelling in one.spellings()]
    rows = _published(tenant, Revision.document_number.in_(spellings)) if spellings else []
    if not rows and (titles := _TITLES.findall(start)[:MOST_CITED]):
        of_own = or_(*(Revision.title.endswith(title, autoescape=True) for title in titles))
        rows = _published(tenant, Article.tenant_id == tenant.id, of_own)
    return min((row.public for row in rows), key=lambda one: one.on, default=None)


def waivers_of(revision: Revision) -> list[Waiver]:
    """Return what was asked or agreed for one revision."""
    of_revision = (
        select(Waiver)
        .where(Waiver.revision_id == revision.id)
        .options(joinedload(Waiver.asked_by), joinedload(Waiver.agreed_by))
    )
    return list(db.session.scalars(of_revision))


def waiver_by_id(article: Article, waiver_id: int) -> Waiver:
    """Return one waiver of this article and no other, or answer 404."""
    return one_or_404(select(Waiver).where(Waiver.id == waiver_id, Waiver.article_id == article.id))


def waivers_to_agree() -> Sequence[tuple[Waiver, str]]:
    """Return what waits for a second person on this unit, with the titles; only of newest revisions."""
    rows = db.session.execute(
        select(Waiver, Revision.title)
        .join(Revision, (Revision.id == Waiver.revision_id) & (Revision.tenant_id == Waiver.tenant_id))
        .join(Article, (Article.head_id == Waiver.revision_id) & (Article.tenant_id == Waiver.tenant_id))
        .where(Waiver.agreed_at.is_(None), Article.ending.is_distinct_from(Ending.SECRECY))
        .options(joinedload(Waiver.asked_by))
        .order_by(Waiver.asked_at)
        .limit(PER_PAGE)
    )
    return [(waiver, title) for waiver, title in rows]


def standing_hits() -> Sequence[tuple[CheckHit, str]]:
    """Return what the last rescan found in this unit's public texts, with the titles."""
    rows = db.session.execute(
        select(CheckHit, Revision.title)
        .join(Revision, (Revision.id == CheckHit.revision_id) & (Revision.tenant_id == CheckHit.tenant_id))
        .join(Article, (Article.id == CheckHit.article_id) & (Article.tenant_id == CheckHit.tenant_id))
        .where(Article.published_id == CheckHit.revision_id)
        .order_by(CheckHit.severity.desc(), CheckHit.article_id.desc(), CheckHit.id)
        .limit(PER_PAGE)
    )
    return [(hit, title) for hit, title in rows]


def count_standing() -> int:
    """Return how many hits stand in this unit's public texts."""
    standing = select(func.count(CheckHit.id)).join(
        Article, (Article.published_id == CheckHit.revision_id) & (Article.tenant_id == CheckHit.tenant_id)
    )
    return db.session.scalar(standing) or 0


def word_list() -> list[WordEntry]:
    """Return the bound tenant's own words."""
    return list(db.session.scalars(select(WordEntry).order_by(WordEntry.text)))


def word_by_id(word_id: int) -> WordEntry:
    """Return a word of the bound tenant, or answer 404."""
    return one_or_404(select(WordEntry).where(WordEntry.id == word_id))


def _published(tenant: CurrentTenant, *conditions: ColumnElement[bool]) -> list[_Shown]:
    """Ask the public texts of the county's units; what readers may see, and nothing else."""
    asked = (
        select(Tenant.name, Revision.title, Article.first_published_at, Revision.body)
        .select_from(Revision)
        .join(Article, _IS_SHOWN)
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(
            or_(Tenant.id == tenant.home_portal_id, Tenant.portal_id == tenant.home_portal_id), *conditions
        )
        .order_by(Article.first_published_at)
        .limit(MOST_SAME)
    )
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(asked).all()
    return [
        _Shown(Public(unit, title, moment.astimezone(COUNTY_ZONE).date()), _words(body))
        for unit, title, moment, body in rows
        if moment
    ]


def _words(body: str) -> str:
    return _SPACES.sub("", plain(body))
