"""Made-up hearings and visitors' forms in every condition a theme must stand."""

from datetime import timedelta

from app.theming import article_pages as a
from app.theming import pages as p
from app.theming.form_pages import FormField, FormPage, Protection, SentPage
from app.theming.participation_pages import HearingCard, HearingListPage, HearingPage
from app.theming.samples.files import seen_files
from app.theming.samples.voices import NOON, SUMMARY, TITLES, UNITS, Voice, links, url_of

STAGES = (
    ("open", "进行中"),
    ("coming", "即将开始"),
    ("closed", "已结束，待反馈"),
    ("answered", "已公布结果"),
)


def form_samples(voice: Voice) -> tuple[p.Page, ...]:
    """Make a form that was not accepted, or a fresh one, and what follows it."""
    return (_form(voice), _sent(voice))


def participation_samples(voice: Voice) -> tuple[p.Page, ...]:
    """Make a list of hearings, and one of them."""
    return (_list(voice), _hearing(voice))


def _card(voice: Voice, n: int) -> HearingCard:
    stage, label = STAGES[n % len(STAGES)]
    meets = n % 2 == 1
    return HearingCard(
        title=voice.say(TITLES[n % len(TITLES)]),
        url=f"/participate/{n}/",
        kind="听证" if meets else "征求意见",
        stage=stage,
        stage_label=label,
        opens_at=NOON,
        closes_at=NOON + timedelta(days=30),
        held_at=NOON + timedelta(days=40) if meets else None,
        place=voice.say("县行政中心 3 号楼 201 会议室") if meets else "",
        unit=p.Link(voice.say(UNITS[n % len(UNITS)]), f"/u/{n}/") if n % 3 else None,
    )


def _list(voice: Voice) -> p.Page:
    return HearingListPage(
        title=voice.say("听证征集"),
        canonical=url_of("participate/"),
        cards=tuple(_card(voice, n) for n in range(voice.count)),
        pager=p.Pager(1, 1, voice.count, None, None, (p.Link("1", "?page=1", current=True),)),
        tabs=(
            p.Link(voice.say("正在进行和即将开始"), "/participate/", current=True),
            p.Link(voice.say("已经结束"), "/participate/closed/"),
        ),
        empty=voice.say("现在没有正在进行的听证或征集。"),
    )


def _hearing(voice: Voice) -> p.Page:
    facts = (
        ("方式", "听证"),
        ("报名和提意见", "2026-11-24 10:05 至 2026-12-24 17:00"),
        ("联系", "办公室 0577-0000 0003"),
    )
    return HearingPage(
        title=voice.say(TITLES[5]),
        canonical=url_of("participate/1/"),
        card=_card(voice, 0),
        facts=tuple(a.DataRow(voice.say(term), voice.say(value)) for term, value in facts),
        announcement=p.Link(voice.say(TITLES[5]), "/tzzj/2026/11/18.html"),
        drafts=tuple(
            a.AttachmentLink(voice.say("草案全文.docx"), f"/files/{n}.docx", "Word", 48_231)
            for n in range(min(voice.count, 9) // 3)
        )
        + seen_files(voice)[:1],
        ways=links(voice, ("发表意见", "报名参加"))[:2],
        standing=voice.say(SUMMARY),
        numbers=tuple(
            a.DataRow(voice.say(term), voice.say("12 条")) for term in ("收到意见", "报名参加")[: voice.count]
        ),
        minutes=p.Link(voice.say(TITLES[6]), "/tzzj/2026/12/20.html") if voice.count else None,
        result=p.Link(voice.say(TITLES[7]), "/tzzj/2026/12/21.html") if voice.count else None,
    )


def _form(voice: Voice) -> p.Page:
    say, is_faulty = voice.say, bool(voice.count)
    return FormPage(
        title=say("发表意见"),
        canonical=url_of("participate/1/opinion/"),
        action="/participate/1/opinion/",
        button=say("提交意见"),
        fields=(
            FormField("text", say("您的意见"), "text", say(SUMMARY), is_required=True, longest=3000),
            FormField("name", say("姓名"), value=say("王"), fault=say("请填写姓名。") if is_faulty else ""),
            FormField("contact", say("联系电话"), "tel", say("0577"), say("可以不填。")),
            FormField("consent", say("我同意"), "tick", "yes", fault=say("请勾选。") if is_faulty else ""),
        ),
        protection=Protection(
            token="x" * 40,
            question=say("三加五等于几？"),
            question_fault=say("答得不对。") if is_faulty else "",
            work='{"most": 1}',
            script="/static/visitors/000000000000/challenge.js",
        ),
        about=p.Link(say(TITLES[5]), "/participate/1/"),
        facts=(a.DataRow(say("截止"), say("2026-12-24 17:00")),) if is_faulty else (),
        notes=(say("姓名和联系方式不公开。"),) if is_faulty else (),
        fault=say("提交得太快了。") if is_faulty else "",
    )


def _sent(voice: Voice) -> p.Page:
    return SentPage(
        title=voice.say("意见已收到"),
        canonical=url_of("participate/1/sent/Y261124-7KQ3MXAB/"),
        reference="Y261124-7KQ3MXAB",
        facts=(a.DataRow(voice.say("事项"), voice.say(TITLES[5])),) if voice.count else (),
        next_steps=(voice.say(SUMMARY),) if voice.count else (),
        links=links(voice, ("回到这次活动", "回到首页")),
    )
