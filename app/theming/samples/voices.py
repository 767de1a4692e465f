"""How samples sound and how many things they hold: made-up links, articles and units in every condition."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.core.pictures import Picture
from app.theming import pages as p

NOON = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
TITLES = (
    "我县召开楠溪江流域综合治理工作推进会",
    "永嘉县人民政府办公室关于加强县政府门户网站建设工作的通知",
    "停水通知",
    "县水利局组织开展冬春农田水利建设巡查",
    "关于公布2026年度永嘉县“最美乡村医生”名单的公告",
    "上塘中心城区道路交通组织优化方案公开征求意见",
    "岩头镇丽水街古建筑群修缮工程进入收尾阶段，预计年底前重新向游客开放",
    "2026年永嘉县事业单位公开招聘工作人员面试公告",
    "县政府常务会议研究部署岁末年初安全生产工作",
    "永嘉县2026年第三批拟补助农机购置名单公示",
)
UNITS = (
    "县水利局",
    "岩头镇",
    "县教育局",
    "桥头镇",
    "县住房和城乡建设局",
    "枫林镇",
    "县卫生健康局",
    "瓯北街道",
)
SUMMARY = (
    "会议强调，要坚持系统治理、源头治理，以一江清水两岸青山为目标，压实河湖长责任，统筹防洪、生态与富民。"
)


@dataclass(frozen=True)
class Voice:
    """How the texts of a set of samples sound, and how many things each list holds."""

    name: str
    count: int
    say: Callable[[str], str]


#: What somebody could write into a field to break out of it, to push it wide, or to turn the line around.
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}&"
UNBROKEN = "W" * 60
BACKWARDS = "\u202eمرحبا\u2067"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\u0e49\u0e49\u0e49"
UNSEEN = "\u200b\u2060\ufeff\u00ad"

VOICES = (
    Voice("ordinary", 8, lambda text: text),
    Voice("empty", 0, lambda text: text),
    Voice("huge", 40, lambda text: (text + "关于进一步加强和改进有关工作的实施意见")[:24] * 2 + "A" * 30),
    Voice(
        "hostile",
        3,
        lambda text: f"{MARKUP}{UNBROKEN}{BACKWARDS}{FAMILY}{UNSEEN}{text}",
    ),
)


#: Beyond this many, a voice means too many: lists repeat themselves to reach the number.
_MANY = 20


def url_of(path: str = "") -> str:
    """Return an absolute address on the sample portal."""
    return f"http://www.yj.localhost/{path}"


def links(voice: Voice, titles: tuple[str, ...]) -> tuple[p.Link, ...]:
    """Make a link of each title, or as many as the voice wants where it wants too many."""
    wanted = voice.count if voice.count > _MANY else min(voice.count, len(titles))
    return tuple(p.Link(voice.say(titles[n % len(titles)]), f"/l{n}/?a=1&b=2") for n in range(wanted))


def teasers(
    voice: Voice, *, unit: bool = False, number: bool = False, shift: int = 0
) -> tuple[p.Teaser, ...]:
    """Make a list of articles, with units and document numbers where asked."""

    def teaser(n: int) -> p.Teaser:
        name = UNITS[n % len(UNITS)]
        return p.Teaser(
            title=voice.say(TITLES[(n + shift) % len(TITLES)]),
            url=f"/news/2026/11/{n}.html",
            published_at=NOON - timedelta(hours=7 * n),
            summary=voice.say(SUMMARY),
            unit=p.Link(voice.say(name), f"/u/{n}/") if unit else None,
            also=(p.Link(voice.say("县应急管理局"), "/u/x/"), p.Link(voice.say("县气象局"), "/u/y/"))
            if unit and n == 1
            else (),
            document_number=voice.say(f"永政办发〔2026〕{30 - n}号") if number else "",
            is_pinned=n == 0 and number,
        )

    return tuple(teaser(n) for n in range(voice.count))


def pictured(listed: tuple[p.Teaser, ...]) -> tuple[p.Teaser, ...]:
    """Give articles a picture, in two sizes."""
    shown = Picture("/files/1.jpg", 1200, 800, "/files/1-480.jpg 480w", "/files/1-480.webp 480w")
    return tuple(replace(one, picture=shown) for one in listed)


def block(voice: Voice, title: str, type_: str, *, unit: bool = False, number: bool = False) -> p.Block:
    """Make a heading with articles under it."""
    listed = teasers(voice, unit=unit, number=number, shift=len(type_))
    return p.Block(p.Link(voice.say(title), f"/{type_}/"), listed, type_)


def entrances(voice: Voice) -> tuple[p.Link, ...]:
    """Make the four blocks of disclosure, which are there whatever the voice."""
    titles = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
    return tuple(p.Link(voice.say(title), f"/xxgk/{n}/") for n, title in enumerate(titles))


def unit_groups(voice: Voice) -> tuple[p.UnitGroup, ...]:
    """Make the units of two kinds, one of them with a site of its own elsewhere."""

    def group(title: str, names: tuple[str, ...]) -> p.UnitGroup:
        cards = tuple(
            p.UnitCard(
                name=voice.say(names[n % len(names)]),
                url=f"http://u{n}.yj.localhost/",
                phone=voice.say(f"0577-0000 {1000 + n}"),
                address=voice.say("北城街道县前路"),
                is_external=n == 1,
            )
            for n in range(voice.count * 2)
        )
        return p.UnitGroup(voice.say(title), cards, count=len(cards))

    return tuple(
        group(*each) for each in (("乡镇街道", UNITS[1::2]), ("县政府部门", UNITS[::2]))[: voice.count]
    )
