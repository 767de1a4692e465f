"""Relating a document to another: proposed with a draft, signed with its text, agreed to by the other."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from app.accounts.models import Account
from app.audit.services import record
from app.content.genres import Genre
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.services import lock
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.lookup import one_or_404
from app.documents import effects
from app.documents.models import DocumentLink, Form, Kind
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

MOST_LINKS = 50
LONGEST_REASON = 300
#: Not by another, and not as a change of what is being signed just now.
NOT_NOW = "这篇信息正在审签，关联文件不能改。请先收回修改，或者等发布后由负责同志办理。"


@dataclass(frozen=True)
class Wish:
    """Which relation somebody wants: to which document of which unit."""

    kind: Kind
    unit_id: int
    target_id: int
    form: Form | None = None


def propose(article: Article, wish: Wish, by: Account) -> DocumentLink:
    """Note a relation with a draft; it takes effect when the text is published.

    Raises RuleBroken where the text is being signed or is public, and where the relation cannot be.
    """
    lock(article)
    _refuse_closed(article)
    return _add(article, wish, by)


def add(article: Article, wish: Wish, by: Account) -> DocumentLink:
    """Relate a public article to another at once, on the word of a signer."""
    lock(article)
    if not article.is_public:
        raise RuleBroken("这篇信息没有公开。请由信息员在草稿里添加，发布时一起生效。")
    link = _add(article, wish, by)
    effects.sign(link)
    _apply(link)
    return link


def withdraw(link: DocumentLink, article: Article, by: Account) -> None:
    """Take a relation back that was not signed yet."""
    lock(article)
    _refuse_closed(article)
    if link.signed_at is not None:
        raise RuleBroken("这条关联已经生效，要由负责同志解除。")
    _remove(link, by)


def end(link: DocumentLink, article: Article, by: Account) -> None:
    """End a relation that was signed; the other document's mark follows."""
    lock(article)
    if link.signed_at is None:
        raise RuleBroken("这条关联还没有生效，信息员可以直接删除。")
    _remove(link, by)
    with reaching(Reach.COUNTY):
        effects.refresh(
            [effects.Change(article.tenant_id), effects.settle_by_id(link.unit_id, link.target_id)]
        )


def agree(link: DocumentLink, by: Account) -> None:
    """Agree, for the unit of the other document, to what another unit's document does to it."""
    with reaching(Reach.COUNTY):
        _refuse_decided(link)
        link.agreed_at, link.decided_by_id = now(), by.id
        _record("document.agree", link, link.unit_id, by)
        _apply(link)


