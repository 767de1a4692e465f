"""Two hearings for who tries the demonstration: one to take part in, and one with its result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Account
from app.content.genres import Genre
from app.content.models import Article, Column
from app.content.services import Text, start_article
from app.content.states import ArticleState
from app.content.vocabulary import basis_for
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.participation import contributions, queries, services
from app.participation.models import Hearing
from app.participation.sealing import Words
from app.participation.services import Terms
from app.participation.states import ContributionKind, HearingKind, Stage
from app.publishing import services as publishing
from app.publishing.models import Method
from app.tenancy.current import entered
from app.tenancy.models import Tenant

UNIT = "slj"
COLUMN = "tzzj"
DAY = timedelta(days=1)
#: Nobody signs what has closed already: so long is left for it.
SOON = timedelta(seconds=20)
WRITER, SIGNER, LEADER = "demo-writer", "demo-signer", "demo-leader"
CONTACT = "永嘉县水利局（演示）0577-0000 0003"
OPINIONS = (
    "建议在规定里写明村级供水设施的管护经费从哪里出，并每年公布一次。",
    "水质检测结果请贴到村务公开栏，老人不会上网也能看到。",
    "停水检修希望至少提前两天通知。",
)


@dataclass(frozen=True)
class _People:
    writer: Account
    signer: Account
    leader: Account


def hold_demonstration_hearings() -> None:
    """Hold them at the bureau of the demonstration; nothing where the county has no such unit."""
    tenant = db.session.scalar(select(Tenant).where(Tenant.slug == UNIT))
    if tenant is None:
        return
    with entered(tenant):
        column = db.session.scalar(select(Column).where(Column.slug == COLUMN))
        if column is not None:
            logins = (WRITER, SIGNER, LEADER)
            people = _People(
                *(db.session.scalars(select(Account).where(Account.login == one)).one() for one in logins)
            )
            _hold_finished(column, people)
            _hold_open(column, people)
        db.session.commit()


def _hold_open(column: Column, people: _People) -> None:
    """Hold a consultation that began a moment ago."""
    begun = now()
    terms = Terms(
        kind=HearingKind.CONSULTATION,
        subject="永嘉县农村供水管理办法（征求意见稿）",
        opens_at=_at(begun, 8) - DAY,
        closes_at=_at(begun, 17) + 30 * DAY,
        contact=CONTACT,
    )
    body = (
        "<p>为保障农村居民饮水安全，我局起草了《永嘉县农村供水管理办法（征求意见稿）》，现公开征求意见。</p>"
        "<p>征求意见稿规定了供水单位的责任、水质检测的次数和公布方式、停水的通知时间。</p>"
        "<p>欢迎在网上发表意见，也可以来信、来电。本公告为演示内容。</p>"
    )
    article = _published(column, f"关于公开征求《{terms.subject}》意见的公告", body, people)
    _signed(services.start(article, terms, people.writer), people)


def _hold_finished(column: Column, people: _People) -> None:
    """Hold a consultation with its result; it closes soon after it was founded."""
    subject = "永嘉县村级供水设施管护标准（征求意见稿）"
    body = f"<p>现就《{subject}》公开征求意见。本公告为演示内容。</p>"
    article = _published(column, f"关于公开征求《{subject}》意见的公告", body, people)
    terms = Terms(
        kind=HearingKind.CONSULTATION,
        subject=subject,
        opens_at=_at(now(), 8) - 30 * DAY,
        closes_at=now() + SOON,
        contact=CONTACT,
    )
    hearing = services.start(article, terms, people.writer)
    _signed(hearing, people)
    (shown,) = queries.as_shown([(hearing, queries.newest_terms(hearing.id), False)])
    assert shown.stage is Stage.OPEN
    for text in OPINIONS:
        words = Words("演示访客", "", text)
        contributions.receive(shown, ContributionKind.OPINION, words, may_be_quoted=True)
    result = _published(
        column,
        f"关于《{terms.subject}》征求意见情况的反馈",
        _result(terms.opens_at, len(OPINIONS)),
        people,
    )
    services.link(hearing, minutes=None, result=result.id)


def _at(moment: datetime, hour: int) -> datetime:
    """Return an hour of a moment's day on the county's clocks."""
    local = moment.astimezone(COUNTY_ZONE)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def _result(opened: datetime, count: int) -> str:
    quoted = "".join(f"<li>{text}</li>" for text in OPINIONS)
    return (
        f"<p>征求意见自{opened.year}年{opened.month}月开始，共收到意见{count}条，采纳2条，部分采纳1条。</p>"
        f"<h2>意见摘登</h2><ol>{quoted}</ol>"
        "<h2>采纳情况</h2><p>管护经费的来源和公布、水质检测结果张贴已写入标准；"
        "停水检修提前通知的时间，非紧急情况下为一天。本反馈为演示内容。</p>"
    )


def _published(column: Column, title: str, body: str, people: _People) -> Article:
    text = Text(title, body, genre=Genre.ANNOUNCEMENT, basis=basis_for(Genre.ANNOUNCEMENT))
    article = start_article(column, text, people.writer)
    assert article.head_id is not None
    publishing.submit(article, people.writer, revision=article.head_id)
    publishing.publish(article, people.signer, revision=article.head_id)
    if article.state is ArticleState.SIGNED:
        publishing.approve(article, people.leader, revision=article.head_id)
    return article


def _signed(hearing: Hearing, people: _People) -> None:
    newest = queries.newest_terms(hearing.id)
    services.sign(hearing, people.signer, terms=newest.id, method=Method.PASSWORD)
