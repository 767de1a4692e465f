"""The kit tells a theme's author what is wrong, in Chinese, by file and line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.core.errors import RuleBroken
from app.theming.kit.checking import flaws_of
from app.theming.kit.cli import themes as commands
from app.theming.kit.preview import write_gallery
from app.theming.kit.starting import start_theme
from app.theming.palettes import TEXT_PAIRS
from app.theming.registry import Registry, folder_of, read_themes

Maker = Callable[[dict[str, str]], list[str]]
BLUE = "#1a4f8a"
LAYOUT = '{% extends "base/layout.html" %}\n'


@pytest.fixture
def wrong(dressed: Flask, tmp_path: Path) -> Maker:
    """Make a theme on the repository's base and return what the check says of it."""
    (tmp_path / "base").symlink_to(folder_of(dressed) / "base")

    def said(files: dict[str, str]) -> list[str]:
        made = start_theme(tmp_path, "near", "近", BLUE)
        for path, text in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, "utf-8")
        return [str(flaw) for flaw in flaws_of(read_themes(tmp_path), "near")]

    return said


def test_a_new_theme_has_nothing_wrong(wrong: Maker) -> None:
    assert wrong({}) == []


@pytest.mark.parametrize(
    ("file", "text", "place", "says"),
    [
        ("templates/column.html", LAYOUT + "{% block main %}\n{{ tiltle }}\n{% endblock %}", ":3", "tiltle"),
        ("templates/column.html", LAYOUT + "{% block main %}\n{% if %}", ":3", "模板写法有误"),
        ("templates/unused.html", "\n{{ title|safe }}", ":2", "模板写法有误"),
        ("templates/column.html", LAYOUT + "{{ asset('none.css') }}{% block x %}{% endblock %}", "", "h1"),
        (
            "templates/column.html",
            LAYOUT + "{% block main %}{{ asset('no.css') }}{% endblock %}",
            ":2",
            "no.css",
        ),
        ("templates/parts/footer.html", "<footer></footer>", "", "ZY-09"),
        ("templates/parts/toolbar.html", "", "", "WZ-02"),
        ("templates/parts/trail.html", '<p style="color: red" onclick="x">x</p>', "", "style"),
        ("templates/parts/trail.html", '<p onclick="x">x</p>', "", "on… 事件"),
        ("templates/parts/trail.html", "<script>x</script>", "", "脚本"),
        ("templates/parts/trail.html", '<img src="http://x.cn/a.png" alt="">', "", "http://x.cn/a.png"),
        ("templates/parts/trail.html", '<img src="/static/a.png">', "", "alt"),
        ("templates/parts/trail.html", '<p id="main">x</p>', "", "重复的 id"),
        ("templates/parts/trail.html", '<a href="/x"></a>', "", "没有文字"),
        ("static/site.css", "a {\n  color: #ff0000;\n}", "site.css:2", "#ff0000"),
        ("static/site.css", "a { color: var(--prmary); }", "site.css:1", "--prmary"),
        ("static/site.css", '\n\na { background: url("no.svg"); }', "site.css:3", "no.svg"),
        ("static/site.css", '@import "x.css";', "site.css:1", "不能引用"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    wrong: Maker, file: str, text: str, place: str, says: str
) -> None:
    found = wrong({file: text})

    assert [flaw for flaw in found if place in flaw and says in flaw], found
    if place.startswith(":"):
        assert [flaw for flaw in found if f"{file}{place}：" in flaw], found


def test_a_stylesheet_may_use_what_it_sets_itself_and_a_mask_may_have_any_colour(wrong: Maker) -> None:
    assert (
        wrong({"static/site.css": ":root { --own: 1rem; }\na { margin: var(--own); mask-image: x(#000); }"})
        == []
    )


@pytest.mark.parametrize(
    ("name", "title", "primary"),
    [
        ("Near", "近", BLUE),
        ("../near", "近", BLUE),
        ("near", "", BLUE),
        ("near", 'x"\n[y]', BLUE),
        ("near", "近", "blue"),
        ("there", "近", BLUE),
    ],
)
def test_a_theme_is_not_begun_where_its_words_cannot_be_used(
    tmp_path: Path, name: str, title: str, primary: str
) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(RuleBroken):
        start_theme(tmp_path, name, title, primary)

    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_the_gallery_opens_from_the_disk(dressed: Flask, tmp_path: Path) -> None:
    found = read_themes(folder_of(dressed))

    count = write_gallery(found, ["sober"], tmp_path)

    index = (tmp_path / "index.html").read_text("utf-8")
    listed = re.findall(r'href="([^"]+)"', index)
    assert len(listed) == count == len(set(listed))
    assert {"sober/column-elder.html", "sober/gallery-ordinary.html", "sober/palette-pine.html"} <= set(
        listed
    )
    for page in listed:
        html = (tmp_path / page).read_text("utf-8")
        for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html):
            assert (tmp_path / page).parent.joinpath(sheet).resolve().is_file()


def test_the_gallery_does_not_mix_with_other_files(dressed: Flask, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", "utf-8")

    with pytest.raises(RuleBroken, match=r"letter|别的文件"):
        write_gallery(_registry(dressed), ["base"], tmp_path)


def test_every_pair_is_to_be_seen_in_the_gallery(dressed: Flask) -> None:
    css = _registry(dressed).themes["base"].assets["gallery.css"].content.decode()

    for text, ground in TEXT_PAIRS:
        assert f".{text}-over-{ground} {{ background: var(--{ground}); color: var(--{text}); }}" in css


def test_the_commands_say_what_they_did_and_refuse_in_chinese(dressed: Flask, tmp_path: Path) -> None:
    dressed.cli.add_command(commands)
    run = dressed.test_cli_runner().invoke

    checked = run(args=["themes", "check", "sober"])
    unknown = run(args=["themes", "check", "none"])
    written = run(args=["themes", "preview", "base", "--to", str(tmp_path / "new")])
    taken = run(args=["themes", "new", "base", "--title", "基础"])

    assert (checked.exit_code, checked.output) == (0, "1 个主题没有发现问题。\n")
    assert unknown.exit_code == 1
    assert "没有主题 none" in unknown.output
    assert f"{tmp_path / 'new' / 'index.html'}" in written.output
    assert "已经有主题 base" in taken.output


def _registry(app: Flask) -> Registry:
    return read_themes(folder_of(app))
