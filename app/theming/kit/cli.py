"""flask themes new, flask themes check, flask themes preview."""

from pathlib import Path

import click
from flask import current_app

from app.core.commands import CommandGroup
from app.core.errors import RuleBroken
from app.theming.kit.checking import flaws_of
from app.theming.kit.preview import write_gallery
from app.theming.kit.starting import start_theme
from app.theming.registry import Registry, folder_of, registry

themes = CommandGroup("themes", help="主题：新建，检查，预览。")
NAMES = click.argument("names", nargs=-1)


@themes.command("new", help="新建主题 NAME：建好文件夹、配色和样式文件，写上不同之处即可。")
@click.argument("name")
@click.option("--title", required=True, help="主题的标题，例如：青山绿。")
@click.option("--primary", default="#1a4f8a", show_default=True, help="主色，六位小写十六进制。")
def new_command(name: str, title: str, primary: str) -> None:
    """Write a theme to begin with."""
    try:
        made = start_theme(folder_of(current_app), name, title, primary)
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from broken
    click.echo(f"已建好 {made}。写好后运行 flask --app wsgi themes check {name}。")


@themes.command(
    "check", help="检查主题 NAMES（不写则检查全部）：画出每一种页面，逐条列出哪个文件第几行有误。"
)
@NAMES
def check_command(names: tuple[str, ...]) -> None:
    """Draw everything, and end with an error where something is wrong."""
    found = registry()
    flaws = [flaw for name in _chosen(found, names) for flaw in flaws_of(found, name)]
    for flaw in dict.fromkeys(flaws):
        click.echo(str(flaw), err=True)
    if flaws:
        raise click.ClickException(f"有 {len(dict.fromkeys(flaws))} 处需要修改。")
    click.echo(f"{len(_chosen(found, names))} 个主题没有发现问题。")


@themes.command(
    "preview", help="把主题 NAMES（不写则全部）的所有页面和部件写到一个文件夹，用浏览器打开即可看。"
)
@NAMES
@click.option(
    "--to", required=True, type=click.Path(file_okay=False, path_type=Path), help="写到哪个文件夹。"
)
def preview_command(names: tuple[str, ...], to: Path) -> None:
    """Write the gallery."""
    found = registry()
    try:
        count = write_gallery(found, _chosen(found, names), to)
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from broken
    click.echo(f"已写好 {count} 个页面，请用浏览器打开 {to / 'index.html'}。")


def _chosen(found: Registry, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in found.themes:
            raise click.ClickException(f"没有主题 {name}，现有的是 {'、'.join(found.themes)}。")
    return names or tuple(found.themes)
