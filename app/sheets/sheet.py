"""The record of one article on one sheet, 信息发布审核表: every hand it passed, what it did (GK-07)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.checks.models import Waiver
from app.checks.rulebook import rulebook
from app.content.genres import Attribute
from app.content.models import Article, Revision
from app.content.vocabulary import bases, closing_clauses
from app.core.clock import today
from app.core.database import db
from app.publishing import queries
from app.publishing.models import SignOff
from app.publishing.steps import is_scheduled, is_shown
from app.publishing.transitions import TRANSITIONS
from app.tenancy.current import current_tenant
from app.theming.filters import minute

LABELS = {step.name: step.label for step in TRANSITIONS}
HIDDEN = "（涉密下线，内容不显示）"


@dataclass(frozen=True)
class Line:
    """One act in the order of time: when, what, who, and what was said."""

    at: datetime
    act: str
    who: str
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet; the same on the screen, on paper and in the PDF."""

    unit: str
    title: str
    standing: str
    #: Terms and values about the text, empty ones left out.
    facts: tuple[tuple[str, str], ...]
    #: The SHA-256 of the signed text, or of the newest where none is signed.
    digest: str
    is_signed: bool
    signatures: tuple[Line, ...]
    hands: tuple[Line, ...]
    flags: tuple[Line, ...]
    waivers: tuple[Line, ...]


def sheet_of(article: Article, *, may_read: bool) -> Sheet:
    """Compose the sheet of an article of the bound tenant; its column and newest text must be loaded."""
    signatures = queries.signatures_of(article)
    text = _text_of(article, signatures)
    hide = (lambda words: words) if may_read else (lambda words: HIDDEN if words else "")
    return Sheet(
        unit=current_tenant.unit or current_tenant.name,
        title=hide(text.title),
        standing=_standing(article),
        facts=tuple((term, value) for term, value in _facts(article, text) if value and may_read),
        digest=text.digest,
        is_signed=any(one.revision_id == text.id for one in signatures),
        signatures=tuple(_signature(one) for one in reversed(signatures)),
        hands=tuple(
            Line(one.at, LABELS.get(one.step, one.step), one.account.name, hide(one.reason))
            for one in reversed(queries.moves_of(article))
        ),
        flags=tuple(_flags(article)),
        waivers=tuple(_waivers(article)) if may_read else (),
    )


def _text_of(article: Article, signatures: list[SignOff]) -> Revision:
    wanted = article.published_id or (signatures[0].revision_id if signatures else article.head_id)
    found = select(Revision).where(Revision.id == wanted).options(joinedload(Revision.author))
    return db.session.scalars(found).one()


def _standing(article: Article) -> str:
    if article.ending is not None:
        return f"已撤回（{article.ending.label}）"
    if is_shown(article):
        return "已发布" + ("，已标记失效" if article.invalid_since else "")
    if is_scheduled(article):
        return "已审签，等待定时公开"
    return f"未发布（{article.state.label}）"


def _facts(article: Article, text: Revision) -> list[tuple[str, str]]:
    clause = closing_clauses().get(text.attribute_clause, text.attribute_clause)
    is_closed = text.attribute is not Attribute.OPEN
    return [
        ("索引号", article.index_number or ""),
        ("文号", text.document_number),
        ("体裁", text.genre.label),
        ("栏目", article.column.title),
        ("来源", text.source),
        ("原文网址", text.source_url),
        ("公开属性", text.attribute.label),
        ("不主动公开的依据", clause if is_closed else ""),
        ("不主动公开的理由", text.attribute_reason if is_closed else ""),
        ("公开依据", bases().get(text.basis, text.basis)),
        ("保密审查", text.secrecy.label),
        ("成文日期", str(text.formed_on or "")),
        ("印发日期", str(text.printed_on or "")),
        ("施行日期", str(text.effective_on or "")),
        ("有效期至", str(text.expires_on or "")),
        ("公示期", _period(text)),
        ("公开时间", minute(article.first_published_at) if article.first_published_at else ""),
        ("更正时间", minute(article.corrected_at) if article.corrected_at else ""),
        ("更正说明", text.correction),
        ("失效日期", str(article.invalid_since or "")),
        ("撰写人", text.author.name),
        ("版本", f"第 {text.number} 版"),
    ]


def _period(text: Revision) -> str:
    ends = [minute(moment) for moment in (text.period_from, text.period_until) if moment]
    return " 至 ".join(ends) if text.period_until else ""


def _signature(one: SignOff) -> Line:
    act = "审签（负责同志）" if one.level == 1 else "审核（主要领导）"
    return Line(one.at, act, f"{one.signer_name} {one.office}".strip(), f"{one.method.label}确认")


def _flags(article: Article) -> list[Line]:
    found = []
    for flag in queries.flags_with_people(article):
        found.append(
            Line(flag.raised_at, f"标记{flag.weight.label}", _name(flag.raised_by, "规则"), flag.evidence)
        )
        if flag.lifted_at is not None:
            act = f"取消{flag.weight.label}标记"
            found.append(Line(flag.lifted_at, act, _name(flag.lifted_by, ""), flag.lifted_reason))
    return found


def _waivers(article: Article) -> list[Line]:
    rules = rulebook(today())
    rows = db.session.scalars(select(Waiver).where(Waiver.article_id == article.id).order_by(Waiver.id)).all()
    ids = {one.asked_by_id for one in rows} | {one.agreed_by_id for one in rows if one.agreed_by_id}
    people = {one.id: one for one in db.session.scalars(select(Account).where(Account.id.in_(ids)))}
    found = []
    for row in rows:
        title = rules[row.rule].title if row.rule in rules else row.rule
        found.append(Line(row.asked_at, f"申请放行：{title}", people[row.asked_by_id].name, row.reason))
        if row.agreed_at is not None and row.agreed_by_id is not None:
            found.append(Line(row.agreed_at, f"同意放行：{title}", people[row.agreed_by_id].name))
    return found


def _name(account: Account | None, otherwise: str) -> str:
    return account.name if account else otherwise
