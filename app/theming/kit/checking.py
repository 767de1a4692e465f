"""flask themes check: every page and sample in a theme, and what is wrong by file and line."""

import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, TemplateError, TemplateSyntaxError, UndefinedError

from app.display.mode import Mode
from app.theming.kit.flaws import Flaw
from app.theming.kit.markup import markup_flaws
from app.theming.kit.stylesheets import stylesheet_flaws
from app.theming.manifest import ThemeError
from app.theming.pages import Page, Site
from app.theming.registry import Registry
from app.theming.render import draw
from app.theming.samples.pages import sample_pages, sample_site
from app.theming.samples.voices import VOICES, Voice
from app.theming.theme import Theme
from app.theming.toolbar import toolbar_of

_CHOSEN = Mode(elder=True, contrast="y")


def flaws_of(themes: Registry, name: str) -> list[Flaw]:
    """Return what is wrong with a theme, each mistake once however many pages show it."""
    theme = themes.themes[name]
    found = {*_unreadable(theme, themes.environments[name]), *stylesheet_flaws(theme)}
    for page, site in samples(name):
        found.update(_flaws_of_page(themes, theme, page, site))
    return sorted(found)


def samples(theme: str, palette: str = "") -> Iterator[tuple[Page, Site]]:
    """Yield every page in every voice, and the ordinary ones once more as an elder has chosen to see them."""
    for voice in VOICES:
        for page in sample_pages(voice):
            site = site_of(page, voice, theme, palette)
            yield page, site
            if voice is VOICES[0]:
                yield page, replace(site, toolbar=toolbar_of("/", _CHOSEN))


def site_of(page: Page, voice: Voice, theme: str, palette: str = "") -> Site:
    """Return the subsite that a sample belongs to: the front page of a unit is a department's."""
    kind = "department" if page.template == "home.html" else "portal"
    return sample_site(voice, kind=kind, theme=theme, palette=palette)


def _unreadable(theme: Theme, environment: Environment) -> Iterator[Flaw]:
    """Compile every template, used or not."""
    folder = theme.folder / "templates"
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        try:
            environment.compile(path.read_text("utf-8"), name, str(path))
        except TemplateSyntaxError as error:
            yield Flaw(f"{theme.name}/templates/{name}", error.lineno, _in_chinese(error))


def _flaws_of_page(themes: Registry, theme: Theme, page: Page, site: Site) -> Iterator[Flaw]:
    try:
        html = draw(themes, page, site)
    except (TemplateError, ThemeError, ValueError, TypeError) as error:
        file, line = _place(error, theme.folder.parent) or (f"{theme.name}/templates/{page.template}", 0)
        yield Flaw(file, line, _in_chinese(error))
        return
    for says in markup_flaws(page, site, html):
        yield Flaw(f"{theme.name}/templates/{page.template}", 0, says)


def _place(error: Exception, folder: Path) -> tuple[str, int] | None:
    """Find the innermost line of a template in a traceback, in which Jinja names templates as files."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return _below(error.filename, folder), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.lineno or 0) for frame in frames if frame.filename.endswith(".html")]
    return (_below(places[-1][0], folder), places[-1][1]) if places else None


def _below(file: str, folder: Path) -> str:
    path = Path(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else file


def _in_chinese(error: Exception) -> str:
    match error:
        case UndefinedError():
            said = "用了页面里没有的名称，请对照 app/theming 里的页面类"
        case TemplateSyntaxError():
            said = "模板写法有误"
        case ThemeError():
            return str(error)
        case _:
            said = "画不出这个页面"
    return f"{said}：{error}"
