"""Made-up pages of government information disclosure."""

from app.theming import disclosure_pages as d
from app.theming import pages as p
from app.theming.samples.voices import NOON, SUMMARY, UNITS, Voice, entrances, links, teasers, url_of

NODES = (
    "机关职能、机构设置",
    "规范性文件",
    "规划计划",
    "统计信息",
    "财政预算、决算",
    "行政许可",
    "应急管理",
)
AREAS = ("重大建设项目", "公共资源交易", "财政预决算", "安全生产", "义务教育", "社会救助")
ALONE = p.Pager(
    page=1, pages=1, total=0, previous=None, next=None, links=(p.Link("1", "?page=1", current=True),)
)


def disclosure_pages(voice: Voice) -> tuple[p.Page, ...]:
    """Make one page of every class."""
    say = voice.say
    entries = _entries(voice)
    return (
        _four_blocks(voice),
        d.CataloguePage(
            title=say("主动公开目录"),
            canonical=url_of("xxgk/catalogue/"),
            trail=(p.Link(say("政府信息公开"), "/xxgk/"),),
            unit=say("永嘉县水利局"),
            changed_on=NOON.date() if voice.count else None,
            groups=tuple(
                d.CatalogueGroup(say(title), entries) for title in ("机构信息", "政策法规")[: voice.count]
            ),
        ),
        d.CatalogueRowPage(
            title=say("机构职能"),
            canonical=url_of("xxgk/catalogue/0101/"),
            entry=_entry(voice, 0),
            teasers=teasers(voice),
            pager=ALONE,
            note="" if voice.count else say("这一行已经停用。"),
        ),
        d.AreasPage(
            title=say("基层政务公开标准化"),
            canonical=url_of("jczwgk/"),
            areas=tuple(d.AreaCard(link, 12 * n, n) for n, link in enumerate(links(voice, AREAS))),
        ),
        d.AreaPage(
            title=say("社会救助"),
            canonical=url_of("jczwgk/shjz/"),
            trail=(p.Link(say("基层政务公开标准化"), "/jczwgk/"),),
            entries=_entries(voice, unit=True),
            pager=ALONE,
            siblings=links(voice, AREAS),
        ),
    )


def _four_blocks(voice: Voice) -> p.Page:
    guide, rules, statutory, annual = entrances(voice)
    return d.DisclosurePage(
        title=voice.say("政府信息公开"),
        canonical=url_of("xxgk/"),
        guide=d.DisclosureBlock(guide, teasers(voice)[:1], voice.count),
        rules=d.DisclosureBlock(rules, teasers(voice, number=True)[:3], voice.count),
        statutory=tuple(
            d.DisclosureNode(
                heading=p.Link(link.title, link.url),
                count=(n * 7) % 23,
                source=voice.say("条例第二十条"),
                newest=NOON.date() if n else None,
                reason=voice.say("本单位没有行政许可事项。") if n == len(NODES) - 2 else "",
            )
            for n, link in enumerate(links(voice, NODES))
        )
        if statutory
        else (),
        annual=d.DisclosureBlock(annual, teasers(voice)[:4], voice.count),
        further=links(voice, ("主动公开目录", "基层政务公开标准化")),
    )


def _entries(voice: Voice, *, unit: bool = False) -> tuple[d.CatalogueEntry, ...]:
    return tuple(_entry(voice, n, unit=unit) for n in range(voice.count))


def _entry(voice: Voice, n: int, *, unit: bool = False) -> d.CatalogueEntry:
    say = voice.say
    return d.CatalogueEntry(
        code=f"{n:04}",
        first=say("机构信息"),
        second=p.Link(say(NODES[n % len(NODES)]), f"/xxgk/catalogue/{n:04}/"),
        content=say(SUMMARY),
        basis=say("政府信息公开条例第二十条（二）"),
        deadline=say("自信息形成或者变更之日起 20 个工作日内"),
        channels=say("政府网站、政务服务中心"),
        audience=say("全社会"),
        mode=say("主动公开"),
        level=say("县级"),
        count=n * 3,
        newest=NOON.date() if n else None,
        unit=p.Link(say(UNITS[n % len(UNITS)]), f"/u/{n}/") if unit else None,
    )
