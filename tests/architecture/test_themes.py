"""Rules that every theme keeps, on every kind of page, however much or little it holds."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import html5lib
import lxml.html
import pytest
from flask import Flask
from lxml.html import HtmlElement

from app.display.mode import Mode
from app.theming import registry
from app.theming.colours import contrast
from app.theming.form_pages import FormPage
from app.theming.home_pages import HomePage
from app.theming.pages import Block, Link, Page, PortalHomePage, Site
from app.theming.palettes import ENOUGH_CONTRAST, TEXT_PAIRS
from app.theming.render import render
from app.theming.samples.pages import sample_pages, sample_site
from app.theming.samples.voices import VOICES, Voice
from app.theming.toolbar import toolbar_of

ROOT = Path(__file__).parent.parent.parent
THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml"))
PAGES = sorted(page.__name__ for page in Page.__subclasses__())
MOST_LINES = 120
#: What the records in the foot lead to (ZY-09).
RECORDS = {"https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/"}


@cache
def the_app() -> Flask:
    """Return one application for all these tests: reading the themes once is what happens in life too."""
    app = Flask("themes", static_folder=None)
    registry.init_app(app)
    return app


@pytest.fixture(autouse=True)
def _in_the_app() -> Iterator[None]:
    with the_app().app_context():
        yield


def drawn(theme: str, voice: Voice, name: str) -> tuple[Page, Site, str]:
    """Render a sample on the site it belongs to."""
    page = next(page for page in sample_pages(voice) if type(page).__name__ == name)
    kind = "department" if isinstance(page, HomePage) else "portal"
    site = sample_site(voice, kind=kind, theme=theme)
    return page, site, render(page, site)


def parsed(html: str) -> HtmlElement:
    return lxml.html.document_fromstring(html)


def found(within: HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds; it always finds nodes or strings here, which its types cannot know."""
    return cast("list[Any]", within.xpath(path))


