"""Documents as text files: a heading of fields between two lines of `---`, then the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.content.genres import Genre
from app.documents.models import Kind
from app.provisioning.faults import Fault, Faults, ManifestError
from app.provisioning.specs import KINDS, filled
from app.provisioning.table import read_text

GENRES = tuple(genre.value for genre in Genre)
KINDS_OF_RELATION = tuple(kind.value for kind in Kind)
LONGEST = {
    "title": 120,
    "source": 80,
    "source_url": 300,
    "doc_number": 60,
    "keywords": 120,
    "plan_period": 20,
}
FIELDS = (
    *("title", "column", "unit", "doc_number", "formed_on", "printed_on"),
    *("source", "source_url", "keywords", "genre", "plan_period", "relates"),
)
FENCE = "---"
KIND_PREFIX = "kind:"


@dataclass(frozen=True)
class DocumentSpec:
    """A document to import; the body is Markdown.

    It has no time of publication: that is the server's, when it is published.
    """

    path: Path
    title: str
    body_markdown: str
    column: str = ""
    unit: str = ""
    doc_number: str = ""
    formed_on: date | None = None
    printed_on: date | None = None
    source: str = ""
    source_url: str = ""
    keywords: tuple[str, ...] = ()
    genre: str = "other"
    plan_period: str = ""
    #: What it does to which of the unit's documents: kind and number.
    relates: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind of subsite that this is a template for; nothing when it is one unit's document."""
        return self.unit.removeprefix(KIND_PREFIX) if self.unit.startswith(KIND_PREFIX) else None

    def named(self, names: Mapping[str, str]) -> "DocumentSpec":
        """Give the same document with the names of one unit in its texts."""
        return replace(
            self,
            title=filled(self.title, names),
            body_markdown=filled(self.body_markdown, names),
            source=filled(self.source, names),
        )


def read_documents(folder: Path) -> list[DocumentSpec]:
    """Read every document of a folder in the order of the file names; one faulty file refuses all."""
    faults = Faults()
    documents: list[DocumentSpec] = []
    for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")]):
        try:
            documents.append(read_document(path))
        except ManifestError as error:
            faults.extend(error.faults)
    faults.raise_any()
    return documents


def read_document(path: Path) -> DocumentSpec:
    """Read one .md or .txt file; every fault of its heading is told at once."""
    if path.suffix.lower() not in {".md", ".txt"}:
        raise ManifestError(Fault(path, "", "只能导入 .md 或 .txt 文件。"))
    lines = read_text(path).splitlines()
    end = _end_of_heading(lines, path)
    faults = Faults()
    fields = _fields(lines[1:end], path, faults)
    body = "\n".join(lines[end + 1 :]).strip()
    if not body:
        faults.add(path, "正文", "没有正文，请写在第二个 --- 之后。")
    document = _document(path, fields, body, faults)
    faults.raise_any()
    return document


def _end_of_heading(lines: list[str], path: Path) -> int:
    if lines[0].strip() != FENCE:
        raise ManifestError(Fault(path, "第 1 行", "应以一行 --- 开头，其后每行写一项，例如 title: 标题。"))
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == FENCE:
            return number
    raise ManifestError(Fault(path, "", "没有结束字段的第二行 ---，请在正文前补上。"))


def _fields(lines: list[str], path: Path, faults: Faults) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, value = (
            line.replace("：", ":", 1).partition(":") if ":" not in line else line.partition(":")
        )
        key = key.strip()
        if not colon:
            faults.add(path, f"第 {number} 行", "应写成“键: 值”，例如 title: 标题。")
        elif key not in FIELDS:
            faults.add(path, f"第 {number} 行 {key}", f"不认识的键；可写：{'、'.join(FIELDS)}。")
        elif key in fields:
            faults.add(path, f"第 {number} 行 {key}", "这个键写了两次，请只留一个。")
        else:
            fields[key] = value.strip()
    return fields


def _document(path: Path, fields: Mapping[str, str], body: str, faults: Faults) -> DocumentSpec:
    if not fields.get("title"):
        faults.add(path, "title", "缺少标题，请写 title: 标题。")
    for key, most in LONGEST.items():
        if len(fields.get(key, "")) > most:
            faults.add(path, key, f"最多 {most} 个字，现为 {len(fields[key])} 个。")
    genre = fields.get("genre") or "other"
    if genre not in GENRES:
        faults.add(path, "genre", f"应为 {'、'.join(GENRES)} 之一，现为“{genre}”。")
    unit = fields.get("unit", "")
    if unit.startswith(KIND_PREFIX) and unit.removeprefix(KIND_PREFIX) not in KINDS:
        faults.add(path, "unit", f"kind: 之后应为 {'、'.join(KINDS)} 之一，现为“{unit}”。")
    formed_on, printed_on = (_date(fields, key, path, faults) for key in ("formed_on", "printed_on"))
    if formed_on and printed_on and printed_on < formed_on:
        faults.add(path, "printed_on", "印发日期早于成文日期，请核对（L4）。")
    return DocumentSpec(
        path=path,
        title=fields.get("title", ""),
        body_markdown=body if path.suffix.lower() == ".md" else plain_as_markdown(body),
        column=fields.get("column", ""),
        unit=unit,
        doc_number=fields.get("doc_number", ""),
        formed_on=formed_on,
        printed_on=printed_on,
        source=fields.get("source", ""),
        source_url=fields.get("source_url", ""),
        keywords=tuple(re.split(r"[\s,，、;；]+", fields["keywords"])) if fields.get("keywords") else (),
        genre=genre,
        plan_period=fields.get("plan_period", ""),
        relates=_relations(fields.get("relates", ""), path, faults),
    )


def _relations(written: str, path: Path, faults: Faults) -> tuple[tuple[str, str], ...]:
    """Read relations, each a kind and a number, such as ``abolishes [2012]7``."""
    pairs = [tuple(one.split(maxsplit=1)) for one in re.split("[;；]", written) if one.strip()]
    if any(len(pair) != len(("kind", "number")) or pair[0] not in KINDS_OF_RELATION for pair in pairs):
        faults.add(
            path, "relates", f"应写成“abolishes 文号”，几条用分号隔开；可写：{'、'.join(KINDS_OF_RELATION)}。"
        )
        return ()
    return tuple((kind, number) for kind, number in pairs)


def _date(fields: Mapping[str, str], key: str, path: Path, faults: Faults) -> date | None:
    value = fields.get(key, "")
    if not value:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    faults.add(path, key, f"应为真实的日期，写成 2007-09-11 的样子，现为“{value}”。")
    return None


def plain_as_markdown(text: str) -> str:
    """Make each line of a plain text a paragraph, with nothing in it read as Markdown."""
    lines = (line.strip() for line in text.splitlines())
    return "\n\n".join(_escaped(line) for line in lines if line)


def _escaped(line: str) -> str:
    marked = re.sub(r"([\\`*_\[\]<>#&|~!])", r"\\\1", line)
    marked = re.sub(r"^([-+=])", r"\\\1", marked)
    return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", marked)
