"""A page is rendered with what the contract names and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, g, session
from jinja2 import UndefinedError
from jinja2.exceptions import TemplateAssertionError

from app.theming.registry import read_themes, registry
from app.theming.render import plain_error, render
from app.theming.samples.pages import sample_pages, sample_site
from app.theming.samples.voices import VOICES

Maker = Callable[..., Path]
ORDINARY = VOICES[0]
PALETTES = '[palettes.blue]\ntitle = "蓝"\nprimary = "#0f4a8c"\n'


@pytest.mark.parametrize("name", ["request", "session", "g", "config", "url_for", "current_user", "lipsum"])
def test_a_template_cannot_see_who_asks(dressed: Flask, name: str) -> None:
    g.secret = "x"  # noqa: S105 - not a password
    assert session is not None
    environment = registry().environments["base"]

    with pytest.raises(UndefinedError):
        environment.from_string("{{ " + name + " }}").render()


def test_escaping_is_on_whatever_a_template_is_called_and_cannot_be_asked_off(dressed: Flask) -> None:
    environment = registry().environments["base"]

    assert environment.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"
    with pytest.raises(TemplateAssertionError):
        environment.from_string("{{ text|safe }}")


def test_a_theme_extends_what_it_replaces_by_the_prefixed_name(a_theme: Maker) -> None:
    a_theme("base", f'title = "基础"\n{PALETTES}', templates__a_dot_html="{% block x %}base{% endblock %}")
    folder = a_theme(
        "near",
        'title = "近"\ninherits = "base"\n',
        templates__a_dot_html='{% extends "base/a.html" %}{% block x %}near+{{ super() }}{% endblock %}',
    )

    environments = read_themes(folder).environments

    assert environments["near"].get_template("a.html").render() == "near+base"
    assert environments["base"].get_template("a.html").render() == "base"


def test_a_theme_or_palette_that_a_release_dropped_leaves_a_page_in_plain_dress(dressed: Flask) -> None:
    page = sample_pages(ORDINARY)[0]
    base = registry().themes["base"]

    undressed = render(page, replace(sample_site(ORDINARY), theme="gone", palette="gone"))

    assert base.stylesheet_url("blue") in undressed


def test_the_demonstration_says_so_on_every_page_and_the_real_county_does_not(dressed: Flask) -> None:
    for page in sample_pages(ORDINARY):
        site = sample_site(ORDINARY, theme="county_blue")
        assert "演示环境：本站内容为演示所编，不是政府公开信息" in render(page, site)
        assert "演示环境" not in render(page, replace(site, is_demo=False))


def test_a_request_of_no_tenant_gets_a_page_that_names_none() -> None:
    html = plain_error(421, "没有这个<网站>", "请核对网址后重新输入。")

    assert '<html lang="zh-CN">' in html
    assert "<h1>没有这个&lt;网站&gt;</h1>" in html
    assert "421" in html
    assert "永嘉" not in html
    assert not {"<link", "<script", "<style", "src="} & set(html.split())