def text_of(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def test_every_page_has_samples_in_every_voice() -> None:
    for voice in VOICES:
        assert sorted(type(page).__name__ for page in sample_pages(voice)) == PAGES


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
@pytest.mark.parametrize("theme", THEMES)
def test_a_page_is_whole_and_safe(theme: str, voice: Voice, name: str) -> None:
    page, site, html = drawn(theme, voice, name)

    document = parsed(html)

    assert document.get("lang") == "zh-CN"
    headings = found(document, "//h1")
    assert [text_of(heading) for heading in headings] == [" ".join(page.title.split())]
    assert text_of(found(document, "//title")[0]).startswith(text_of(headings[0]))
    assert site.name in found(document, "//title")[0].text
    ids = found(document, "//@id")
    assert len(ids) == len(set(ids))
    assert found(document, "//main[@id='main']")
    assert found(document, "//a[@class='skip'][@href='#main']")
    assert not found(document, "//style|//iframe|//@style")
    _has_no_form_but_the_protected_one(page, document)
    assert not [name for name in found(document, "//@*/..") for key in name.attrib if key.startswith("on")]
    assert not found(document, "//img[not(@alt)]")
    assert not found(document, "//*[self::a or self::h1 or self::h2 or self::h3][not(normalize-space())]")
    loaded = found(document, "//link[@rel='stylesheet' or @rel='icon']/@href | //@src")
    own = (f"/static/{theme}/", "/static/visitors/")
    # The square picture of a short address is the subsite's own too, and so are its articles' files.
    assert all(address.startswith((*own, "/s/", "/files/", "/pictures/")) for address in loaded)


def _has_no_form_but_the_protected_one(page: Page, document: HtmlElement) -> None:
    """Find a script and a form on a page for visitors' forms only, and there with what protects it."""
    forms = found(document, "//form[not(@method='get')]")
    scripts = found(document, "//script[not(contains(@src, '/reading.js'))]")
    if not isinstance(page, FormPage):
        assert not forms + scripts
        return
    assert [(form.get("method"), form.get("action")) for form in forms] == [("post", page.action)]
    assert [script.get("src") for script in scripts] == [page.protection.script]
    assert not found(document, "//script//text()")
    assert found(document, "//form//input[@name='form_token']/@value") == [page.protection.token]
    labelled = set(found(forms[0], ".//label/@for"))
    assert {one.get("id") for one in found(forms[0], ".//input[@type!='hidden']|.//textarea")} == labelled


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_page_is_valid_html(theme: str, name: str) -> None:
    html5lib.HTMLParser(strict=True).parse(drawn(theme, VOICES[0], name)[2])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_markup_in_a_text_stays_text(theme: str, name: str) -> None:
    hostile = next(voice for voice in VOICES if voice.name == "hostile")

    document = parsed(drawn(theme, hostile, name)[2])

    scripts = 1 if name == "FormPage" else 0  # The one that protects the form.
    assert len(found(document, "//script[not(contains(@src, '/reading.js'))]")) == scripts
    sources = [str(one) for one in found(document, "//img/@src")]
    assert all(one.startswith(("/s/", "/files/", "/pictures/")) for one in sources)
    assert not found(document, "//img[not(@src)]|//@onerror")
    assert "49" not in text_of(found(document, "//h1")[0])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_foot_names_all_that_it_must(theme: str, name: str) -> None:
    """ZY-09: fault report, site code, sponsor with contact, both records, site map, on every page."""
    _, site, html = drawn(theme, VOICES[0], name)
    footer = site.footer

    foot = found(parsed(html), "//footer")[0]

    said = text_of(foot)
    must = (
        footer.sponsor,
        footer.organizer,
        footer.site_code,
        footer.icp,
        footer.police,
        footer.phone,
        footer.address,
    )
    assert [each for each in must if each not in said] == []
    links = set(found(foot, ".//a/@href"))
    assert RECORDS | {footer.fault_report.url, site.manage} | {link.url for link in footer.links} <= links


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_head_has_the_tags_that_inspectors_read(theme: str, name: str) -> None:
    page, site, html = drawn(theme, VOICES[0], name)

    document = parsed(html)

    tags = [(meta.get("name"), meta.get("content")) for meta in found(document, "//meta[@name]")]
    assert {
        ("SiteName", site.name),
        ("SiteDomain", site.domain),
        ("SiteIDCode", site.footer.site_code),
    } <= set(tags)
    assert set(page.meta.tags) <= set(tags)
    assert len(dict(tags)) == len(tags)
    assert found(document, "//link[@rel='canonical']/@href") == [page.canonical]
    assert bool(found(document, "//link[@type='application/atom+xml']")) is bool(page.feed)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_wz_02_every_page_begins_with_the_bar_for_elders(theme: str, name: str) -> None:
    page, site, normal = drawn(theme, VOICES[0], name)
    bar = found(parsed(normal), "//nav[@class='tools']")[0]
    assert found(bar, "preceding::a[not(@class='skip')]|preceding::nav") == []
    assert found(bar, ".//a[contains(@href, '?mode=e')]")
    assert found(bar, ".//button[@data-speak][@hidden]")
    assert "elder.css" not in normal

    chosen = parsed(render(page, replace(site, toolbar=toolbar_of("/", Mode(elder=True, contrast="y")))))

    assert chosen.get("class") == "mode elder contrast contrast-yellow-on-black"
    sheets = found(chosen, "//link[@rel='stylesheet'][not(@media)]/@href")
    assert sheets[-1].endswith("/elder.css")


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_waits_for_two_stylesheets_at_most(theme: str) -> None:
    for name in PAGES:
        page, site, html = drawn(theme, VOICES[0], name)
        dressed_as = registry.registry().themes[theme]
        own = [dressed_as.asset_url(page.stylesheet)] if page.stylesheet else []

        waited_for = found(parsed(html), "//link[@rel='stylesheet'][not(@media='print')]/@href")

        assert waited_for == [dressed_as.stylesheet_url(site.palette), *own]


@pytest.mark.parametrize("theme", THEMES)
def test_where_the_visitor_is_can_be_heard(theme: str) -> None:
    for page in sample_pages(VOICES[0]):
        document = parsed(drawn(theme, VOICES[0], type(page).__name__)[2])
        assert found(document, "//nav[@aria-label='主菜单']//a[@aria-current='page']")
        is_home = isinstance(page, HomePage | PortalHomePage)
        assert bool(found(document, "//nav[@aria-label='当前位置']//li[@aria-current='page']")) is not is_home
        times = found(document, "//time")
        assert [
            time.text for time in times if not re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", time.text)
        ] == []
        assert all(time.get("datetime") for time in times)


@pytest.mark.parametrize("theme", THEMES)
def test_a_list_with_nothing_says_so(theme: str) -> None:
    empty = next(voice for voice in VOICES if voice.name == "empty")

    for name in ("HomePage", "PortalHomePage", "ColumnPage", "DirectoryPage", "SiteMapPage"):
        assert 'class="empty"' in drawn(theme, empty, name)[2]


@pytest.mark.parametrize("theme", THEMES)
def test_a_front_page_does_not_tell_its_first_story_twice_beside_itself(theme: str) -> None:
    page, site, _ = drawn(theme, VOICES[0], "PortalHomePage")
    assert isinstance(page, PortalHomePage)
    first = page.news.teasers[0]

    document = parsed(render(replace(page, lead=first), site))

    assert len(found(document, f"//article[contains(@class, 'lead')]//a[@href='{first.url}']")) == 1
    assert not found(document, f"//section[contains(@class, 'block-news')]//a[@href='{first.url}']")
    alone = replace(page, lead=first, news=replace(page.news, teasers=(first,)))
    assert found(
        parsed(render(alone, site)), f"//section[contains(@class, 'block-news')]//a[@href='{first.url}']"
    )


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_site_does_not_have_leaves_no_heading(theme: str) -> None:
    page, site, _ = drawn(theme, VOICES[0], "PortalHomePage")
    assert isinstance(page, PortalHomePage)
    missing = Block(Link("", ""), (), "policy")

    html = render(replace(page, documents=missing, disclosure=()), site)

    assert "block-policy" not in html
    assert "<h2" in html
    assert "entrance" not in html


@pytest.mark.parametrize("theme", THEMES)
def test_the_statutory_content_can_be_linked_to(theme: str) -> None:
    assert found(parsed(drawn(theme, VOICES[0], "DisclosurePage")[2]), "//h2[@id='statutory']")


@pytest.mark.parametrize("theme", THEMES)
def test_palettes_are_few_in_colour_and_can_be_read(theme: str) -> None:
    """ZY-10, and WCAG 2.2 on every pair that carries text."""
    palettes = registry.registry().themes[theme].palettes

    assert len(palettes) >= 2
    for palette in palettes.values():
        assert len({palette.primary, *palette.secondary}) <= 3
        assert [scheme for scheme, _ in palette.schemes()] == ["浅色", "深色"]
        for scheme, tokens in palette.schemes():
            for text, ground in TEXT_PAIRS:
                ratio = contrast(tokens[text], tokens[ground])
                assert ratio >= ENOUGH_CONTRAST, (palette.name, scheme, text, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_stylesheets_take_every_colour_from_the_palette(theme: str) -> None:
    tokens = set(next(iter(registry.registry().themes[theme].palettes.values())).tokens)
    for path in (ROOT / "themes" / theme / "static").glob("*.css"):
        css = path.read_text("utf-8")
        # Paper is black on white, and a mask has no colour of its own.
        screen = "" if path.name == "print.css" else re.sub(r"mask-image:[^;]*;", "", css)
        assert not re.findall(r"#[0-9a-f]{3,8}\b", screen), path
        own = set(re.findall(r"(?<![\w-])--([a-z0-9-]+):", css)) | {"sans", "serif", "gap", "round", "shade"}
        assert set(re.findall(r"var\(--([a-z0-9-]+)\)", css)) <= tokens | own, path
        assert "@import" not in css
        assert "http" not in css


def test_themes_hold_no_code_and_keep_the_escaping() -> None:
    for path in (ROOT / "themes").rglob("*"):
        assert path.suffix not in {".py", ".js"}, path
        if path.suffix == ".html":
            template = path.read_text("utf-8")
            assert "autoescape" not in template, path
            assert len(template.splitlines()) <= MOST_LINES, path
