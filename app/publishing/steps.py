"""Taking one step of the table: for the newest text only, with its record; and what makes a text public."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.content.models import Article, Revision
from app.content.services import StaleRevisionError, lock
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.workdays import ONE_DAY
from app.disclosure import numbering
from app.documents import effects
from app.pagecache.generations import raise_generation
from app.pagecache.generations import turn_pages_at as note_turns
from app.portal import services as portal
from app.publishing.models import Emergency, Method, Move, SignOff
from app.publishing.transitions import Transition
from app.search import services as search
from app.tenancy.current import current_tenant

#: The longest time for which the days of a notice period are counted down.
LONGEST_PERIOD = timedelta(days=366)


def move(article: Article, step: Transition, by: Account, revision: int, reason: str = "") -> Revision:
    """Take one step with the text that the person saw, and record it; return that text.

    Raises StaleRevisionError when it is no longer the newest, RuleBroken when the table has no such step from
    here or the reason is missing.
    """
    head = _locked_head(article)
    if head.id != revision:
        raise StaleRevisionError(head)
    if article.state not in step.sources:
        raise RuleBroken(f"《{head.title}》现在是“{article.state.label}”，不能{step.label}。")
    reason = " ".join(reason.split())
    if step.needs_reason and not reason:
        raise RuleBroken(f"{step.label}需要写明理由。")
    source, article.state = article.state, step.target
    article.changed_at = now()
    db.session.add(
        Move(
            tenant_id=article.tenant_id,
            article_id=article.id,
            revision_id=head.id,
            step=step.name,
            source=source,
            target=step.target,
            account_id=by.id,
            reason=reason,
        )
    )
    record(
        f"article.{step.name}",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        before={"state": source},
        after={"state": step.target, "revision": head.number, "digest": head.digest, "reason": reason},
    )
    return head


def sign(head: Revision, by: Account, *, level: int, method: Method) -> None:
    """Put a signature under a text, with the office that the person holds now."""
    db.session.add(
        SignOff(
            tenant_id=head.tenant_id,
            article_id=head.article_id,
            revision_id=head.id,
            level=level,
            digest=head.digest,
            account_id=by.id,
            signer_name=by.name,
            office=by.office_at(current_tenant.id),
            method=method,
        )
    )
    db.session.flush()  # The database asks for the signature when the text becomes public.


def refuse_own_text(article: Article, by: Account, head: Revision) -> None:
    """Refuse a signer who wrote anything in the text since it was last signed (S-64)."""
    signed = select(SignOff.revision_id).where(
        SignOff.article_id == article.id, SignOff.revision_id < head.id
    )
    last_signed = db.session.scalar(signed.order_by(SignOff.revision_id.desc()).limit(1)) or 0
    authors = db.session.scalars(
        select(Revision.author_id).where(
            Revision.article_id == article.id, Revision.id > last_signed, Revision.id <= head.id
        )
    )
    if by.id in set(authors) | {head.author_id}:
        raise RuleBroken("自己撰写或修改过的信息要由另一位负责同志审签。")


def refuse_first_signer(head: Revision, by: Account) -> None:
    """Refuse the second signature of whoever gave the first, or made the text public without one.

    Only the last first signature counts: a text that was refused or withdrawn is signed anew.
    """
    first = (
        select(SignOff.account_id)
        .where(SignOff.revision_id == head.id, SignOff.level == 1)
        .order_by(SignOff.id.desc())
        .limit(1)
    )
    if by.id == db.session.scalar(first):
        raise RuleBroken("同一个人不能签两次。请由另一位同志审签。")
    refuse_presser(head, by)


def refuse_presser(head: Revision, by: Account) -> None:
    """Refuse the signature of whoever made the text public without one."""
    pressed = select(Emergency.account_id).where(Emergency.revision_id == head.id)
    if by.id in set(db.session.scalars(pressed)):
        raise RuleBroken("同一个人不能既应急发布又签字。请由另一位同志审签。")


def show_to_readers(article: Article, head: Revision) -> None:
    """Make a signed text the one that readers see: at once, or from the minute that it was handed in for."""
    before = article.published_id if is_shown(article) else None
    if article.first_published_at is None:
        article.first_published_at = max(now(), article.publish_at or now())
    article.published_id = head.id
    numbering.assign(article)
    if before not in (None, head.id):
        article.corrected_at = now()
    article.publish_at = article.withdrawn_at = article.ending = None
    article.successor_id = None
    db.session.flush()
    portal.include(article, head)
    search.keep(article, head)
    effects.show(article, head)  # It ends the kept pages of the subsite and of its portal, too.
    turn_pages_at(_moments_ahead(article, head))


def is_shown(article: Article) -> bool:
    """Say whether readers see the article at this moment."""
    public_from = article.first_published_at
    return article.published_id is not None and public_from is not None and public_from <= now()


def is_scheduled(article: Article) -> bool:
    """Say whether readers will see the article from a later minute on."""
    return article.published_id is not None and not is_shown(article)


def touch_pages(article: Article) -> None:
    """End the kept pages of the subsite and of its portal."""
    raise_generation(article.tenant_id, current_tenant.portal_id)


def _locked_head(article: Article) -> Revision:
    lock(article)
    return db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()


def _moments_ahead(article: Article, head: Revision) -> list[datetime]:
    """Return the minutes still to come at which readers see something else, without anybody's doing."""
    days = (head.effective_on, head.expires_on + ONE_DAY if head.expires_on else None)
    moments = [article.first_published_at, head.period_from, head.period_until]
    moments += [datetime.combine(day, time(), COUNTY_ZONE) for day in days if day]
    if head.period_until is not None:  # The page says how many days are left.
        moments += _midnights(now(), min(head.period_until, now() + LONGEST_PERIOD))
    return [moment for moment in moments if moment is not None and moment > now()]


def _midnights(start: datetime, end: datetime) -> list[datetime]:
    days = range(1, (end - start).days + 2)
    first = datetime.combine(start.astimezone(COUNTY_ZONE).date(), time(), COUNTY_ZONE)
    return [midnight for count in days if (midnight := first + ONE_DAY * count) < end]


def turn_pages_at(moments: Iterable[datetime]) -> None:
    """Let the kept pages of the subsite and of its portal end at minutes still to come."""
    note_turns(moments, current_tenant.id, current_tenant.home_portal_id)
