"""A sample of the page of a search, in every voice."""

from datetime import timedelta

from app.theming import search_pages as p
from app.theming.pages import Link, Page, Pager
from app.theming.samples.voices import NOON, SUMMARY, TITLES, UNITS, Voice, links, url_of


def search_page(voice: Voice) -> Page:
    """Make a page of results; where there is nothing to list, the page that says what to try."""
    say = voice.say
    return p.SearchPage(
        title=say("“水利”的搜索结果"),
        canonical=url_of("search"),
        query=say("水利"),
        action="/search",
        told=f"找到 {voice.count} 条",
        notices=(say("没有同时包含全部词语的信息，下面只包含部分词语。"),),
        cards=(
            p.SearchCard(
                say("单位"),
                say("县水利局"),
                "/u/slj/",
                ((say("电话"), say("0577-0000 1000")),),
                is_external=True,
            ),
        )[: voice.count],
        hits=tuple(_hit(voice, n) for n in range(voice.count)),
        facets=_facets(voice),
        orders=(Link("按相关度", "?q=a", current=True), Link("按时间", "?q=a&sort=date")),
        pager=Pager(
            1, 2, 30, None, "?q=a&page=2", (Link("1", "?q=a", current=True), Link("2", "?q=a&page=2"))
        )
        if voice.count
        else None,
        meant=links(voice, ("水利局",)),
        related=links(voice, ("农田水利", "饮用水")),
        elsewhere=links(voice, ("在全县搜索",)),
        advice=() if voice.count else (say("换一个更短的词。"), say("只输入文号中的年份和序号。")),
    )


def _hit(voice: Voice, n: int) -> p.SearchHit:
    title = voice.say(TITLES[n % len(TITLES)])
    return p.SearchHit(
        title=(p.Piece(title[:2], is_marked=True), p.Piece(title[2:])),
        url=f"/news/2026/11/{n}.html",
        published_at=NOON - timedelta(days=n),
        excerpt=(p.Piece(voice.say(SUMMARY)), p.Piece(voice.say("水利"), is_marked=True)),
        document_number=(p.Piece(voice.say("永政办发〔2026〕18号")),) if n % 2 else (),
        unit=Link(voice.say(UNITS[n % len(UNITS)]), f"/u/{n}/"),
        also=tuple(Link(voice.say(name), f"/u/{name}/") for name in UNITS[: n % 3]),
        column=voice.say("通知公告"),
        standing="已废止" if n == 1 else "",
        is_in_file=n == 2,  # noqa: PLR2004 - one of them
    )


def _facets(voice: Voice) -> tuple[p.Facet, ...]:
    def choices(titles: tuple[str, ...]) -> tuple[p.Choice, ...]:
        return tuple(p.Choice(link, 3) for link in links(voice, titles))

    chosen = p.Choice(Link("2026 年", "?q=a&year=2026", current=True), 3)
    return (
        p.Facet("单位", choices(UNITS)),
        p.Facet("类型", choices(("政务动态", "通知公告"))),
        p.Facet("年份", (chosen,), "?q=a"),
    )[: voice.count]
