"""Every theme shows what a unit chose beside what the county fixes, and nothing of it can act."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.look.blocks import KINDS
from app.theming import registry
from app.theming.home_pages import HomePage
from app.theming.look_parts import Banner, Logo, Look
from app.theming.render import render
from app.theming.samples.pages import sample_pages, sample_site
from app.theming.samples.voices import VOICES

ROOT = Path(__file__).parent.parent.parent.parent
THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml"))
LOOK = Look(
    Logo("/look/files/a-60.svg", 60, 60, '"><script>'),
    Banner("/look/files/b-960.webp", 960, 240, "秋景", (("image/webp", "/look/files/b-960.webp 960w"),)),
    ("办公时间：工作日<script>",),
)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_the_units_look_on_its_pages(theme: str) -> None:
    app = Flask("look", static_folder=None)
    registry.init_app(app)
    with app.app_context():
        for kind, name in (
            ("department", "HomePage"),
            ("portal", "PortalHomePage"),
            ("department", "ColumnPage"),
        ):
            page = next(one for one in sample_pages(VOICES[0]) if type(one).__name__ == name)
            site = replace(sample_site(VOICES[0], kind=kind, theme=theme), look=LOOK)

            html = render(page, site)

            assert html.count('class="logo"') == 1
            assert "办公时间：工作日&lt;script&gt;" in html
            assert ('alt="秋景"' in html) is (name != "ColumnPage")
            assert "我为政府网站找错" in html


@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_of_block_is_drawn(theme: str) -> None:
    app = Flask("look", static_folder=None)
    registry.init_app(app)
    page = next(one for one in sample_pages(VOICES[0]) if isinstance(one, HomePage))
    drawn = {one.kind for one in page.blocks}

    assert drawn | {"columns"} == set(KINDS)  # That kind becomes a block for each column.
    for kind in drawn:
        assert (ROOT / "themes" / "base" / "templates" / "parts" / "blocks" / f"{kind}.html").is_file()
    with app.app_context():
        html = render(replace(page, is_arranged=True), sample_site(VOICES[0], kind="department", theme=theme))
    assert html.index("正在公示") < html.index("联系我们")
