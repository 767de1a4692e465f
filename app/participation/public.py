"""Where visitors find what they can take part in, take part, and see what came of it (S-22)."""

from flask import make_response
from flask.typing import ResponseReturnValue

from app.content import queries as content
from app.content.attachments import file_path, label_of
from app.content.pictures import FORMATS, picture_of
from app.core.html import FILES
from app.participation import contributions, county, queries
from app.participation.cards import card_of, facts_of, standing_of
from app.participation.forms import FORMS, fields_of
from app.participation.limits import answer_due
from app.participation.queries import Shown
from app.participation.states import ContributionKind, Stage
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.article_pages import AttachmentLink, DataRow
from app.theming.filters import minute
from app.theming.form_pages import FormPage, SentPage
from app.theming.pages import Link
from app.theming.participation_pages import HearingListPage, HearingPage
from app.web.blueprints import PublicBlueprint
from app.web.challenge.door import Leads
from app.web.challenge.entry import Entry
from app.web.frame import render_framed
from app.web.paging import PER_PAGE, page_number, pager

TITLE = "听证征集"
ALL, CLOSED = "/participate/", "/participate/closed/"
WAYS = {
    ContributionKind.OPINION: ("opinion", "发表意见", "提交意见"),
    ContributionKind.SIGN_UP: ("sign-up", "报名参加", "提交报名"),
}
NOTES = (
    "姓名和联系方式加密保存，只有承办本次活动的工作人员能看到，不会公开。",
    "本页不使用 Cookie，不记录您的网络地址。",
)

bp = PublicBlueprint("participation", __name__)


@bp.page("/participate/")
def index() -> HearingListPage:
    """List what one can take part in now or soon; on the portal, of all units."""
    return _list(closed=False)


@bp.page("/participate/closed/")
def closed() -> HearingListPage:
    """List what has closed, with or without its result."""
    return _list(closed=True)


@bp.page("/participate/<int:hearing_id>/")
def hearing(hearing_id: int) -> HearingPage:
    """Show one hearing."""
    shown = queries.for_readers(hearing_id)
    announcement = queries.announcement_of(shown)
    is_over = shown.stage in (Stage.CLOSED, Stage.ANSWERED)
    return HearingPage(
        title=shown.terms.subject,
        canonical=canonical(f"{ALL}{hearing_id}/"),
        description=f"{place().tenant.unit}{shown.terms.kind.label}：{shown.terms.subject}",
        trail=_trail(),
        card=card_of(shown),
        facts=facts_of(shown),
        announcement=_article_link(shown.hearing.article_id) or Link("", ""),
        drafts=tuple(
            AttachmentLink(
                file.title,
                here(file_path(file)),
                label_of(file),
                file.size,
                picture=picture_of(file, here(FILES), file.title) if file.extension in FORMATS else None,
            )
            for file in content.files_of(announcement)
        ),
        ways=tuple(
            Link(WAYS[kind][1], here(f"{ALL}{hearing_id}/{WAYS[kind][0]}/"))
            for kind in ContributionKind
            if not contributions.closed_for(shown, kind)
        ),
        standing=standing_of(shown),
        numbers=_numbers(shown) if is_over else (),
        minutes=_article_link(shown.hearing.minutes_id) if is_over else None,
        result=_article_link(shown.hearing.result_id) if is_over else None,
    )


@bp.form("/participate/<int:hearing_id>/opinion/")
def opinion(entry: Entry, hearing_id: int) -> FormPage | Leads:
    """Take an opinion."""
    return _taken(entry, hearing_id, ContributionKind.OPINION)


@bp.form("/participate/<int:hearing_id>/sign-up/")
def sign_up(entry: Entry, hearing_id: int) -> FormPage | Leads:
    """Take somebody's name for a hearing."""
    return _taken(entry, hearing_id, ContributionKind.SIGN_UP)


