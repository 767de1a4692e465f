"""The check of a page that a theme has drawn: what every page must have, and what none may have."""

from collections.abc import Iterator
from typing import cast

import lxml.html
from lxml.html import HtmlElement

from app.theming.form_pages import FormPage
from app.theming.pages import Page, Site

#: The page's data for search engines is not run, and the script of the toolbar is the subsite's own.
_FOREIGN_SCRIPTS = "//script[not(contains(@src, '/reading.js')) and not(@type='application/ld+json')]"


def markup_flaws(page: Page, site: Site, html: str) -> Iterator[str]:
    """Yield what is wrong with a page, each in a sentence that names what the theme has to do."""
    document = lxml.html.document_fromstring(html)
    yield from _headings(page, document)
    yield from _frame(site, document)
    yield from _safety(page, document)
    yield from _footer(site, document)


def _found(within: HtmlElement, path: str) -> list[HtmlElement]:
    return cast("list[HtmlElement]", within.xpath(path))


def _texts(within: HtmlElement, path: str) -> list[str]:
    return [str(text) for text in cast("list[object]", within.xpath(path))]


def _said(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _headings(page: Page, document: HtmlElement) -> Iterator[str]:
    headings = [_said(heading) for heading in _found(document, "//h1")]
    if headings != [" ".join(page.title.split())]:
        yield f"页面必须有且只有一个 h1，内容是 title；现在有 {len(headings)} 个。"
    titles = [_said(title) for title in _found(document, "//title")]
    if not titles or not titles[0].startswith(" ".join(page.title.split())):
        yield "title 元素必须以页面标题开头。"
    if _found(document, "//*[self::a or self::h2 or self::h3][not(normalize-space()) and not(.//img)]"):
        yield "有没有文字的链接或标题，读屏软件读不出来。"


def _frame(site: Site, document: HtmlElement) -> Iterator[str]:
    if document.get("lang") != "zh-CN":
        yield 'html 元素必须写 lang="zh-CN"。'
    if (document.get("class") or "") != site.toolbar.classes:
        yield "html 元素必须带 site.toolbar.classes，否则适老版不起作用（WZ-02）。"
    if not _found(document, "//main[@id='main']") or not _found(document, "//a[@href='#main']"):
        yield '必须有 <main id="main"> 和跳到正文的链接。'
    bars = _found(document, "//nav[@class='tools']")
    if not bars or _found(bars[0], "preceding::a[not(@class='skip')]|preceding::nav"):
        yield "页眉里最先要有 parts/toolbar.html（WZ-02）。"
    sheets = _texts(document, "//link[@rel='stylesheet'][not(@media)]/@href")
    if site.toolbar.classes and not (sheets and sheets[-1].endswith("/elder.css")):
        yield "elder.css 必须是最后一个样式。"
    repeated = _texts(document, "//@id")
    if len(repeated) != len(set(repeated)):
        yield "有重复的 id。"


def _safety(page: Page, document: HtmlElement) -> Iterator[str]:
    if _found(document, "//style|//iframe|//*[@style]"):
        yield "页面里不能有 style、iframe：请写到样式文件里。"
    if _found(document, "//*[@*[starts-with(name(), 'on')]]"):
        yield "页面里不能有 on… 事件属性。"
    allowed = 1 if isinstance(page, FormPage) else 0
    if len(_found(document, _FOREIGN_SCRIPTS)) > allowed:
        yield "主题不能带脚本。"
    if len(_found(document, "//form[not(@method='get')]")) > allowed:
        yield "只有表单页可以有提交的表单。"
    if _found(document, "//img[not(@alt)]"):
        yield "图片必须写 alt。"
    loaded = _texts(document, "//link[@rel='stylesheet' or @rel='icon']/@href | //@src")
    if foreign := [address for address in loaded if "//" in address]:
        yield f"不能从别处装载文件：{foreign[0]}。"


def _footer(site: Site, document: HtmlElement) -> Iterator[str]:
    """ZY-09: a theme may dress the foot; it may not shorten it."""
    footer = site.footer
    feet = _found(document, "//footer")
    said = _said(feet[0]) if feet else ""
    must = (footer.sponsor, footer.organizer, footer.site_code, footer.icp, footer.police, footer.phone)
    missing = [each for each in must if " ".join(each.split()) not in said]
    links = set(_texts(feet[0], ".//a/@href")) if feet else set()
    needed = {footer.fault_report.url, site.manage} | {link.url for link in footer.links}
    if missing or needed - links:
        yield f"页脚缺少必须有的内容（ZY-09）：{(missing or sorted(needed - links))[0]}。"