def refuse(link: DocumentLink, by: Account, *, reason: str) -> None:
    """Refuse it with a reason, which the other unit reads."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(f"请写明不同意的理由，最多 {LONGEST_REASON} 个字，对方单位会看到。")
    with reaching(Reach.COUNTY):
        _refuse_decided(link)
        link.refused_at, link.decided_by_id, link.refusal = now(), by.id, reason
        _record("document.refuse", link, link.unit_id, by)
        db.session.flush()


def link_of(article: Article, link_id: int) -> DocumentLink:
    """Return one relation of this article and no other, or answer 404."""
    return one_or_404(
        select(DocumentLink).where(DocumentLink.id == link_id, DocumentLink.article_id == article.id)
    )


def request_to_here(link_id: int) -> DocumentLink:
    """Return a relation that another unit wants to a document of the current one, or answer 404."""
    with reaching(Reach.COUNTY):
        return one_or_404(
            select(DocumentLink).where(
                DocumentLink.id == link_id,
                DocumentLink.unit_id == current_tenant.id,
                DocumentLink.tenant_id != current_tenant.id,
                DocumentLink.signed_at.is_not(None),
            )
        )


def _add(article: Article, wish: Wish, by: Account) -> DocumentLink:
    head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
    _refuse_impossible(article, head, wish)
    with reaching(Reach.COUNTY):
        _refuse_unknown_target(article, wish)
    of_article = DocumentLink.article_id == article.id
    if (db.session.scalar(select(func.count(DocumentLink.id)).where(of_article)) or 0) >= MOST_LINKS:
        raise RuleBroken(f"一篇信息最多关联 {MOST_LINKS} 个文件。")
    known = DocumentLink.target_id == wish.target_id, DocumentLink.unit_id == wish.unit_id
    if db.session.scalar(select(DocumentLink.id).where(of_article, *known, DocumentLink.kind == wish.kind)):
        raise RuleBroken("这条关联已经有了。")
    link = DocumentLink(
        tenant_id=article.tenant_id,
        article_id=article.id,
        kind=wish.kind,
        unit_id=wish.unit_id,
        target_id=wish.target_id,
        form=(wish.form or Form.TEXT) if wish.kind is Kind.INTERPRETS else None,
        proposed_by_id=by.id,
        proposed_at=now(),
    )
    db.session.add(link)
    _record("document.link", link, link.tenant_id, by)
    return link


def _refuse_impossible(article: Article, head: Revision, wish: Wish) -> None:
    if article.is_secret:
        raise RuleBroken("涉密下线的信息不能关联文件。")
    if (wish.unit_id, wish.target_id) == (article.tenant_id, article.id):
        raise RuleBroken("不能关联这篇信息自己。")
    if (wish.kind is Kind.INTERPRETS) != (head.genre is Genre.INTERPRETATION):
        raise RuleBroken(
            "这篇信息的体裁不是“政策解读”，不能选“解读”。请核对体裁。"
            if wish.kind is Kind.INTERPRETS
            else "体裁是“政策解读”的信息只能选“解读”；废止、修改、代替要由文件来做。"
        )


def _refuse_unknown_target(article: Article, wish: Wish) -> None:
    """Refuse what is no document of the county, what is not public, and what acts on the article itself."""
    is_own = wish.unit_id == article.tenant_id
    may_be = (
        Article.state.not_in({ArticleState.DISCARDED, ArticleState.WITHDRAWN}) if is_own else is_shown(),
        Tenant.state == TenantState.OPEN,
        (Tenant.id == current_tenant.home_portal_id) | (Tenant.portal_id == current_tenant.home_portal_id),
    )
    known = (
        select(Article.id)
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(Article.id == wish.target_id, Article.tenant_id == wish.unit_id, *may_be)
    )
    if db.session.scalar(known) is None:
        raise RuleBroken("没有找到这个文件，或者它没有公开。请重新查找。")
    acts_back = exists().where(
        DocumentLink.tenant_id == wish.unit_id,
        DocumentLink.article_id == wish.target_id,
        DocumentLink.unit_id == article.tenant_id,
        DocumentLink.target_id == article.id,
    )
    if db.session.scalar(select(acts_back)):
        raise RuleBroken("那个文件已经关联到这篇信息，两个文件不能互相废止、修改或解读。")


def _refuse_closed(article: Article) -> None:
    if article.state is not ArticleState.DRAFT:
        raise RuleBroken(NOT_NOW)


def _refuse_decided(link: DocumentLink) -> None:
    if link.agreed_at is not None or link.refused_at is not None:
        raise RuleBroken("这条关联已经办理过了。")


def _apply(link: DocumentLink) -> None:
    """Let a relation have its effect, if both units stand by it; both pages show it."""
    with reaching(Reach.COUNTY):
        db.session.flush()
        if effects.is_in_force(link):
            changed = effects.settle_by_id(link.unit_id, link.target_id)
            effects.refresh([effects.Change(link.tenant_id), changed])


def _remove(link: DocumentLink, by: Account) -> None:
    _record("document.unlink", link, link.tenant_id, by)
    db.session.delete(link)
    db.session.flush()


def _record(act: str, link: DocumentLink, tenant_id: int, by: Account) -> None:
    what = {
        "kind": link.kind,
        "from": f"{link.tenant_id}:{link.article_id}",
        "to": f"{link.unit_id}:{link.target_id}",
        "form": link.form or "",
        "refusal": link.refusal or "",
        "by": by.login,
    }
    about = link.article_id if tenant_id == link.tenant_id else link.target_id
    record(act, f"article:{about}", tenant_id=tenant_id, after=what)
