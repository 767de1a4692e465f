"""What visitors send, and what the unit does with it: mark what does not count, quote, delete (D5)."""

import secrets
from collections.abc import Collection
from datetime import date
from html import escape

from sqlalchemy import select, update

from app.accounts.models import Account
from app.audit.services import record
from app.content import desk_queries
from app.content.genres import Genre
from app.content.models import Article
from app.content.services import Text, start_article
from app.content.vocabulary import basis_for
from app.core.clock import now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.pagecache.generations import raise_generation
from app.participation import desk, queries
from app.participation.limits import kept_until
from app.participation.models import Contribution, Hearing
from app.participation.queries import Shown
from app.participation.quoting import without_people
from app.participation.sealing import Words, closed_up
from app.participation.states import ContributionKind, Stage
from app.tenancy.current import current_tenant
from app.theming.filters import minute

#: Signs that nobody takes for one another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LETTERS = {ContributionKind.OPINION: "Y", ContributionKind.SIGN_UP: "B"}
LONGEST_REASON = 200
MOST_QUOTED = 50


def receive(
    shown: Shown, kind: ContributionKind, words: Words, *, may_be_quoted: bool = False
) -> Contribution:
    """Take what a visitor sent to a hearing that is open for it, and seal it.

    Raises RuleBroken where the hearing does not take it, or no longer.
    """
    if fault := closed_for(shown, kind):
        raise RuleBroken(fault)
    row = Contribution(
        tenant_id=shown.hearing.tenant_id,
        hearing_id=shown.hearing.id,
        kind=kind,
        reference=_new_reference(kind),
        sealed=closed_up(words),
        may_be_quoted=may_be_quoted,
    )
    db.session.add(row)
    db.session.flush()
    return row


def closed_for(shown: Shown, kind: ContributionKind) -> str:
    """Say why a hearing does not take opinions or sign-ups at this moment; empty where it does."""
    takes = shown.terms.takes_opinions if kind is ContributionKind.OPINION else shown.terms.takes_sign_ups
    if not takes:
        return f"这次活动不接受网上{kind.label}。"
    if shown.stage is Stage.COMING:
        return f"还没有开始，{minute(shown.terms.opens_at)} 起可以提交。"
    if shown.stage is not Stage.OPEN:
        return f"已于 {minute(shown.terms.closes_at)} 截止，不能再提交。您填写的内容还在下面，可以复制保存。"
    return ""


def note_reading(hearing: Hearing, count: int, *, is_exported: bool) -> None:
    """Record that somebody read what people sent; not what was looked for, which may be about somebody."""
    act = "hearing.export" if is_exported else "hearing.read"
    record(act, f"hearing:{hearing.id}", tenant_id=hearing.tenant_id, after={"count": count})


def mark_spam(hearing: Hearing, contribution: Contribution, *, reason: str) -> None:
    """Let something not count, with a reason; it is kept, and counted apart."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise RuleBroken("请写明为什么不计入，例如：广告、与主题无关、重复。")
    _judge(hearing, contribution, reason)


def count_again(hearing: Hearing, contribution: Contribution) -> None:
    """Let something count that was marked before."""
    _judge(hearing, contribution, "")


def draft_result(hearing: Hearing, chosen: Collection[int], by: Account) -> Article:
    """Begin the article that tells the result: the numbers, and the chosen opinions without their people.

    Only what its sender lets be quoted is taken, with people's numbers and homes masked. The article is
    signed like any other before anybody reads it.
    """
    announcement = desk_queries.article_on_desk(hearing.article_id)
    terms = desk.signed_terms(hearing)
    if terms is None or terms.closes_at > now():
        raise RuleBroken("还没有截止，截止后再起草结果。")
    if len(chosen) > MOST_QUOTED:
        raise RuleBroken(f"一次最多摘登 {MOST_QUOTED} 条意见。")
    quoted = [without_people(one.words.text) for one in desk.quotable(hearing) if one.row.id in chosen]
    body = _result_body(hearing, minute(terms.opens_at), minute(terms.closes_at), quoted)
    title = f"关于“{terms.subject}”{terms.kind.label}情况的反馈"
    text = Text(title[:120], body, genre=Genre.OTHER, basis=basis_for(Genre.OTHER))
    article = start_article(announcement.column, text, by)
    before, hearing.result_id = hearing.result_id, article.id
    record(
        "hearing.draft-result",
        f"hearing:{hearing.id}",
        tenant_id=hearing.tenant_id,
        before={"result": before},
        after={"result": article.id, "quoted": len(quoted)},
    )
    return article


def purge(on: date) -> int:
    """Delete names, contacts and texts of the bound tenant whose term is over; return of how many."""
    deleted = 0
    for shown in queries.as_shown(db.session.execute(queries.closed_unpurged()).all()):
        if kept_until(shown.terms.closes_at) >= on:
            continue
        rows = db.session.scalars(
            select(Contribution.id).where(
                Contribution.hearing_id == shown.hearing.id, Contribution.sealed != ""
            )
        ).all()
        db.session.execute(
            update(Contribution).where(Contribution.hearing_id == shown.hearing.id).values(sealed="")
        )
        shown.hearing.purged_at = now()
        deleted += len(rows)
        record(
            "hearing.purge",
            f"hearing:{shown.hearing.id}",
            tenant_id=shown.hearing.tenant_id,
            after={"count": len(rows)},
        )
    return deleted


def _judge(hearing: Hearing, contribution: Contribution, reason: str) -> None:
    before, contribution.spam_reason = contribution.spam_reason, reason
    record(
        "hearing.spam" if reason else "hearing.no-spam",
        f"contribution:{contribution.id}",
        tenant_id=hearing.tenant_id,
        before={"reason": before},
        after={"reason": reason},
    )
    raise_generation(hearing.tenant_id, current_tenant.portal_id)


def _new_reference(kind: ContributionKind) -> str:
    drawn = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{LETTERS[kind]}{today():%y%m%d}-{drawn}"


def _result_body(hearing: Hearing, opened: str, closed: str, quoted: list[str]) -> str:
    tally = queries.tally_of(hearing.id)
    counts = f"共收到意见 {tally.opinions} 条"
    if tally.sign_ups:
        counts += f"，报名 {tally.sign_ups} 人"
    body = f"<h2>一、总体情况</h2><p>本次活动自{opened}开始，至{closed}截止，{counts}。</p>"
    if quoted:
        listed = "".join(f"<li>{escape(text)}</li>" for text in quoted)
        body += f"<h2>二、意见摘登</h2><ol>{listed}</ol>"
    return body
