"""Checking a text before it goes on, mending it by a click, letting a stop pass by two people (S-69, F1)."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.audit.services import record
from app.checks import queries
from app.checks.files import files_of
from app.checks.hits import Finding
from app.checks.inspection import findings, inspect
from app.checks.models import Waiver
from app.checks.parts import replaced
from app.checks.report import Report
from app.checks.rulebook import Waiving, rulebook
from app.checks.subject import Facts, Own, Subject
from app.checks.wordlists import lexicon_of
from app.checks.words import Lexicon
from app.content import queries as content
from app.content.desk_queries import attachments_by_id
from app.content.genres import Genre
from app.content.models import Article, Revision
from app.content.services import StaleRevisionError, Text, lock, revise
from app.core.clock import COUNTY_ZONE, now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.html import clean
from app.core.workdays import county_calendar
from app.documents.interpretation import working_days
from app.tenancy.current import current_tenant
from app.tenancy.held import once

#: What the second person must be allowed to do.
AGREES = {Waiving.TWO: Permission.SIGN_ARTICLE, Waiving.SECRECY: Permission.CLEAR_SECRECY}
LONGEST_REASON = 300


def report_on(article: Article, revision: Revision, *, lexicon: Lexicon | None = None) -> Report:
    """Check one revision of an article of the current tenant, with its files."""
    files = files_of(content.files_of(revision))
    subject = Subject(text_of_revision(revision), _facts(text_of_revision(revision), article), files, _own())
    rules = rulebook(today())
    waivers = {one.fingerprint: one for one in queries.waivers_of(revision)}
    return Report(inspect(subject, lexicon or _lexicon(), rules), waivers, rules)


def report_on_text(text: Text, *, submitted: str, article: Article | None) -> Report:
    """Check a text that is not stored yet, with those of its files that are."""
    files = files_of(attachments_by_id(list(text.files)))
    cleaned = replace(text, body=clean(text.body))
    subject = Subject(cleaned, _facts(cleaned, article), files, _own(), submitted)
    rules = rulebook(today())
    return Report(inspect(subject, _lexicon(), rules), {}, rules)


def refuse_stops(article: Article, revision: Revision, *, counts_asked: bool = False) -> None:
    """Raise RuleBroken where a stop stands, naming the first one and what to do.

    With ``counts_asked`` a stop that somebody asked to waive lets the text go on to the person who may agree.
    """
    stops = report_on(article, revision).unanswered(counts_asked=counts_asked)
    if not stops:
        return
    first = stops[0]
    others = f"另有 {len(stops) - 1} 处。" if len(stops) > 1 else ""
    raise RuleBroken(
        f"发布前检查没有通过。{first.where}：{first.why}{first.suggestion}{others}请在“发布前检查”页逐一处理。"
    )


def mask(article: Article, fingerprints: Collection[str], by: Account, *, revision: int) -> int:
    """Put what the checks suggest in place of what they found, as a new revision; return in how many places.

    Raises StaleRevisionError when ``revision`` is not the newest text, RuleBroken where nothing is mended.
    """
    head = _head(article)
    if head.id != revision:
        raise StaleRevisionError(head)
    text = replace(text_of_revision(head), files=tuple(one.id for one in content.files_of(head)))
    subject = Subject(text_of_revision(head), _facts(text, article), (), _own())
    wanted = [
        one
        for one in findings(subject, _lexicon())
        if one.replacement and one.part.of_field and one.fingerprint in fingerprints
    ]
    if not wanted:
        raise RuleBroken("没有可以一键改正的内容，可能已经改过了。请刷新页面再看。")
    revise(article, _mended(text, wanted), by, base=head.id)
    return len(wanted)


def ask_waiver(article: Article, revision: int, fingerprint: str, by: Account, *, reason: str) -> Waiver:
    """Ask that a stop of the newest text may pass, with a reason; somebody else has to agree."""
    head = _head(article)
    if head.id != revision:
        raise StaleRevisionError(head)
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken("请写明为什么可以放行。")
    report = report_on(article, head)
    hit = next((one for one in report.stops if one.fingerprint == fingerprint), None)
    if hit is None:
        raise RuleBroken("这一条已经不在了，请刷新页面再看。")
    if report.waiving_of(hit) is Waiving.NONE:
        raise RuleBroken(f"“{report.rule_of(hit).title}”不能放行，请修改内容。")
    if (asked := report.waiver_of(hit)) is not None:
        return asked
    waiver = Waiver(
        tenant_id=article.tenant_id,
        article_id=article.id,
        revision_id=head.id,
        rule=hit.rule,
        fingerprint=fingerprint,
        asked_by_id=by.id,
        reason=reason[:LONGEST_REASON],
    )
    db.session.add(waiver)
    db.session.flush()
    _note("check.ask", waiver, {"reason": waiver.reason})
    return waiver


def agree_waiver(waiver: Waiver, by: Account) -> None:
    """Let a stop pass as the second person (S-69).

    Raises RuleBroken for the one who asked, for a writer of the text, and for who may not agree to this rule.
    """
    article = db.session.scalars(select(Article).where(Article.id == waiver.article_id)).one()
    lock(article)
    revision = db.session.scalars(select(Revision).where(Revision.id == waiver.revision_id)).one()
    if article.head_id != revision.id:
        raise RuleBroken("申请之后文字又改过了，请对新的一版重新申请。")
    if waiver.is_agreed:
        return
    rule = rulebook(today()).get(waiver.rule)
    permission = AGREES.get(rule.waiving) if rule else None
    if permission is None:
        raise RuleBroken("按现在的规则，这一条不能放行。")
    if by.id in {waiver.asked_by_id, revision.author_id}:
        raise RuleBroken("放行要由另一个人同意：申请人和撰写人自己不能同意。")
    if not by.may(permission, article.tenant_id, current_tenant.home_portal_id):
        who = "保密员" if permission is Permission.CLEAR_SECRECY else "负责同志"
        raise RuleBroken(f"这一条要由本单位{who}同意放行。")
    waiver.agreed_by_id, waiver.agreed_at = by.id, now()
    db.session.flush()
    _note("check.agree", waiver, {"asked_by": waiver.asked_by_id})


def text_of_revision(revision: Revision) -> Text:
    """Return a revision's words, without its files."""
    return Text(**{name: getattr(revision, name) for name in Text.__dataclass_fields__ if name != "files"})


