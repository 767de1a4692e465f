"""How an article leaves its readers, by reason; nothing is deleted, and every address goes on answering."""

from datetime import date

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import Ending, Validity
from app.core.clock import now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.portal import services as portal
from app.publishing.models import Incident
from app.publishing.steps import is_scheduled, is_shown, move, touch_pages
from app.publishing.transitions import CANCEL, INVALIDATE, REVALIDATE, TAKE_DOWN, WITHDRAW


def withdraw(
    article: Article,
    by: Account,
    *,
    revision: int,
    reason: str,
    ending: Ending = Ending.ERROR,
    successor: int | None = None,
) -> None:
    """Take a published article back from all readers; its address answers with a notice, or leads on.

    ``successor`` is the id of another public article of the subsite. Raises RuleBroken where that is missing
    but needed, and where the article is not public.
    """
    if not article.is_public:
        raise RuleBroken("这篇信息没有公开，不需要撤回。")
    if is_scheduled(article):
        raise RuleBroken("这篇信息还没到公开的时间，请改用“取消定时发布”。")
    if ending is Ending.MERGED and successor is None:
        raise RuleBroken("并入其他信息时，要写明并入哪一篇。")
    move(article, WITHDRAW, by, revision, reason)
    article.successor_id = _successor(article, successor)
    _take_from_readers(article, ending)


def take_down(article: Article, by: Account, *, revision: int, reason: str) -> Incident:
    """Take an article down for secrecy: page, lists, portal, feeds and files, for good (S-66)."""
    if not article.was_public:
        raise RuleBroken("这篇信息没有公开过。请不要继续提交，马上告诉保密员。")
    if article.is_secret:
        raise RuleBroken("这篇信息已经涉密下线。")
    if is_scheduled(article):
        raise RuleBroken("这篇信息还没到公开的时间，请改用“取消定时发布”，并马上告诉保密员。")
    head = move(article, TAKE_DOWN, by, revision, reason)
    incident = Incident(
        tenant_id=article.tenant_id,
        article_id=article.id,
        revision_id=article.published_id or head.id,
        account_id=by.id,
        reason=" ".join(reason.split()),
        public_since=article.first_published_at,
    )
    db.session.add(incident)
    article.successor_id = None
    _take_from_readers(article, Ending.SECRECY)
    return incident


def cancel(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Stop a publication whose minute has not come; the text is a draft again, and was never public."""
    if not is_scheduled(article):
        raise RuleBroken("这篇信息没有在等待定时发布。")
    move(article, CANCEL, by, revision, reason)
    article.published_id = article.first_published_at = article.unsigned_since = None
    db.session.flush()
    portal.exclude(article)
    touch_pages(article)


def invalidate(
    article: Article, by: Account, *, revision: int, reason: str, since: date | None = None
) -> None:
    """Mark a public article as no longer valid; it stays to be read, with the mark (GK-11)."""
    if not is_shown(article) or article.invalid_since is not None:
        raise RuleBroken("只有正在公开、还没有标记失效的信息才能标记失效。")
    move(article, INVALIDATE, by, revision, reason)
    article.invalid_since, article.validity = since or today(), Validity.EXPIRED
    touch_pages(article)


def revalidate(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Take the mark away again that was set in error."""
    if article.invalid_since is None:
        raise RuleBroken("这篇信息没有标记失效。")
    move(article, REVALIDATE, by, revision, reason)
    article.invalid_since, article.validity = None, Validity.VALID
    touch_pages(article)


def _take_from_readers(article: Article, ending: Ending) -> None:
    article.published_id = article.unsigned_since = article.publish_at = None
    article.withdrawn_at, article.ending = now(), ending
    db.session.flush()
    portal.exclude(article)
    touch_pages(article)


def _successor(article: Article, wanted: int | None) -> int | None:
    """Return the id of the article that readers are led to, if it is a public one of this subsite."""
    if wanted is None:
        return None
    found = db.session.scalar(select(Article).where(Article.id == wanted, Article.id != article.id))
    if found is None or not is_shown(found):
        raise RuleBroken("要转到的信息不存在或没有公开，请核对编号。")
    return found.id
