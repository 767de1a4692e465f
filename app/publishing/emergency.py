"""Public at once on the operator's word, with a reason, and signed afterwards by others."""

from sqlalchemy import select

from app.accounts.models import Account
from app.checks.services import refuse_stops
from app.content.models import Article, Revision
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import escalation
from app.publishing.models import Emergency, Method, SignOff
from app.publishing.readiness import refuse_unready
from app.publishing.steps import move, refuse_first_signer, refuse_own_text, show_to_readers, sign
from app.publishing.transitions import COUNTERAPPROVE, COUNTERSIGN, EMERGENCY


def publish_at_once(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Show a text to all readers without a signature; it stays listed until somebody else has signed it."""
    head = move(article, EMERGENCY, by, revision, reason)
    refuse_unready(article, head)
    refuse_stops(article, head, counts_asked=True)
    if by.id == head.author_id:
        raise RuleBroken("自己写的信息不能由自己应急发布，请由另一位县级运维办理。")
    escalation.raise_flags(article, head)
    db.session.add(
        Emergency(
            tenant_id=article.tenant_id,
            article_id=article.id,
            revision_id=head.id,
            account_id=by.id,
            reason=" ".join(reason.split()),
        )
    )
    db.session.flush()
    article.publish_at, article.unsigned_since = None, now()
    show_to_readers(article, head)


def countersign(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign afterwards, as the person in charge, what was published in an emergency."""
    _refuse_signed(article)
    head = move(article, COUNTERSIGN, by, revision)
    if _levels(head):
        raise RuleBroken("负责同志已经补签，现在等主要领导补签。")
    refuse_own_text(article, by, head)
    refuse_first_signer(head, by)
    sign(head, by, level=1, method=method)
    if not escalation.open_flags(article):
        article.unsigned_since = None


def counterapprove(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign afterwards, as the unit's leader, what was published in an emergency and is marked."""
    _refuse_signed(article)
    head = move(article, COUNTERAPPROVE, by, revision)
    if not _levels(head):
        raise RuleBroken("请先由负责同志补签。")
    refuse_own_text(article, by, head)
    refuse_first_signer(head, by)
    sign(head, by, level=2, method=method)
    article.unsigned_since = None


def waits_for_leader(article: Article) -> bool:
    """Say whether the first of the signatures that come afterwards is there already."""
    return article.unsigned_since is not None and bool(
        db.session.scalar(select(SignOff.id).where(SignOff.revision_id == article.published_id).limit(1))
    )


def _levels(head: Revision) -> set[int]:
    return set(db.session.scalars(select(SignOff.level).where(SignOff.revision_id == head.id)))


def _refuse_signed(article: Article) -> None:
    if article.unsigned_since is None:
        raise RuleBroken("这篇信息不是应急发布，或者已经补签。")
