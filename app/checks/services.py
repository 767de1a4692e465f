"""Checking a text before it goes on, mending it by a click, and letting a stop pass by two people (S-69, F1)."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.audit.services import record
from app.checks import queries
from app.checks.files import files_of
from app.checks.hits import Finding, Hit, Severity
from app.checks.inspection import findings, inspect
from app.checks.models import Waiver
from app.checks.parts import replaced
from app.checks.report import Report
from app.checks.rulebook import Waiving, rulebook
from app.checks.subject import Facts, Subject
from app.checks.wordlists import lexicon_of
from app.checks.words import Lexicon
from app.content import queries as content
from app.content.models import Article, Revision
from app.content.services import StaleRevisionError, Text, revise
from app.core.clock import COUNTY_ZONE, now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.workdays import county_calendar
from app.tenancy.current import current_tenant

#: What the second person must be allowed to do.
AGREES = {Waiving.TWO: Permission.SIGN_ARTICLE, Waiving.SECRECY: Permission.CLEAR_SECRECY}
LONGEST_REASON = 300


def report_on(article: Article, revision: Revision, *, lexicon: Lexicon | None = None) -> Report:
    """Check one revision of an article of the current tenant, with its files."""
    subject = _subject(article, revision)
    rules = rulebook(today())
    hits = inspect(subject, lexicon or lexicon_of(current_tenant._get_current_object()), rules)  # noqa: SLF001
    waivers = {one.fingerprint: one for one in queries.waivers_of(revision)}
    return Report(hits, waivers, rules)


def report_on_text(text: Text, *, submitted: str, article: Article | None) -> Report:
    """Check a text that is not stored yet, with those of its files that are."""
    attachments = desk_files(text)
    subject = Subject(text, _facts(text, article), files_of(attachments), _own(), submitted)
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
    others = f"另有 {len(stops) - 1} 处，" if len(stops) > 1 else ""
    raise RuleBroken(
        f"发布前检查没有通过。{first.where}：{first.why}{first.suggestion}{others}请在“发布前检查”页逐一处理。"
    )
