"""Made-up pages of units' profiles, leaders and offices, in every condition a theme must stand."""

from markupsafe import Markup, escape

from app.core.pictures import Picture
from app.theming import pages as p
from app.theming import profile_pages as q
from app.theming.article_pages import DataRow
from app.theming.samples.voices import SUMMARY, TITLES, UNITS, Voice, links, teasers, url_of

NAMES = ("张三演", "李四演", "王五演")
OFFICES = ("办公室", "水政水资源科", "水利工程质量监督站")


def profile_pages(voice: Voice) -> tuple[p.Page, ...]:
    """Make one page of every class of this area."""
    say, siblings = voice.say, links(voice, ("单位概况", "领导班子", "内设机构"))
    one_page = p.Pager(page=1, pages=1, total=voice.count, previous=None, next=None, links=())
    return (
        q.ProfilePage(
            title=say("单位概况"),
            canonical=url_of("dwgk/"),
            facts=_facts(voice),
            duties=_paragraph(voice),
            map=_map(voice) if voice.count else None,
            siblings=siblings,
        ),
        q.LeadersPage(
            title=say("领导班子"), canonical=url_of("ldbz/"), leaders=_leaders(voice), siblings=siblings
        ),
        q.OfficesPage(
            title=say("内设机构"), canonical=url_of("nsjg/"), offices=_offices(voice, 2), siblings=siblings
        ),
        q.UnitsOverviewPage(
            title=say("机构总览"), canonical=url_of("jgzl/"), groups=_units(voice), pager=one_page
        ),
        q.CountyLeadersPage(
            title=say("领导之窗"),
            canonical=url_of("ldzc/"),
            groups=tuple(
                q.UnitLeaders(p.Link(say(UNITS[n % len(UNITS)]), f"/u/{n}/"), _leaders(voice)[:2])
                for n in range(voice.count)
            ),
            pager=one_page,
        ),
    )


def _map(voice: Voice) -> q.MapFigure:
    picture = Picture("/pictures/8.png", 1200, 900, "/pictures/8-480.png 480w", says=voice.say("位置地图"))
    return q.MapFigure(picture, voice.say("浙S（2026）12号"))


def _paragraph(voice: Voice) -> Markup:
    return Markup("<p>{}</p>").format(voice.say(SUMMARY)) if voice.count else escape("")


def _facts(voice: Voice) -> tuple[DataRow, ...]:
    said = {"办公地址": "北城街道县前路", "联系电话": "0577-0000 0003", "办公时间": "工作日 8:30—17:30"}
    return tuple(DataRow(term, voice.say(value)) for term, value in said.items()) if voice.count else ()


def _leaders(voice: Voice) -> tuple[q.LeaderCard, ...]:
    return tuple(
        q.LeaderCard(
            name=voice.say(NAMES[n % len(NAMES)]),
            post=voice.say("党组书记、局长" if n == 0 else "副局长"),
            division=voice.say("主持全面工作，分管办公室。"),
            resume=_paragraph(voice),
            portrait=_portrait(voice, n),
            speeches=teasers(voice)[: n * 2],
        )
        for n in range(voice.count)
    )


def _portrait(voice: Voice, number: int) -> Picture | None:
    """Make a portrait in sizes for the first leader, one of which nothing is known for the second."""
    says = voice.say(NAMES[number % len(NAMES)])
    small = ("/pictures/9-480.jpg 480w, /pictures/9.jpg 1200w", "/pictures/9-480.webp 480w")
    return (
        Picture("/pictures/9.jpg", 1200, 1600, *small, says),
        Picture("/pictures/7.jpg", says=says),
        None,
    )[min(number, 2)]


def _offices(voice: Voice, depth: int) -> tuple[q.OfficeCard, ...]:
    return tuple(
        q.OfficeCard(
            name=voice.say(OFFICES[n % len(OFFICES)]),
            sort="内设机构",
            facts=_facts(voice),
            duties=voice.say(SUMMARY),
            under=_offices(voice, depth - 1)[:2] if depth and n == 0 else (),
        )
        for n in range(min(voice.count, 20))
    )


def _units(voice: Voice) -> tuple[q.UnitProfiles, ...]:
    units = tuple(
        q.UnitProfile(
            unit=p.Link(voice.say(UNITS[n % len(UNITS)]), f"/u/{n}/"),
            duties=voice.say(TITLES[n % len(TITLES)]),
            address=voice.say("北城街道县前路"),
            phone=voice.say("0577-0000 0003"),
            links=links(voice, ("单位概况", "领导班子"))[:3],
        )
        for n in range(voice.count)
    )
    return (q.UnitProfiles(voice.say("县直部门"), units),) if units else ()
