"""What the unit does with a hearing: propose its terms, sign them, link minutes and result (S-22, ZY-23).

Every act leaves its record; what readers see changes only with a signature, or with a signed article.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.checks.short_texts import refuse_stops
from app.content.models import Article
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.participation import queries
from app.participation.models import Hearing, HearingSignOff, HearingTerms
from app.participation.states import HearingKind
from app.publishing.models import Method
from app.publishing.steps import touch_pages, turn_pages_at

STALE = "您打开之后，有人改过这次活动的内容。请刷新页面，看过新的内容再办理。"
OWN = "这些内容是您自己填写的，要请另一位负责同志审签。"


@dataclass(frozen=True)
class Terms:
    """What readers will see of a hearing beside its announcement."""

    kind: HearingKind
    subject: str
    opens_at: datetime
    closes_at: datetime
    held_at: datetime | None = None
    place: str = ""
    quota: int | None = None
    takes_opinions: bool = True
    takes_sign_ups: bool = False
    contact: str = ""


def start(article: Article, terms: Terms, by: Account) -> Hearing:
    """Propose a hearing that an article announces; an article announces one.

    Raises RuleBroken where it does already, or the terms make no sense.
    """
    if db.session.scalar(select(Hearing.id).where(Hearing.article_id == article.id)):
        raise RuleBroken("这篇公告已经有一次听证或征集了，请在列表里打开那一次修改。")
    hearing = Hearing(tenant_id=article.tenant_id, article_id=article.id)
    db.session.add(hearing)
    db.session.flush()
    _write(hearing, terms, by)
    return hearing


def propose(hearing: Hearing, terms: Terms, by: Account, *, base: int) -> HearingTerms:
    """Propose other terms; readers go on seeing the signed ones until these are signed too.

    Raises RuleBroken where ``base`` is no longer the newest, or the terms make no sense.
    """
    newest = _newest(hearing)
    if newest.id != base:
        raise RuleBroken(STALE)
    if terms == terms_of(newest):
        return newest
    return _write(hearing, terms, by)


def sign(hearing: Hearing, by: Account, *, terms: int, method: Method) -> None:
    """Open a hearing with the terms that the signer saw, or change an open one to them.

    Raises RuleBroken for who wrote them, for terms that are no longer the newest, and for a past closing.
    """
    newest = _newest(hearing)
    if newest.id != terms:
        raise RuleBroken(STALE)
    if newest.author_id == by.id:
        raise RuleBroken(OWN)
    if hearing.terms_id == newest.id:
        raise RuleBroken("这些内容已经审签，现在公开的就是它们。")
    if newest.closes_at <= now():
        raise RuleBroken("截止时间已经过了，请信息员改好时间再审签。")
    refuse_stops({"主题": newest.subject, "地点": newest.place})
    db.session.add(
        HearingSignOff(
            tenant_id=hearing.tenant_id,
            hearing_id=hearing.id,
            terms_id=newest.id,
            author_id=newest.author_id,
            account_id=by.id,
            signer_name=by.name,
            office=by.office_at(hearing.tenant_id),
            method=method.value,
        )
    )
    db.session.flush()  # The key of the terms that readers see leads to the signature.
    before, hearing.terms_id = hearing.terms_id, newest.id
    record(
        "hearing.sign",
        f"hearing:{hearing.id}",
        tenant_id=hearing.tenant_id,
        before={"terms": before},
        after={"terms": newest.id, **_plain(terms_of(newest))},
    )
    _turn_pages(hearing, newest)


def link(hearing: Hearing, *, minutes: int | None, result: int | None) -> None:
    """Say which of the unit's articles are the minutes and the result; each is signed by itself."""
    for article_id in {minutes, result} - {None}:
        if db.session.scalar(select(Article.id).where(Article.id == article_id)) is None:
            raise RuleBroken("没有这篇信息，请从列表里选择。")
        if article_id == hearing.article_id:
            raise RuleBroken("公告本身不能作为纪要或结果，请选择另一篇信息。")
    before = {"minutes": hearing.minutes_id, "result": hearing.result_id}
    hearing.minutes_id, hearing.result_id = minutes, result
    record(
        "hearing.link",
        f"hearing:{hearing.id}",
        tenant_id=hearing.tenant_id,
        before=before,
        after={"minutes": minutes, "result": result},
    )
    touch_pages(_announcement(hearing))


def terms_of(row: HearingTerms) -> Terms:
    """Return what a row of terms says."""
    return Terms(**{name: getattr(row, name) for name in Terms.__dataclass_fields__})


def _write(hearing: Hearing, terms: Terms, by: Account) -> HearingTerms:
    terms = _sensible(terms)
    refuse_stops({"主题": terms.subject, "地点": terms.place})
    row = HearingTerms(tenant_id=hearing.tenant_id, hearing_id=hearing.id, author_id=by.id, **asdict(terms))
    db.session.add(row)
    db.session.flush()
    record(
        "hearing.propose",
        f"hearing:{hearing.id}",
        tenant_id=hearing.tenant_id,
        after={"terms": row.id, **_plain(terms)},
    )
    return row


def _sensible(terms: Terms) -> Terms:
    """Return the terms without what their kind does not have, or say what is missing."""
    if terms.closes_at <= terms.opens_at:
        raise RuleBroken("截止时间要晚于开始时间。")
    if not (terms.takes_opinions or terms.takes_sign_ups):
        raise RuleBroken("“接受意见”和“接受报名”至少要选一项。")
    if terms.kind is HearingKind.CONSULTATION:
        return replace(terms, held_at=None, place="", quota=None, takes_opinions=True, takes_sign_ups=False)
    if terms.held_at is None or not terms.place:
        raise RuleBroken("听证要写明举行的时间和地点。")
    if terms.held_at < terms.closes_at and terms.takes_sign_ups:
        raise RuleBroken("听证会的时间要晚于报名的截止时间。")
    return terms


def _newest(hearing: Hearing) -> HearingTerms:
    """Return the newest terms, with the hearing locked until the end of the transaction."""
    locked = select(Hearing).where(Hearing.id == hearing.id).with_for_update()
    db.session.scalars(locked.execution_options(populate_existing=True)).one()
    return queries.newest_terms(hearing.id)


def _turn_pages(hearing: Hearing, terms: HearingTerms) -> None:
    """End the kept pages now, and at the minutes at which it opens and closes."""
    touch_pages(_announcement(hearing))
    turn_pages_at(moment for moment in (terms.opens_at, terms.closes_at) if moment > now())


def _announcement(hearing: Hearing) -> Article:
    return db.session.scalars(select(Article).where(Article.id == hearing.article_id)).one()


def _plain(terms: Terms) -> dict[str, object]:
    return {name: value for name, value in asdict(terms).items() if value not in (None, "")}
