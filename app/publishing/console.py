"""An article's own page: what is stored, how it came there, and the steps that this person may take now."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import desk_queries
from app.content.attachments import label_of
from app.content.models import Article, article_path
from app.content.services import CLOSED_TO_WRITERS
from app.core.html import shown
from app.publishing import queries, services
from app.publishing.transitions import (
    DISCARD,
    GIVE_BACK,
    PUBLISH,
    REOPEN,
    RESTORE,
    SUBMIT,
    TAKE_BACK,
    TRANSITIONS,
    WITHDRAW,
    Transition,
)
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.workplace import permissions_here

bp = DeskBlueprint("publishing", __name__, template_folder="templates")

LABELS = {step.name: step.label for step in TRANSITIONS}
LONGEST_REASON = 300


@bp.page("", may=Permission.READ_DESK)
def show(article_id: int) -> ResponseReturnValue:
    """Show an article as it is stored, and what can be done with it."""
    return _page(desk_queries.article_on_desk(article_id))


@bp.page("/revisions/<int:revision_id>", may=Permission.READ_DESK)
def revision(article_id: int, revision_id: int) -> ResponseReturnValue:
    """Show one of the article's texts."""
    article = desk_queries.article_on_desk(article_id)
    text = desk_queries.revision_of(article, revision_id)
    return render_template(
        "publishing/revision.html", article=article, text=text, body=shown(text.body), label_of=label_of
    )


@bp.action("/submit", may=SUBMIT.permission)
def submit(article_id: int) -> ResponseReturnValue:
    """Hand the text to the unit's signers."""
    article = desk_queries.article_on_desk(article_id)
    services.submit(article, current_account(), revision=_seen())
    return _done(article, "已提交审签，审签人会在待办里看到。")


@bp.action("/take-back", may=TAKE_BACK.permission)
def take_back(article_id: int) -> ResponseReturnValue:
    """Take a text back before anyone has decided on it."""
    article = desk_queries.article_on_desk(article_id)
    services.take_back(article, current_account(), revision=_seen())
    return _done(article, "已收回，可以继续修改。")


@bp.action("/give-back", may=GIVE_BACK.permission)
def give_back(article_id: int) -> ResponseReturnValue:
    """Return a text to its writer with a reason."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := _wrong_reason():
        return _page(article, refused=GIVE_BACK, wrong=wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    services.give_back(article, current_account(), revision=_seen(), reason=_reason())
    return _done(article, "已退回，作者会在工作台看到您写的理由。")


@bp.action("/publish", may=PUBLISH.permission)
def publish(article_id: int) -> ResponseReturnValue:
    """Sign the text that was shown, and show it to all readers."""
    article = desk_queries.article_on_desk(article_id)
    services.publish(article, current_account(), revision=_seen())
    return _done(article, "已发布，读者现在就能看到。")


@bp.action("/withdraw", may=WITHDRAW.permission)
def withdraw(article_id: int) -> ResponseReturnValue:
    """Take a published article back from all readers, with a reason."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := _wrong_reason():
        return _page(article, refused=WITHDRAW, wrong=wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    services.withdraw(article, current_account(), revision=_seen(), reason=_reason())
    return _done(article, "已撤回，子站和县门户上都看不到了。")


@bp.action("/reopen", may=REOPEN.permission)
def reopen(article_id: int) -> ResponseReturnValue:
    """Make a withdrawn article a draft again."""
    article = desk_queries.article_on_desk(article_id)
    services.reopen(article, current_account(), revision=_seen())
    return _done(article, "已转为草稿，再次发布前要重新审签。")


@bp.action("/discard", may=DISCARD.permission)
def discard(article_id: int) -> ResponseReturnValue:
    """Put a draft away."""
    article = desk_queries.article_on_desk(article_id)
    services.discard(article, current_account(), revision=_seen())
    return _done(article, "已作废。需要时可以恢复为草稿。")


@bp.action("/restore", may=RESTORE.permission)
def restore(article_id: int) -> ResponseReturnValue:
    """Take a discarded draft up again."""
    article = desk_queries.article_on_desk(article_id)
    services.restore(article, current_account(), revision=_seen())
    return _done(article, "已恢复为草稿。")


def _page(article: Article, *, refused: Transition | None = None, wrong: str = "") -> str:
    account = current_account()
    may = permissions_here(account, current_tenant)
    head = article.head
    assert head is not None
    return render_template(
        "publishing/show.html",
        article=article,
        head=head,
        body=shown(head.body),
        steps={step.name: step for step in _steps(article, may)},
        is_own=head.author_id == account.id,
        public_path=_public_path(article),
        may_edit=Permission.WRITE_ARTICLE in may and article.state not in CLOSED_TO_WRITERS,
        moves=queries.moves_of(article),
        revisions=desk_queries.revisions_of(article),
        labels=LABELS,
        label_of=label_of,
        refused=refused,
        wrong=wrong,
        reason=_reason(),
    )


def _steps(article: Article, may: frozenset[Permission]) -> list[Transition]:
    """Return the steps that the table allows; the services ask again."""
    allowed = [step for step in TRANSITIONS if article.state in step.sources and step.permission in may]
    if article.is_public:
        return [step for step in allowed if step is not DISCARD]
    return [step for step in allowed if step is not WITHDRAW]


def _public_path(article: Article) -> str:
    """Return where readers find the article on the subsite, or nothing where they do not."""
    if article.published_id is None or article.first_published_at is None:
        return ""
    return article_path(article.column.slug, article.first_published_at, article.id)


def _seen() -> int:
    """Return the id of the revision that the person had before them; 0, which is none, where unreadable."""
    return request.form.get("revision", 0, type=int)


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())


def _wrong_reason() -> str:
    reason = _reason()
    if not reason:
        return "请写明理由，对方才知道怎么改。"
    return (
        f"理由最多 {LONGEST_REASON} 个字，现在有 {len(reason)} 个。" if len(reason) > LONGEST_REASON else ""
    )


def _done(article: Article, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("publishing.show", slug=current_tenant.slug, article_id=article.id), 303)
