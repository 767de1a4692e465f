"""A made-up front page of a unit, with a block of every kind."""

from app.theming.home_pages import HomeBlock, HomePage
from app.theming.pages import Link, Share
from app.theming.samples.voices import TITLES, UNITS, Voice, entrances, links, pictured, teasers, url_of

COLUMNS = (("政务动态", "news"), ("通知公告", "notice"), ("政策解读", "interpretation"), ("规划计划", "plan"))


def home_page(voice: Voice, name: str) -> HomePage:
    """Make a unit's front page; where there is nothing it has what no unit can be without."""
    return HomePage(
        title=name,
        canonical=url_of(),
        feed="/feed.atom",
        blocks=(*_news(voice), *_side(voice)),
        clarifications=teasers(voice)[:2],
        share=Share(url_of("s/s2k7"), "/s/s2k7.svg", "/s/s2k7.png"),
    )


def _news(voice: Voice) -> tuple[HomeBlock, ...]:
    if not voice.count:
        return ()
    listed = tuple(
        _block(voice, "column", title, type=kind, teasers=teasers(voice, shift=len(kind)))
        for title, kind in COLUMNS
    )
    return (
        _block(voice, "lead", "头条", teasers=teasers(voice)[:1]),
        _block(voice, "photos", "图片新闻", type="news", teasers=pictured(teasers(voice))[:6]),
        *listed,
        _block(voice, "notices", "正在公示", type="notice", teasers=teasers(voice, shift=3)[:5]),
        _block(voice, "documents", "政策文件", type="policy", teasers=teasers(voice, number=True)),
        _block(voice, "hearings", "听证征集", type="interaction", teasers=teasers(voice, shift=5)[:5]),
        _block(voice, "topics", "专题", area="wide", links=links(voice, TITLES[:4])),
        _block(voice, "links", "友情链接", area="wide", groups=_friends(voice)),
    )


def _side(voice: Voice) -> tuple[HomeBlock, ...]:
    pages = links(voice, ("单位概况", "领导信息", "内设机构", "联系我们"))
    county = _block(
        voice, "county", "县门户要闻", area="side", type="news", teasers=teasers(voice, unit=True)
    )
    return (
        _block(voice, "services", "办事与互动", area="side", links=links(voice, ("办事服务", "听证征集"))),
        _block(voice, "disclosure", "政府信息公开", area="side", links=entrances(voice)),
        *((_block(voice, "pages", "关于本单位", area="side", links=pages),) if pages else ()),
        _block(voice, "contact", "联系我们", area="side"),
        *((county,) if voice.count else ()),
    )


def _friends(voice: Voice) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    return ((voice.say("政府网站"), links(voice, UNITS)), (voice.say("其他网站"), links(voice, UNITS[:3])))


def _block(voice: Voice, kind: str, title: str, *, area: str = "main", **holds: object) -> HomeBlock:
    heading = Link(voice.say(title), f"/{kind}/" if "teasers" in holds else "")
    return HomeBlock(kind=kind, heading=heading, area=area, **holds)  # type: ignore[arg-type]  # A field of the block each.
