"""An article's own page: what is stored, how it came there, and the steps that this person may take now."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.queries import missing_roles
from app.accounts.session import current_account
from app.checks.services import report_on
from app.content import desk_queries
from app.content.attachments import desk_files, label_of
from app.content.models import Article, article_path
from app.content.services import CLOSED_TO_WRITERS
from app.content.states import Ending
from app.core.clock import now, today
from app.core.html import shown
from app.documents.desk_queries import links_on_desk, links_seen
from app.publishing import queries
from app.publishing.emergency import waits_for_leader
from app.publishing.limits import disclosure_due
from app.publishing.models import Weight
from app.publishing.readiness import fault_of
from app.publishing.steps import is_scheduled, is_shown
from app.publishing.transitions import (
    CANCEL,
    COUNTERAPPROVE,
    COUNTERSIGN,
    DISCARD,
    DRAFT,
    EMERGENCY,
    INVALIDATE,
    PUBLISH,
    REOPEN,
    REVALIDATE,
    SIGN_OFF,
    SIGNED,
    SUBMITTED,
    TAKE_DOWN,
    TRANSITIONS,
    WITHDRAW,
    Transition,
)
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.converters import LARGEST_ID
from app.web.workplace import permissions_here

bp = DeskBlueprint("publishing", __name__, template_folder="../templates")

LABELS = {step.name: step.label for step in TRANSITIONS} | {"lift_flag": "取消标记"}
LONGEST_REASON = 300
#: Who may still read a text that was taken down for secrecy.
READS_SECRETS = frozenset({Permission.CLEAR_SECRECY, Permission.LEAD_ARTICLE})


@dataclass(frozen=True)
class Refused:
    """Which form was not accepted, and why, for the page that shows it again."""

    step: Transition
    says: str


@bp.page("", may=Permission.READ_DESK)
def show(article_id: int) -> ResponseReturnValue:
    """Show an article as it is stored, and what can be done with it."""
    return page(desk_queries.article_on_desk(article_id))


@bp.page("/revisions/<int:revision_id>", may=Permission.READ_DESK)
def revision(article_id: int, revision_id: int) -> ResponseReturnValue:
    """Show one of the article's texts."""
    article = desk_queries.article_on_desk(article_id)
    text = desk_queries.revision_of(article, revision_id)
    if not may_read(article):
        abort(403)
    return render_template(
        "publishing/revision.html",
        article=article,
        text=text,
        body=shown(text.body, files=desk_files()),
        label_of=label_of,
    )


def may_read(article: Article) -> bool:
    """Say whether the person may read an article's text; few may, once it was taken down for secrecy."""
    return not article.is_secret or bool(READS_SECRETS & permissions_here(current_account(), current_tenant))


def page(article: Article, refused: Refused | None = None) -> str:
    """Render the article's page; a form that was not accepted with what is wrong and what was typed."""
    account = current_account()
    may = permissions_here(account, current_tenant)
    head = article.head
    assert head is not None
    flags = queries.flags_with_people(article)
    deadline = disclosure_due(head.formed_on) if head.formed_on and not article.was_public else None
    return render_template(
        "publishing/show.html",
        article=article,
        head=head,
        body=shown(head.body, files=desk_files()),
        may_read=may_read(article),
        steps={step.name: step for step in steps_of(article, may)},
        is_own=head.author_id == account.id,
        is_scheduled=is_scheduled(article),
        public_path=_public_path(article),
        may_edit=Permission.WRITE_ARTICLE in may and not _is_closed(article),
        **_history(article),
        flags=flags,
        open_flags=[flag for flag in flags if flag.lifted_at is None],
        may_lift=Permission.SIGN_ARTICLE in may and PUBLISH.name in {s.name for s in steps_of(article, may)},
        weights=list(Weight),
        missing=missing_roles(current_tenant.id) if article.state is DRAFT else (),
        deadline=deadline,
        is_late=deadline is not None and today() > deadline,
        unready=fault_of(article, head),
        endings=(Ending.ERROR, Ending.MERGED),
        report=report_on(article, head) if _is_checked(article) else None,
        has_second_factor=bool(account.second_factor),
        successors=queries.possible_successors(article) if WITHDRAW in steps_of(article, may) else [],
        labels=LABELS,
        label_of=label_of,
        refused=refused,
        sent=request.form,
    )


def _history(article: Article) -> dict[str, object]:
    """Return how an article came where it is, and what it has to do with other documents."""
    related = links_on_desk(article)
    return {
        "moves": queries.moves_of(article),
        "signatures": queries.signatures_of(article),
        "revisions": desk_queries.revisions_of(article),
        "related": related,
        "links_seen": links_seen(related),
    }


def steps_of(article: Article, may: frozenset[Permission]) -> list[Transition]:
    """Return the steps that the table and the article's circumstances allow; the services ask again."""
    return [
        step
        for step in TRANSITIONS
        if article.state in step.sources and step.permission in may and _fits(step, article)
    ]


def _fits(step: Transition, article: Article) -> bool:
    is_now, unsigned = is_shown(article), article.unsigned_since is not None
    conditions = {
        SIGN_OFF: False,  # The form for the first signature is one; the marks decide what it leads to.
        DISCARD: not article.is_public,
        CANCEL: is_scheduled(article),
        WITHDRAW: is_now,
        TAKE_DOWN: article.was_public and not article.is_secret and not is_scheduled(article),
        INVALIDATE: is_now and article.invalid_since is None,
        REVALIDATE: article.expired_since is not None,
        COUNTERSIGN: unsigned and not waits_for_leader(article),
        COUNTERAPPROVE: waits_for_leader(article),
        REOPEN: not article.is_secret,
        EMERGENCY: not article.is_secret,
    }
    return conditions.get(step, True)


def seen() -> int:
    """Return the id of the revision that the person had before them; 0, which is none, where unreadable."""
    return min(request.form.get("revision", 0, type=int), LARGEST_ID)


def reason() -> str:
    """Return the reason that the person gave, on one line."""
    return " ".join(request.form.get("reason", "").split())


def wrong_reason() -> str:
    """Return what is wrong with the reason; empty where nothing is."""
    given = reason()
    if not given:
        return "请写明理由，对方才知道怎么改。"
    too_long = len(given) > LONGEST_REASON
    return f"理由最多 {LONGEST_REASON} 个字，现在有 {len(given)} 个。" if too_long else ""


def done(article: Article, message: str) -> ResponseReturnValue:
    """Say what was done, on the article's page."""
    flash(message, "success")
    return redirect(url_for("publishing.show", slug=current_tenant.slug, article_id=article.id), 303)


def _public_path(article: Article) -> str:
    """Return where readers find the article on the subsite, or nothing where they do not."""
    if not is_shown(article):
        return ""
    return article_path(article.column.slug, article.first_published_at or now(), article.id)


def _is_checked(article: Article) -> bool:
    """Say whether the checks still matter: before a text is public, and while one waits for its signature."""
    return not article.is_secret and article.state in (DRAFT, SUBMITTED, SIGNED)


def _is_closed(article: Article) -> bool:
    return article.state in CLOSED_TO_WRITERS or article.is_secret
