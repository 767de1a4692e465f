"""Which words hold for a unit, gathered from the three layers; and what people add to two of them."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.services import record
from app.checks.hits import Severity
from app.checks.models import WordEntry, WordKind
from app.checks.words import LONGEST, SHORTEST, Layer, Lexicon, Word
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.current import CurrentTenant, current_tenant
from app.tenancy.scope import bound_to

MOST = 20_000
KEYS = {"text", "severity", "correction", "note"}


def lexicon_of(tenant: CurrentTenant) -> Lexicon:
    """Return all words that hold for a tenant: the platform's, its portal's, its own.

    The portal's are read under the portal's own scope: that lets through one tenant's rows and no more, where
    reaching over the county would let through everybody's.
    """
    layers: list[Sequence[Word]] = [platform_words()]
    if tenant.home_portal_id != tenant.id:
        with bound_to(tenant.home_portal_id):
            layers.append(_entries(Layer.COUNTY))
    with bound_to(tenant.id):
        layers.append(_entries(Layer.COUNTY if tenant.is_portal else Layer.UNIT))
    return Lexicon(word for layer in layers for word in layer)


def platform_words() -> tuple[Word, ...]:
    """Return the words of tenants/words/."""
    folder = Path(current_app.config["TENANTS_PATH"]) / "words"
    files = sorted(folder.glob("*.toml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


def read_words(path: Path) -> list[Word]:
    """Read one file of words.

    Raises RuleBroken that names the entry which is not right.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("word", [])
    except (OSError, ValueError) as error:
        raise RuleBroken(f"词表 {path.name} 读不了：{error}") from error
    if not isinstance(written, list):
        raise RuleBroken(f"词表 {path.name} 有误：每个词写成一段 [[word]]。")
    words = []
    for number, one in enumerate(written, 1):
        try:
            words.append(_entry(one))
        except (ValueError, TypeError, AttributeError) as error:
            raise RuleBroken(f"词表 {path.name} 第 {number} 个词有误：{error}") from error
    return words


def fault_of(text: str, correction: str) -> str:
    """Say what is wrong with a word; empty when nothing is."""
    if not SHORTEST <= len(text) <= LONGEST:
        return f"词要有 {SHORTEST} 到 {LONGEST} 个字。"
    if len(correction) > LONGEST:
        return f"正确写法最多 {LONGEST} 个字。"
    return "正确写法与原词相同。" if text == correction else ""


def severity_of(kind: WordKind) -> Severity | None:
    """Return how hard a word is meant; None where it is allowed."""
    return None if kind is WordKind.ALLOW else Severity(kind.value)


def put_word(text: str, kind: WordKind, *, correction: str = "", note: str = "") -> WordEntry:
    """Add a word to the current tenant's list, or change what is said about it."""
    text, correction, note = (" ".join(one.split()) for one in (text, correction, note))
    if fault := fault_of(text, correction):
        raise RuleBroken(fault)
    entry = db.session.scalars(select(WordEntry).where(WordEntry.text == text)).one_or_none()
    before = _written(entry) if entry else None
    if entry is None:
        entry = WordEntry(tenant_id=current_tenant.id, text=text)
        _add(entry)
    entry.kind, entry.correction, entry.note = kind, correction, note[:100]
    db.session.flush()
    record("word.put", f"word:{text}", tenant_id=entry.tenant_id, before=before, after=_written(entry))
    return entry


def _add(entry: WordEntry) -> None:
    """Add a word; somebody else may be adding the same one at this moment."""
    try:
        with db.session.begin_nested():
            db.session.add(entry)
    except IntegrityError as taken:
        raise RuleBroken(f"刚刚有人加了“{entry.text}”。请刷新页面再看。") from taken


def put_words(words: Iterable[Word]) -> int:
    """Add many words to the current tenant's list; return how many."""
    count = 0
    for word in words:
        kind = WordKind(word.severity.value) if word.severity else WordKind.ALLOW
        put_word(word.text, kind, correction=word.correction, note=word.note)
        count += 1
    return count


def drop_word(entry: WordEntry) -> None:
    """Take a word from its list."""
    record("word.drop", f"word:{entry.text}", tenant_id=entry.tenant_id, before=_written(entry))
    db.session.delete(entry)
    db.session.flush()


def _entries(layer: Layer) -> list[Word]:
    rows = db.session.execute(
        select(WordEntry.text, WordEntry.kind, WordEntry.correction, WordEntry.note)
        .order_by(WordEntry.id)
        .limit(MOST)
    )
    return [Word(text, severity_of(kind), layer, correction, note) for text, kind, correction, note in rows]


def _entry(written: dict[str, Any]) -> Word:
    values = [written.get(name, "") for name in ("text", "severity", "correction", "note")]
    if not all(isinstance(value, str) for value in values) or written.keys() - KEYS:
        raise ValueError(f"只能写 {'、'.join(sorted(KEYS))}，都要写在引号里。")
    text, kind, correction, note = values
    if fault := fault_of(text, correction):
        raise ValueError(fault)
    if kind not in set(WordKind):
        raise ValueError("severity 应为 stop、confirm、hint 或 allow。")
    return Word(text, severity_of(WordKind(kind)), Layer.PLATFORM, correction, note)


def _written(entry: WordEntry) -> dict[str, str]:
    return {"kind": entry.kind.value, "correction": entry.correction, "note": entry.note}


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[Word, ...]:
    """Read the files once for each of their states."""
    return tuple(word for path, _ in files for word in read_words(path))
