"""Made-up pages in every condition a theme must stand: theme tests and previews draw them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from markupsafe import Markup, escape

from app.display.mode import NORMAL, Mode
from app.theming import article_pages as a
from app.theming import pages as p
from app.theming.samples.disclosure import disclosure_pages
from app.theming.samples.documents import document_pages
from app.theming.samples.exports import sample_outlets
from app.theming.samples.files import seen_files
from app.theming.samples.gallery import gallery_page
from app.theming.samples.home import home_page
from app.theming.samples.leaving import sample_leaving
from app.theming.samples.participation import form_samples, participation_samples
from app.theming.samples.profiles import profile_pages
from app.theming.samples.search import search_page
from app.theming.samples.voices import (
    NOON,
    SUMMARY,
    TITLES,
    UNITS,
    Voice,
    block,
    entrances,
    links,
    pictured,
    teasers,
    unit_groups,
    url_of,
)
from app.theming.toolbar import toolbar_of

#: Where the script of the toolbar lies in the samples.
SCRIPT = "/static/visitors/000000000000/reading.js"
MENU = ("政务动态", "通知公告", "政策文件", "规划计划", "人事信息", "财政信息", "政府信息公开", "单位概况")


def sample_site(
    voice: Voice, *, kind: str = "portal", theme: str = "base", palette: str = "blue", mode: Mode = NORMAL
) -> p.Site:
    """Make the subsite around the samples."""
    say = voice.say
    is_portal = kind == "portal"
    name = {"portal": "中国永嘉", "township": "岩头镇人民政府"}.get(kind, "永嘉县水利局")
    return p.Site(
        name=say(name),
        unit=say("永嘉县人民政府" if is_portal else name),
        county=say("永嘉县"),
        domain="www.yj.localhost" if is_portal else f"{kind}.yj.localhost",
        kind=kind,
        is_portal=is_portal,
        portal=None if is_portal else p.Link(say("中国永嘉"), "http://www.yj.localhost/"),
        home="/",
        menu=tuple(
            p.Link(say(title), f"/m{n}/", current=n == 1) for n, title in enumerate(MENU[: voice.count])
        ),
        footer=_footer(say),
        theme=theme,
        palette=palette,
        is_demo=True,
        manage="http://console.yj.localhost/",
        support_phone=say("0577-0000 0002"),
        phone=say("0577-0000 0003") if voice.count else "",
        address=say("永嘉县北城街道县前路 1 号") if voice.count else "",
        toolbar=toolbar_of("/m1/", mode, script=SCRIPT),
        banners=_banners(voice),
        announcements=links(voice, TITLES[: min(voice.count, 2)]),
    )


def _banners(voice: Voice) -> tuple[p.Banner, ...]:
    text = p.Link(voice.say("台风橙色预警，请沿江村做好准备"), url_of("tzgg/"))
    levels = (("emergency", "紧急通知"), ("notice", "重要提示"))
    return tuple(p.Banner(level, voice.say(label), text) for level, label in levels)[: voice.count]


@cache
def sample_pages(voice: Voice) -> tuple[p.Page, ...]:
    """Return one page of every class."""
    return (
        *_homes(voice),
        _column(voice),
        replace(_article(voice), alike=links(voice, TITLES[:5]), share=_SHARE, faults=_faults(voice)),
        p.DirectoryPage(title=voice.say("单位子站"), canonical=url_of("units/"), groups=unit_groups(voice)),
        p.SiteMapPage(
            title=voice.say("站点地图"),
            canonical=url_of("sitemap.html"),
            groups=tuple((voice.say(t), links(voice, TITLES)) for t in ("栏目", "单位概况")[: voice.count]),
        ),
        p.ErrorPage(
            title=voice.say("没有找到这个页面"),
            canonical=url_of("404"),
            status=404,
            advice=(
                voice.say("网址可能有误，或者信息已经移走。"),
                voice.say("您可以返回首页，从栏目中查找。"),
            ),
            links=links(voice, ("返回首页", "站点地图")),
        ),
        search_page(voice),
        *document_pages(voice),
        *profile_pages(voice),
        *disclosure_pages(voice),
        *form_samples(voice),
        *participation_samples(voice),
        *sample_outlets(voice),
        gallery_page(voice, _column(voice), _article(voice)),
        *sample_leaving(voice),
    )


def _footer(say: Callable[[str], str]) -> p.Footer:
    return p.Footer(
        sponsor=say("永嘉县人民政府办公室"),
        organizer=say("永嘉县信息化工作办公室"),
        site_code="3303240000",
        icp=say("浙ICP备00000000号"),
        police=say("浙公网安备 33032400000000号"),
        phone=say("0577-0000 0001"),
        address=say("浙江省温州市永嘉县北城街道县前路"),
        postcode="325100",
        email="web@yj.localhost",
        fault_report=p.Link(
            say("我为政府网站找错"), "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3303240000"
        ),
        links=(p.Link(say("站点地图"), "/sitemap.html"), p.Link(say("网站声明"), "/about/")),
        mark=p.Link(say("党政机关网站标识"), "https://bszs.conac.cn/sitename?method=show&id=0000"),
    )


def _homes(voice: Voice) -> tuple[p.Page, ...]:
    lead = teasers(voice, unit=True)[0] if voice.count else None
    columns = (("政务动态", "news"), ("通知公告", "notice"), ("政策文件", "document"), ("规划计划", "plan"))
    blocks = tuple(
        block(voice, title, type_, number=type_ == "document") for title, type_ in columns[: voice.count]
    )
    return (
        home_page(voice, sample_site(voice, kind="department").name),
        p.PortalHomePage(
            title=sample_site(voice).name,
            canonical=url_of(),
            feed="/feed.atom",
            lead=lead,
            news=block(voice, "永嘉要闻", "news"),
            notices=block(voice, "通知公告", "notice", unit=True),
            documents=block(voice, "政策文件", "document", number=True),
            latest=block(voice, "乡镇部门动态", "latest", unit=True),
            blocks=blocks[3:],
            disclosure=entrances(voice),
            units=unit_groups(voice),
            clarifications=teasers(voice, unit=True)[:2],
            photos=_photos(voice),
        ),
    )


def _photos(voice: Voice) -> p.Block | None:
    listed = pictured(teasers(voice, unit=True))[:6]
    return p.Block(p.Link(voice.say("图片新闻"), "/news/"), listed, "photos") if listed else None


def _some_pictured(listed: tuple[p.Teaser, ...]) -> tuple[p.Teaser, ...]:
    return tuple(one if at % 3 == 1 else pictured((one,))[0] for at, one in enumerate(listed))


def _column(voice: Voice) -> p.ColumnPage:
    pages = 9 if voice.count else 1
    pager = p.Pager(
        page=2 if voice.count else 1,
        pages=pages,
        total=voice.count * pages,
        previous="?page=1" if voice.count else None,
        next="?page=3" if voice.count else None,
        links=(p.Link("1", "?page=1"), p.Link("2", "?page=2", current=True), None, p.Link("9", "?page=9")),
    )
    return p.ColumnPage(
        title=voice.say("通知公告"),
        canonical=url_of("notice/"),
        feed="/notice/feed.atom",
        meta=p.Meta((("ColumnName", voice.say("通知公告")), ("ColumnType", voice.say("通知公告")))),
        teasers=_some_pictured(teasers(voice, unit=True, number=True)),
        is_pictured=True,
        pager=pager,
        siblings=links(voice, ("政务动态", "通知公告", "政策文件", "规划计划", "人事信息")),
        note="" if voice.count else voice.say("本单位没有这类信息：没有行政处罚权。"),
        share=_SHARE if voice.count else None,
        faults=_faults(voice) if voice.count else None,
    )


def _body(voice: Voice) -> Markup:
    """Write a body as the cleaner would let it pass."""
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            n, voice.say("每两周至少更新一次"), UNITS[n % 8]
        )
        for n in range(1, voice.count + 1)
    )
    head = Markup("<thead><tr><th>序号</th><th>要求</th><th>责任单位</th></tr></thead>")
    table = Markup('<table tabindex="0">{}<tbody>{}</tbody></table>').format(head, rows)
    paragraphs = Markup("").join(Markup("<p>{}</p>").format(voice.say(SUMMARY)) for _ in range(voice.count))
    items = Markup("<ol><li>{}</li><li>{}</li></ol>").format(
        voice.say("健全组织机构。"), voice.say("明确责任分工。")
    )
    heading = Markup("<h2>一、{}</h2>").format(voice.say("提高认识，加强领导"))
    return paragraphs + heading + items + table if voice.count else escape("")


def _data(voice: Voice) -> tuple[a.DataRow, ...]:
    rows = {
        "索引号": "33032400/2026-00018",
        "发布机构": "永嘉县人民政府办公室",
        "文号": "永政办发〔2026〕18号",
        "成文日期": "2026-11-20",
        "主题分类": "政务公开",
        "有效性": "有效",
    }
    return tuple(a.DataRow(voice.say(term), voice.say(value)) for term, value in rows.items())


_SHARE = p.Share(url_of("s/a2k7"), "/s/a2k7.svg", "/s/a2k7.png")


def _faults(voice: Voice) -> p.Faults:
    return p.Faults(
        "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3303240001&url=x",
        voice.say("0577-0000 0003"),
        "mailto:sljlxr@yj.gov.cn?subject=x",
    )


def _article(voice: Voice) -> a.ArticlePage:
    say = voice.say
    return a.ArticlePage(
        title=say(TITLES[1]),
        canonical=url_of("documents/2026/11/18.html"),
        description=say(SUMMARY),
        meta=p.Meta(
            (
                ("ArticleTitle", say(TITLES[1])),
                ("PubDate", "2026-11-24 10:05"),
                ("ContentSource", say("县府办")),
            )
        ),
        trail=(p.Link(say("政策文件"), "/documents/"),),
        body=_body(voice),
        published_at=NOON,
        source=say("永嘉县人民政府办公室"),
        unit=p.Link(say("县府办"), "/u/xfb/"),
        column=p.Link(say("政策文件"), "/documents/"),
        document_number=say("永政办发〔2026〕18号"),
        formed_on=date(2026, 11, 20),
        archived_of=say("老年大学") if voice.count else "",
        corrected_at=NOON if voice.count else None,
        correction=say(SUMMARY) if voice.count else "",
        invalid_since=date(2026, 11, 23) if voice.count else None,
        successor=p.Link(say(TITLES[2]), "/documents/2026/11/20.html") if voice.count else None,
        validity="abolished" if voice.count else "valid",
        validity_label=say("已废止") if voice.count else "",
        period=a.NoticePeriod(NOON, NOON, say("县府办"), "running", 3) if voice.count else None,
        answers=say(SUMMARY) if voice.count else "",
        relations=((say("已被以下文件废止"), links(voice, TITLES[:2])),) if voice.count else (),
        data=_data(voice) if voice.count else (),
        attachments=_files(voice),
        previous=p.Link(say(TITLES[4]), "/documents/2026/11/17.html") if voice.count else None,
        next=p.Link(say(TITLES[6]), "/documents/2026/11/19.html") if voice.count else None,
    )


def _files(voice: Voice) -> tuple[a.AttachmentLink, ...]:
    titles = ("重点栏目内容保障任务分解表", "子网站信息员登记表")
    tables = (
        a.AttachmentLink(voice.say(f"{titles[n % 2]}.xlsx"), f"/files/{n}.xlsx", "Excel", 48_231 * (n + 1))
        for n in range(min(voice.count, 30) // 3)
    )
    return (*tables, *seen_files(voice))