def _mended(text: Text, wanted: list[Finding]) -> Text:
    changes: dict[str, str] = {}
    for name in {one.part.of_field for one in wanted}:
        of_field = [one for one in wanted if one.part.of_field == name]
        edits: list[tuple[int, int, str]] = []
        for one in sorted(of_field, key=lambda one: (one.start, -one.end)):
            if not edits or one.start >= edits[-1][1]:  # What overlaps is mended with the next click.
                edits.append((one.start, one.end, one.replacement))
        changes[name] = replaced(of_field[0].part, getattr(text, name), edits)
    return replace(text, **changes)  # type: ignore[arg-type]  # Only fields of words are mended.


def _facts(text: Text, article: Article | None) -> Facts:
    moment = (article.first_published_at or article.publish_at) if article else None
    on = moment.astimezone(COUNTY_ZONE).date() if moment else today()
    article_id = article.id if article else None
    is_interpretation = text.genre is Genre.INTERPRETATION
    return Facts(
        on=on,
        calendar=county_calendar(),
        invalid_since=article.invalid_since if article else None,
        same_number=queries.same_number(text, article_id, current_tenant),
        interpreted=queries.interpreted(text, article_id, current_tenant) if is_interpretation else None,
        explained_within=working_days(on),
    )


@once
def _own() -> Own:
    return queries.own_of(current_tenant)


@once
def _lexicon() -> Lexicon:
    return lexicon_of(current_tenant)


def _head(article: Article) -> Revision:
    lock(article)
    return db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()


def _note(act: str, waiver: Waiver, after: dict[str, object]) -> None:
    record(
        act,
        f"article:{waiver.article_id}",
        tenant_id=waiver.tenant_id,
        after={"rule": waiver.rule, "revision": waiver.revision_id, **after},
    )
