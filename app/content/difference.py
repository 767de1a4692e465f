"""What changed between two texts of an article: its fields, its files, and its body in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.content import vocabulary
from app.content.models import Attachment, Revision
from app.core.alignment import Budget, Kind, Run, opcodes, runs_of
from app.core.passages import Passage, passages_of
from app.theming.filters import minute

FIELDS = {
    "title": "标题",
    "genre": "体裁",
    "document_number": "文号",
    "formed_on": "成文日期",
    "printed_on": "印发日期",
    "source": "来源",
    "source_url": "原文网址",
    "summary": "摘要",
    "keywords": "关键词",
    "issuer": "发文机关",
    "signatory": "签发人",
    "recipients": "主送",
    "copies": "抄送",
    "printer": "印发机关",
    "note": "附注",
    "subject": "主题",
    "audience": "服务对象",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
    "period_from": "公示开始",
    "period_until": "公示截止",
    "contact": "联系方式",
    "plan_period": "规划期",
    "answers": "澄清的说法",
    "attribute": "公开属性",
    "attribute_clause": "不主动公开的条款",
    "attribute_reason": "不主动公开的理由",
    "secrecy": "保密审查结论",
    "basis": "公开依据",
    "correction": "更正说明",
}
CODES = {
    "basis": vocabulary.bases,
    "attribute_clause": vocabulary.closing_clauses,
    "subject": vocabulary.subjects,
    "audience": vocabulary.audiences,
}
#: How alike two passages must be, and how near, to be read as one that was changed.
LEAST_ALIKE = 0.45
NEAR = 8
#: In longer stretches of nothing but change, nobody looks for what became what.
LONGEST_STRETCH = 1000


@dataclass(frozen=True)
class FieldChange:
    """A field with its value before and after; a file that came or went has one of them empty."""

    label: str
    before: str
    after: str
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Block:
    """A passage of the body and what became of it."""

    kind: Kind
    runs: tuple[Run, ...]
    shape: str = ""
    #: How many passages without change stand for it, where they are left out.
    count: int = 1


@dataclass(frozen=True)
class Difference:
    """All that changed; empty where the wording is the same."""

    fields: tuple[FieldChange, ...]
    body: tuple[Block, ...]
    #: The words are the same, but not their headings, emphasis or order of cells.
    is_restyled: bool

    @property
    def is_empty(self) -> bool:
        return not self.fields and not self.changed_blocks

    @property
    def changed_blocks(self) -> tuple[Block, ...]:
        """The passages that are not as they were."""
        return tuple(block for block in self.body if block.kind is not Kind.KEPT)

    def shortened(self, around: int = 1) -> list[Block]:
        """Return the body with long stretches without change left out, but for their ends."""
        found: list[Block] = []
        for is_kept, blocks in _stretches(self.body):
            head = around if found else 0
            tail = around if blocks[-1] is not self.body[-1] else 0
            if is_kept and len(blocks) > head + tail + 1:
                skipped = Block(Kind.SKIPPED, (), count=len(blocks) - head - tail)
                found.extend((*blocks[:head], skipped, *blocks[len(blocks) - tail :]))
            else:
                found.extend(blocks)
        return found


def differences(old: Revision, new: Revision) -> Difference:
    """Compare two texts; their files must be loaded with them."""
    budget = Budget()
    fields = (*_field_changes(old, new, budget), *_file_changes(old, new))
    body = tuple(_blocks(passages_of(old.body), passages_of(new.body), budget))
    same_words = all(block.kind is Kind.KEPT for block in body)
    return Difference(fields, body, is_restyled=same_words and old.body != new.body)


def shown_value(value: object, name: str = "") -> str:
    """Return a field's value as it stands on the screen; codes by the words of their vocabulary."""
    if isinstance(value, datetime):
        return minute(value)
    known = CODES[name]() if value and name in CODES else {}
    return "" if value is None else str(getattr(value, "label", known.get(str(value), value)))


def _field_changes(old: Revision, new: Revision, budget: Budget) -> Iterator[FieldChange]:
    for name, label in FIELDS.items():
        before, after = shown_value(getattr(old, name), name), shown_value(getattr(new, name), name)
        if before != after:
            yield FieldChange(label, before, after, runs_of(before, after, budget))


def _file_changes(old: Revision, new: Revision) -> Iterator[FieldChange]:
    before = [(_name(entry.attachment), entry.attachment.sha256) for entry in old.files]
    after = [(_name(entry.attachment), entry.attachment.sha256) for entry in new.files]
    gone = [name for name, digest in before if (name, digest) not in after]
    come = [name for name, digest in after if (name, digest) not in before]
    for name in gone:
        replaced = name in come
        yield FieldChange("附件", name, f"{name}（内容已更换）" if replaced else "")
    yield from (FieldChange("附件", "", name) for name in come if name not in gone)
    if before != after and not gone and not come:
        yield FieldChange("附件顺序", "、".join(name for name, _ in before), "、".join(n for n, _ in after))


def _name(attachment: Attachment) -> str:
    return f"{attachment.title}.{attachment.extension}"


def _blocks(old: list[Passage], new: list[Passage], budget: Budget) -> Iterator[Block]:
    before, after = [one.words for one in old], [one.words for one in new]
    for is_same, left, right in opcodes(before, after):
        if is_same:
            yield from (_whole(Kind.KEPT, one) for one in new[right])
        else:
            yield from _replaced(old[left], new[right], budget)


def _replaced(old: list[Passage], new: list[Passage], budget: Budget) -> Iterator[Block]:
    """Yield what went and what came; two that are alike as one that was changed."""
    if len(old) + len(new) > LONGEST_STRETCH:
        yield from (_whole(Kind.REMOVED, one) for one in old)
        yield from (_whole(Kind.ADDED, one) for one in new)
        return
    counted = [Counter(one.words) for one in new]
    done = 0
    for passage in old:
        twin = _twin(Counter(passage.words), counted, done)
        if twin is None:
            yield _whole(Kind.REMOVED, passage)
            continue
        yield from (_whole(Kind.ADDED, one) for one in new[done:twin])
        yield Block(Kind.CHANGED, runs_of(passage.words, new[twin].words, budget), new[twin].shape)
        done = twin + 1
    yield from (_whole(Kind.ADDED, one) for one in new[done:])


def _twin(words: Counter[str], others: list[Counter[str]], start: int) -> int | None:
    """Return the place of the nearby passage most like one, if any is like it at all."""
    best, found = LEAST_ALIKE, None
    for index in range(start, min(start + NEAR, len(others))):
        both = (words & others[index]).total()
        alike = 2 * both / (words.total() + others[index].total())
        if alike > best:
            best, found = alike, index
    return found


def _whole(kind: Kind, passage: Passage) -> Block:
    return Block(kind, (Run(kind, passage.words),), passage.shape)


def _stretches(blocks: tuple[Block, ...]) -> Iterator[tuple[bool, list[Block]]]:
    """Yield the blocks in stretches with and without change."""
    stretch: list[Block] = []
    for block in blocks:
        if stretch and (block.kind is Kind.KEPT) != (stretch[-1].kind is Kind.KEPT):
            yield stretch[-1].kind is Kind.KEPT, stretch
            stretch = []
        stretch.append(block)
    if stretch:
        yield stretch[-1].kind is Kind.KEPT, stretch
