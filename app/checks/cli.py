"""flask checks rescan, flask checks words import."""

import csv
import io
from pathlib import Path

import click
from sqlalchemy import select

from app.checks.hits import Severity
from app.checks.models import WordKind
from app.checks.rescan import Progress, rescan
from app.checks.wordlists import fault_of, put_words, read_words, severity_of
from app.checks.words import Layer, Word
from app.core.commands import CommandGroup
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.current import entered
from app.tenancy.models import Tenant, TenantKind

checks = CommandGroup("checks", help="发布前检查：复查已发布的信息，导入词表。")
words = CommandGroup("words", help="词表：导入。")
checks.add_command(words)

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
COLUMNS = ("text", "correction", "severity", "note")
LARGEST = 5 * 1024 * 1024


@checks.command("rescan", help="复查全部已发布的信息，例如词表改动之后；可以中断后再运行。")
@click.option("--unit", "slugs", multiple=True, help="只复查这个子站，可写多次。")
def rescan_command(slugs: tuple[str, ...]) -> None:
    """Check everything public again, and say how far it has come."""
    known = set(db.session.scalars(select(Tenant.slug)))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise click.ClickException(f"没有子站“{unknown[0]}”。用 flask unit list 查看全部。")
    last: dict[str, Progress] = {}
    for step in rescan(slugs):
        db.session.commit()
        last[step.unit] = step
        click.echo(f"{step.unit}：已复查 {step.done}/{step.total} 篇，发现 {step.found} 处。")
    done, found = (sum(getattr(one, name) for one in last.values()) for name in ("done", "found"))
    click.echo(f"共复查 {done} 篇，发现 {found} 处；在县级后台“复查结果”里按单位查看。")


@words.command("import", help="把 FILE（.toml 或 .csv，列：text,correction,severity,note）加入词表。")
@click.argument("file", type=FILE)
@click.option("--unit", "slug", default="", help="加入哪个子站的词表；不写则加入县级词表。")
def import_words(file: Path, slug: str) -> None:
    """Add the words of a file to a list; all of them or none."""
    try:
        read = _read_csv(file) if file.suffix.lower() == ".csv" else read_words(file)
        with entered(_tenant(slug)):
            count = put_words(read)
            db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        raise click.ClickException(broken.message) from broken
    click.echo(f"已加入 {count} 个词。要检查已发布的信息，请运行 flask checks rescan。")


def _tenant(slug: str) -> Tenant:
    wanted = Tenant.slug == slug if slug else Tenant.kind == TenantKind.PORTAL
    found = db.session.scalars(select(Tenant).where(wanted).limit(2)).all()
    if len(found) == 1:
        return found[0]
    raise RuleBroken(f"没有子站“{slug}”。" if slug else "有几个门户，请用 --unit 写明加入哪一个。")


def _read_csv(file: Path) -> list[Word]:
    content = file.read_bytes()
    if len(content) > LARGEST:
        raise RuleBroken("文件太大，请拆分后再导入。")
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleBroken("文件不是 UTF-8 编码的 CSV，请另存后再试。") from error
    return [_word(number, row) for number, row in enumerate(rows, 2)]


def _word(number: int, row: dict[str, str | None]) -> Word:
    text, correction, severity, note = ((row.get(name) or "").strip() for name in COLUMNS)
    severity = severity or Severity.CONFIRM.value
    fault = fault_of(text, correction)
    if fault or severity not in set(WordKind):
        raise RuleBroken(f"第 {number} 行有误：{fault or 'severity 应为 stop、confirm、hint 或 allow。'}")
    return Word(text, severity_of(WordKind(severity)), Layer.COUNTY, correction, note)
