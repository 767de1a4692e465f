"""The steps from an editor's draft to the readers of the subsite and of the portal.

Publishing is one transaction: the signature, the state, the portal's entry, the record, and the generations
of both subsites. What was signed is what is shown, and its time is the server's (DESIGN 5 and 6).
"""

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.content.models import Article, Revision
from app.content.services import StaleRevisionError, lock
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.pagecache.generations import raise_generation
from app.portal import services as portal
from app.publishing.models import Move, SignOff
from app.publishing.transitions import (
    DISCARD,
    GIVE_BACK,
    PUBLISH,
    REOPEN,
    RESTORE,
    SUBMIT,
    TAKE_BACK,
    WITHDRAW,
    Transition,
)
from app.tenancy.current import current_tenant


def submit(article: Article, by: Account, *, revision: int) -> None:
    """Hand the text that the writer saw to the unit's signers."""
    _move(article, SUBMIT, by, revision)


def take_back(article: Article, by: Account, *, revision: int) -> None:
    """Take a text back before anyone has decided on it."""
    _move(article, TAKE_BACK, by, revision)


def give_back(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Return a text to its writer with a reason."""
    _move(article, GIVE_BACK, by, revision, reason)


def publish(article: Article, by: Account, *, revision: int) -> None:
    """Sign the text that the signer saw and show it to all readers (S-64, D1).

    Raises RuleBroken when the signer wrote any part of it since it was last signed, or when it
    is not the newest text, or does not wait for a signature.
    """
    head = _move(article, PUBLISH, by, revision)
    _refuse_own_text(article, by, head)
    db.session.add(
        SignOff(
            tenant_id=article.tenant_id,
            article_id=article.id,
            revision_id=head.id,
            digest=head.digest,
            account_id=by.id,
            signer_name=by.name,
        )
    )
    article.published_id = head.id
    article.first_published_at = article.first_published_at or now()
    article.withdrawn_at = None
    db.session.flush()
    portal.include(article, head)
    raise_generation(article.tenant_id, current_tenant.portal_id)


def withdraw(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Take a published article back from all readers; its address answers with a notice."""
    if not article.is_public:
        raise RuleBroken("这篇信息没有公开，不需要撤回。")
    _move(article, WITHDRAW, by, revision, reason)
    article.published_id = None
    article.withdrawn_at = now()
    db.session.flush()
    portal.exclude(article)
    raise_generation(article.tenant_id, current_tenant.portal_id)


def reopen(article: Article, by: Account, *, revision: int) -> None:
    """Make a withdrawn article a draft again; it needs a new signature."""
    _move(article, REOPEN, by, revision)


def discard(article: Article, by: Account, *, revision: int) -> None:
    """Put a draft away; nothing is deleted."""
    if article.is_public:
        raise RuleBroken("这篇信息正在公开，不能作废。如需下线，请由负责同志撤回。")
    _move(article, DISCARD, by, revision)


def restore(article: Article, by: Account, *, revision: int) -> None:
    """Take a discarded draft up again."""
    _move(article, RESTORE, by, revision)


def _move(article: Article, step: Transition, by: Account, revision: int, reason: str = "") -> Revision:
    """Take one step of the table, for the newest text only, and record it."""
    lock(article)
    head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
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


def _refuse_own_text(article: Article, by: Account, head: Revision) -> None:
    """Refuse a signer who wrote anything in the text since it was last signed."""
    signed = select(SignOff.revision_id).where(SignOff.article_id == article.id)
    last_signed = db.session.scalar(signed.order_by(SignOff.revision_id.desc()).limit(1)) or 0
    authors = db.session.scalars(
        select(Revision.author_id).where(
            Revision.article_id == article.id, Revision.id > last_signed, Revision.id <= head.id
        )
    )
    if by.id in set(authors) | {head.author_id}:
        raise RuleBroken("自己撰写或修改过的信息要由另一位负责同志审签。")
