"""Public at once on the operator's word, with a reason, and signed afterwards by others."""

from sqlalchemy import select

from app.accounts.models import Account
from app.checks.services import refuse_stops
from app.content.models import Article
from app.content.services import lock
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import escalation
from app.publishing.models import Emergency, Method, Move
from app.publishing.readiness import refuse_unready
from app.publishing.steps import (
    is_scheduled,
    move,
    refuse_first_signer,
    refuse_own_text,
    refuse_presser,
    show_to_readers,
    sign,
)
from app.publishing.transitions import COUNTERAPPROVE, COUNTERSIGN, EMERGENCY


def publish_at_once(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Show a text to all readers without a signature; it stays listed until somebody else has signed it."""
    head = move(article, EMERGENCY, by, revision, reason)
    refuse_unready(article, head)
    refuse_stops(article, head)
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
    if is_scheduled(article):  # An older text waits for its minute; this one does not.
        article.first_published_at = None
    show_to_readers(article, head)


def countersign(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign afterwards, as the person in charge, what was published in an emergency."""
    _refuse_signed(article)
    is_signed = waits_for_leader(article)
    head = move(article, COUNTERSIGN, by, revision)
    if is_signed:
        raise RuleBroken("负责同志已经补签，现在等主要领导补签。")
    refuse_own_text(article, by, head)
    refuse_presser(head, by)
    sign(head, by, level=1, method=method)
    if not escalation.open_flags(article):
        article.unsigned_since = None


def counterapprove(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign afterwards, as the unit's leader, what was published in an emergency and is marked."""
    _refuse_signed(article)
    is_signed = waits_for_leader(article)
    head = move(article, COUNTERAPPROVE, by, revision)
    if not is_signed:
        raise RuleBroken("请先由负责同志补签。")
    refuse_own_text(article, by, head)
    refuse_first_signer(head, by)
    sign(head, by, level=2, method=method)
    article.unsigned_since = None


def waits_for_leader(article: Article) -> bool:
    """Say whether the first of the signatures that come afterwards is there already."""
    steps = (
        select(Move.step)
        .where(Move.article_id == article.id, Move.step.in_((EMERGENCY.name, COUNTERSIGN.name)))
        .order_by(Move.id.desc())
        .limit(1)
    )
    return article.unsigned_since is not None and db.session.scalar(steps) == COUNTERSIGN.name


def _refuse_signed(article: Article) -> None:
    lock(article)
    if article.unsigned_since is None:
        raise RuleBroken("这篇信息不是应急发布，或者已经补签。")
