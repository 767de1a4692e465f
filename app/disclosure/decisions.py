"""Deciding that statutory information does not apply (GK-02), and reviewing what is closed (GK-08)."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.audit.services import record
from app.content.genres import Attribute
from app.content.models import Article, Column, Revision
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.disclosure.models import Conclusion, Node, Review
from app.pagecache.generations import raise_generation
from app.tenancy.current import current_tenant

SHORTEST_REASON, LONGEST_REASON = 4, 200
MEANWHILE = "刚刚有人对同一类信息做了决定。请刷新页面再看。"


def set_aside(column: Column, by: Account, *, reason: str) -> None:
    """Say that the unit has nothing of a kind, and why; readers are told the reason."""
    said = reason_of(reason, "不适用的理由")
    node = _node_of(column)
    if node is not None and not node.applies and node.reason == said:
        return
    _decide(column, node, by, applies=False, reason=said)


def take_up(column: Column, by: Account) -> None:
    """Take back that a kind does not apply: from now on its lack is a finding again."""
    node = _node_of(column)
    if node is None or node.applies:
        raise RuleBroken(f"“{column.title}”没有标记为不适用。")
    _decide(column, node, by, applies=True, reason="")


def review(article: Article, head: Revision, by: Account, *, conclusion: Conclusion, reason: str) -> Review:
    """Record what a re-evaluation of an article that is not disclosed by itself came to."""
    if head.attribute is Attribute.OPEN:
        raise RuleBroken("这篇信息是主动公开的，不用复核。")
    said = reason_of(reason, "复核的理由")
    made = Review(
        tenant_id=article.tenant_id,
        article_id=article.id,
        account_id=by.id,
        conclusion=conclusion,
        reason=said,
    )
    db.session.add(made)
    db.session.flush()
    record(
        "disclosure.review",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        after={"conclusion": conclusion.value, "reason": said},
    )
    return made


def reason_of(text: str, what: str) -> str:
    """Return a reason as it is kept; raises RuleBroken for one that says nothing, or too much."""
    said = " ".join(text.replace("\x00", "").split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise RuleBroken(f"请写明{what}，{SHORTEST_REASON} 到 {LONGEST_REASON} 个字。")
    return said


def _node_of(column: Column) -> Node | None:
    held = select(Node).where(Node.column_id == column.id).with_for_update()
    return db.session.scalar(held.execution_options(populate_existing=True))


def _decide(column: Column, node: Node | None, by: Account, *, applies: bool, reason: str) -> None:
    before = {"applies": node is None or node.applies, "reason": node.reason if node else ""}
    if node is None:
        node = Node(tenant_id=column.tenant_id, column_id=column.id, decided_by_id=by.id)
        try:
            with db.session.begin_nested():
                db.session.add(node)
        except IntegrityError as taken:
            raise RuleBroken(MEANWHILE) from taken
    node.applies, node.reason, node.decided_by_id, node.decided_at = applies, reason, by.id, now()
    db.session.flush()
    record(
        "disclosure.decide",
        f"column:{column.id}",
        tenant_id=column.tenant_id,
        before=before,
        after={"applies": applies, "reason": reason, "column": column.slug},
    )
    raise_generation(current_tenant.id, current_tenant.portal_id)
