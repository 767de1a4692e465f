"""Made-up pages of documents in every condition a theme must stand."""

from datetime import date

from app.theming import documents_pages as d
from app.theming import pages as p
from app.theming.samples.voices import NOON, SUMMARY, TITLES, Voice, links, url_of

STATES = (
    ("有效", "valid"),
    ("已修改", "amended"),
    ("已废止", "abolished"),
    ("失效", "expired"),
    ("尚未施行", "pending"),
)


def document_pages(voice: Voice) -> tuple[p.Page, ...]:
    """Make one page of every class."""
    beside = links(voice, ("文件库", "规划计划", "通知公告", "文件汇编"))
    return (
        _library(voice, beside),
        _plans(voice, beside),
        _notices(voice, beside),
        *_collections(voice, beside),
    )


def _rows(voice: Voice) -> tuple[d.DocumentRow, ...]:
    return tuple(
        d.DocumentRow(
            title=voice.say(TITLES[n % len(TITLES)]),
            url=url_of(f"documents/{n}.html"),
            genre=voice.say("规范性文件"),
            document_number=voice.say(f"永政办发〔2026〕{n + 1}号") if n % 3 else "",
            formed_on=date(2026, 11, 1 + n % 28) if n % 4 else None,
            published_at=NOON,
            validity=STATES[n % 5][0],
            state=STATES[n % 5][1],
            unit=p.Link(voice.say("永嘉县水利局"), "/u/slj/") if n % 2 else None,
            summary=voice.say(SUMMARY),
        )
        for n in range(voice.count)
    )


def _facet(voice: Voice, title: str, values: tuple[str, ...]) -> d.Facet:
    others = p.Link(voice.say("还有 970 个单位，文件见各单位子站"), "/units/") if title == "单位" else None
    return d.Facet(
        title,
        p.Link("全部", "?", current=True),
        tuple(
            d.FacetValue(p.Link(voice.say(value), f"?f={n}"), 7 * n + 1)
            for n, value in enumerate(values[: voice.count])
        ),
        others,
    )


def _pager(voice: Voice) -> p.Pager:
    pages = 3 if voice.count else 1
    shown = tuple(p.Link(str(n), f"?page={n}", current=n == 1) for n in range(1, pages + 1))
    return p.Pager(1, pages, voice.count * pages, None, "?page=2" if voice.count else None, shown)


def _library(voice: Voice, beside: tuple[p.Link, ...]) -> p.Page:
    facets = (
        ("体裁", ("规范性文件", "政策文件", "通知")),
        ("年份", ("2026 年", "2025 年", "2007 年")),
        ("有效性", ("有效", "已修改", "已废止")),
        ("单位", ("永嘉县水利局", "桥头镇人民政府", "县府办")),
    )
    return d.LibraryPage(
        title=voice.say("文件库"),
        canonical=url_of("documents/"),
        rows=_rows(voice),
        facets=tuple(_facet(voice, *facet) for facet in facets if voice.count),
        form=d.NumberForm(
            "/documents/",
            voice.say("2007 89"),
            (("genre", "policy"),),
            "" if voice.count else voice.say("没有认出文号。"),
        ),
        sorts=(p.Link("按发布日期", "?", current=True), p.Link("按成文日期", "?sort=formed")),
        pager=_pager(voice),
        siblings=beside,
    )


def _plans(voice: Voice, beside: tuple[p.Link, ...]) -> p.Page:
    plans = tuple(
        d.PlanRow(row, p.Link(voice.say("永政发〔2026〕1号"), "/documents/1.html") if n % 2 else None)
        for n, row in enumerate(_rows(voice)[:4])
    )
    return d.PlansPage(
        title=voice.say("规划计划"),
        canonical=url_of("documents/plans/"),
        periods=tuple(
            d.PlanPeriod(p.Link(voice.say(name), f"?period={n}"), 40, plans)
            for n, name in enumerate(("十五五", "2026年", "十四五")[: voice.count])
        ),
        pager=None,
        siblings=beside,
    )


def _notices(voice: Voice, beside: tuple[p.Link, ...]) -> p.Page:
    rows = _rows(voice)
    running = tuple(
        d.NoticeRow(row, voice.say("公示中，还剩 3 天"), is_running=True, until=NOON) for row in rows[:2]
    )
    return d.NoticesPage(
        title=voice.say("通知公告"),
        canonical=url_of("notices/"),
        pinned=tuple(d.NoticeRow(row, is_pinned=True) for row in rows[:1]),
        running=running,
        rows=tuple(d.NoticeRow(row, voice.say("公示已结束") if n % 2 else "") for n, row in enumerate(rows)),
        kinds=_facet(voice, "种类", ("通知", "通告", "公告", "公示", "决定", "辟谣澄清")),
        pager=_pager(voice),
        siblings=beside,
    )


def _collections(voice: Voice, beside: tuple[p.Link, ...]) -> tuple[p.Page, ...]:
    cards = tuple(
        d.CollectionCard(p.Link(voice.say(title), f"/documents/collections/{n}/"), voice.say(SUMMARY), n)
        for n, title in enumerate(TITLES[: voice.count])
    )
    return (
        d.CollectionsPage(
            title=voice.say("文件汇编"),
            canonical=url_of("documents/collections/"),
            cards=cards,
            siblings=beside,
        ),
        d.CollectionPage(
            title=voice.say("水利政策汇编"),
            canonical=url_of("documents/collections/1/"),
            description=voice.say(SUMMARY),
            rows=_rows(voice),
            siblings=beside,
        ),
    )
