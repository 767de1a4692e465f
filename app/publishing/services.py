"""The steps from an editor's draft to the readers of the subsite and of the portal.

Publishing is one transaction: the signatures, the state, the portal's entry, the record, and the generations
of both subsites. What was signed is what is shown, and its time is the server's (DESIGN 5 and 6).
"""

from datetime import datetime, timedelta

from app.accounts.models import Account
from app.checks.services import refuse_stops
from app.content.models import Article
from app.content.services import lock
from app.core.clock import now
from app.core.errors import RuleBroken
from app.publishing import escalation
from app.publishing.models import Method
from app.publishing.readiness import refuse_unready
from app.publishing.steps import (
    move,
    refuse_first_signer,
    refuse_own_text,
    show_to_readers,
    sign,
)
from app.publishing.transitions import (
    APPROVE,
    DISCARD,
    GIVE_BACK,
    PUBLISH,
    REFUSE,
    REOPEN,
    RESTORE,
    SIGN_OFF,
    SUBMIT,
    TAKE_BACK,
)

FURTHEST = timedelta(days=366)


def submit(article: Article, by: Account, *, revision: int, at: datetime | None = None) -> None:
    """Hand the text that the writer saw to the unit's signers, to be shown at once or from ``at`` on.

    Raises RuleBroken when the text lacks what the rules ask of it, and for a minute that cannot be.
    """
    head = move(article, SUBMIT, by, revision)
    refuse_unready(article, head)
    refuse_stops(article, head, counts_asked=True)
    article.publish_at = _minute(article, at)
    escalation.raise_flags(article, head)


def take_back(article: Article, by: Account, *, revision: int) -> None:
    """Take a text back before it is public."""
    move(article, TAKE_BACK, by, revision)


def give_back(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Return a text to its writer with a reason."""
    move(article, GIVE_BACK, by, revision, reason)


def refuse(article: Article, by: Account, *, revision: int, reason: str) -> None:
    """Return a text that was signed once to its writer, by the unit's leader."""
    move(article, REFUSE, by, revision, reason)


def publish(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign the text that the signer saw; show it to all readers unless the leader must sign too (S-64, S-65).

    Raises RuleBroken when the signer wrote any part of it since it was last signed, when it is not the
    newest text or does not wait for a signature, and when the rules would not let it be public.
    """
    lock(article)  # A mark that is being lifted is lifted before, or not at all.
    needs_leader = escalation.needs_leader(article, revision)
    head = move(article, SIGN_OFF if needs_leader else PUBLISH, by, revision)
    refuse_unready(article, head)
    refuse_stops(article, head)
    refuse_own_text(article, by, head)
    sign(head, by, level=1, method=method)
    if not needs_leader:
        article.unsigned_since = None
        show_to_readers(article, head)


def approve(article: Article, by: Account, *, revision: int, method: Method = Method.COMMAND) -> None:
    """Sign as the unit's leader a text that was signed once, and show it to all readers (S-65)."""
    head = move(article, APPROVE, by, revision)
    refuse_unready(article, head)
    refuse_stops(article, head)
    refuse_own_text(article, by, head)
    refuse_first_signer(head, by)
    sign(head, by, level=2, method=method)
    article.unsigned_since = None
    show_to_readers(article, head)


def reopen(article: Article, by: Account, *, revision: int) -> None:
    """Make a withdrawn article a draft again; it needs a new signature."""
    if article.is_secret:
        raise RuleBroken("涉密下线的信息不能重新编辑，也不能再发布。")
    move(article, REOPEN, by, revision)


def discard(article: Article, by: Account, *, revision: int) -> None:
    """Put a draft away; nothing is deleted."""
    if article.is_public:
        raise RuleBroken("这篇信息正在公开，不能作废。如需下线，请由负责同志撤回。")
    move(article, DISCARD, by, revision)


def restore(article: Article, by: Account, *, revision: int) -> None:
    """Take a discarded draft up again."""
    move(article, RESTORE, by, revision)


def _minute(article: Article, at: datetime | None) -> datetime | None:
    """Return the minute that a text shall wait for, if it may wait at all."""
    if at is None or at <= now():
        return None
    if article.was_public:
        raise RuleBroken("这篇信息公开过，更正不能定时，审签后立即生效。")
    if at > now() + FURTHEST:
        raise RuleBroken("定时发布最多提前一年。")
    return at.replace(second=0, microsecond=0)