@bp.answer("/participate/<int:hearing_id>/sent/<string(maxlength=20):reference>/")
def sent(hearing_id: int, reference: str) -> ResponseReturnValue:
    """Tell under which number something arrived, and what happens next; nothing of what was sent."""
    shown = queries.for_readers(hearing_id)
    found = queries.receipt(hearing_id, reference)
    by = answer_due(shown.terms.closes_at)
    page = SentPage(
        title=f"{found.kind.label}已收到",
        canonical=canonical(f"{ALL}{hearing_id}/"),
        trail=_trail(shown),
        reference=found.reference,
        facts=(DataRow("事项", shown.terms.subject), DataRow("收到时间", minute(found.received_at))),
        next_steps=(
            f"{minute(shown.terms.closes_at)} 截止后，承办单位逐条研究收到的内容。",
            f"结果最迟在 {by} 前在本站公布，就在这次活动的页面上。",
        ),
        links=(Link("回到这次活动", here(f"{ALL}{hearing_id}/")), Link("回到首页", here("/"))),
    )
    answer = make_response(render_framed(page))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _taken(entry: Entry, hearing_id: int, kind: ContributionKind) -> FormPage | Leads:
    shown = queries.for_readers(hearing_id)
    form = FORMS[kind](entry.sent)
    fault = contributions.closed_for(shown, kind)
    if fault and not entry.is_sent:
        return Leads(here(f"{ALL}{hearing_id}/"))
    is_whole = entry.is_sent and form.validate()
    if entry.is_good and is_whole and not fault:
        row = contributions.receive(
            shown,
            kind,
            form.words(),
            may_be_quoted=kind is ContributionKind.OPINION and form.may_be_quoted.data,
        )
        return Leads(here(f"{ALL}{hearing_id}/sent/{row.reference}/"), has_taken=True)
    path, title, button = WAYS[kind]
    return FormPage(
        title=title,
        canonical=canonical(f"{ALL}{hearing_id}/{path}/"),
        trail=_trail(shown),
        action=here(f"{ALL}{hearing_id}/{path}/"),
        button=button,
        fields=fields_of(form, kind),
        protection=entry.protection(),
        about=Link(shown.terms.subject, here(f"{ALL}{hearing_id}/")),
        facts=(DataRow("截止", minute(shown.terms.closes_at)), DataRow("承办", place().tenant.unit)),
        notes=NOTES,
        fault=fault or entry.fault,
    )


def _list(*, closed: bool) -> HearingListPage:
    number = page_number()
    path = CLOSED if closed else ALL
    first = (number - 1) * PER_PAGE
    if current_tenant.is_portal:
        found = county.of_units(current_tenant.id, closed=closed, limit=PER_PAGE, offset=first)
        cards = tuple(card_of(one.shown, of=one) for one in found)
        total = county.count_of_units(current_tenant.id, closed=closed)
    else:
        cards = tuple(card_of(one) for one in queries.listed(closed=closed, limit=PER_PAGE, offset=first))
        total = queries.count_listed(closed=closed)
    return HearingListPage(
        title=TITLE,
        canonical=canonical(path if number == 1 else f"{path}?page={number}"),
        description=f"{place().tenant.unit}的听证和征求意见：正在进行的、已经结束的，及其结果。",
        trail=(Link("首页", here("/")),),
        cards=cards,
        pager=pager(number, total, here(path)),
        tabs=(
            Link("正在进行和即将开始", here(ALL), current=not closed),
            Link("已经结束", here(CLOSED), current=closed),
        ),
        empty="还没有已经结束的听证或征集。" if closed else "现在没有正在进行的听证或征集。",
    )


def _numbers(shown: Shown) -> tuple[DataRow, ...]:
    tally = queries.tally_of(shown.hearing.id)
    rows = [("收到意见", f"{tally.opinions} 条")] if shown.terms.takes_opinions else []
    if shown.terms.takes_sign_ups:
        rows.append(("报名", f"{tally.sign_ups} 人"))
    if tally.spam:
        rows.append(("不计入", f"{tally.spam} 条（广告、重复等）"))
    return tuple(DataRow(*row) for row in rows)


def _article_link(article_id: int | None) -> Link | None:
    found = queries.link_of(article_id)
    return Link(found[0], here(found[1])) if found else None


def _trail(shown: Shown | None = None) -> tuple[Link, ...]:
    way = (Link("首页", here("/")), Link(TITLE, here(ALL)))
    return (*way, Link(shown.terms.subject, here(f"{ALL}{shown.hearing.id}/"))) if shown else way
