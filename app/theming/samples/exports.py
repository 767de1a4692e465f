"""Made-up pages of downloads and of the public interface, in every voice."""

from app.theming import export_pages as p
from app.theming.pages import Link, Page, Pager
from app.theming.samples.voices import UNITS, Voice, url_of


def sample_outlets(voice: Voice) -> tuple[Page, ...]:
    """Make the pages of catalogues and of the public interface."""
    years = tuple(_part(voice, f"{year} 年", number * 7) for number, year in enumerate((2026, 2025, 2007), 1))
    return (
        p.DownloadPage(
            title=voice.say("公开目录下载"),
            canonical=url_of("xxgk/download/"),
            whole=_part(voice, "全部目录", 60_000 if voice.count else 0),
            years=years[: voice.count],
            units=tuple(Link(voice.say(name), url_of(f"{n}/")) for n, name in enumerate(UNITS))
            if voice.count
            else (),
            most_in_workbook=50_000,
            interface=Link(voice.say("开放接口"), "/api/"),
        ),
        _list(voice),
        p.InterfacePage(
            title=voice.say("开放接口"),
            canonical=url_of("api/"),
            endpoints=tuple(
                p.Endpoint(voice.say(title), voice.say("最新的在前。"), f"/api/v1/{n}")
                for n, title in enumerate(("信息列表", "公文", "单位"))
            )[: voice.count],
            document="/api/v1/openapi.json",
            catalogues=Link(voice.say("公开目录下载"), "/xxgk/download/"),
            rate=voice.say("每分钟 300 次"),
            filters=(("unit", voice.say("单位代码")), ("year", voice.say("发布年份"))),
        ),
    )


def _list(voice: Voice) -> p.CatalogueListPage:
    return p.CatalogueListPage(
        title=voice.say("政府信息公开目录清单"),
        canonical=url_of("xxgk/list/"),
        rows=tuple(
            p.CatalogueListRow(
                f"11330324MB100000{n}-{n:04}",
                Link(voice.say("关于做好防汛工作的通知"), url_of(f"tzgg/2026/06/{n}.html")),
                voice.say("要求各乡镇、县级各单位落实责任，备足物资。"),
                "2026-06-01",
            )
            for n in range(voice.count)
        ),
        pager=Pager(1, 1, voice.count, None, None, ()),
        units=tuple(Link(voice.say(name), url_of(f"{n}/")) for n, name in enumerate(UNITS))
        if voice.count
        else (),
    )


def _part(voice: Voice, title: str, number: int) -> p.CataloguePart:
    files = tuple(
        p.CatalogueFile(voice.say(label), url_of(f"xxgk/catalogue.{label.lower()}"), number * 420 + 1024)
        for label in ("CSV", "JSON")
    )
    return p.CataloguePart(voice.say(title), number, files)
