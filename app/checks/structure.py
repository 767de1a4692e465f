"""What those need who do not see or hear: described pictures, heads of tables, headings, captions."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from app.checks.hits import Finding
from app.checks.links import parsed
from app.checks.parts import Part
from app.checks.subject import Subject
from app.content.videos import VIDEOS, captions_of

_EMPTY_DESCRIPTION = re.compile(
    r"(?:图片?|image|img|photo|pic|dsc|微信图片|截图|未命名)?[\s_\-\d]*(?:\.\w{3,4})?", re.IGNORECASE
)
_MAP = re.compile(r"地图|区位图|行政区划图|示意图")
_MAP_NUMBER = re.compile(r"审图号|[A-Z\u4e00-\u9fff]S[(（\[〔]\d{4}[)）\]〕]\d{1,5}号")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
SMALLEST_TABLE = 2


def structure(subject: Subject) -> Iterator[Finding]:
    """Judge the body's pictures, tables and headings; the headings as they were sent, where that is known."""
    tree = parsed(subject.text.body)
    if tree is not None:
        yield from _pictures(subject, tree)
        yield from _tables(subject, tree)
    sent = parsed(subject.submitted)
    if sent is not None:
        yield from _headings(subject, sent)
    yield from _videos(subject)


def _pictures(subject: Subject, tree: _Element) -> Iterator[Finding]:
    has_number = bool(_MAP_NUMBER.search(subject.body.text))
    for number, picture in enumerate(tree.iter("img"), 1):
        described = str(picture.get("alt") or "").strip()
        if _EMPTY_DESCRIPTION.fullmatch(described):
            why = f"第 {number} 张图片没有文字说明，看不见图片的人不知道它是什么。"
            yield _of(subject, "shape.alt", str(number), why, "给图片写一句说明：图上是什么、想说明什么。")
        if _MAP.search(described) and not (has_number or _MAP_NUMBER.search(described)):
            why = f"第 {number} 张图片是地图，但没有写审图号。"
            yield _of(subject, "ZY-15", str(number), why, "只能使用标准地图，并在图下写明审图号。")


def _tables(subject: Subject, tree: _Element) -> Iterator[Finding]:
    for number, table in enumerate(tree.iter("table"), 1):
        rows = sum(1 for _ in table.iter("tr"))
        if rows >= SMALLEST_TABLE and next(table.iter("th"), None) is None:
            why = f"第 {number} 个表格没有表头，听网页的人不知道每格是什么。"
            yield _of(subject, "shape.head", str(number), why, "把第一行设为表头（表格属性里的“标题行”）。")


def _headings(subject: Subject, sent: _Element) -> Iterator[Finding]:
    above = 1
    for heading in sent.iter(*_LEVELS):
        level = _LEVELS[str(heading.tag)]
        words = " ".join("".join(str(one) for one in heading.itertext()).split())
        if not words:
            continue
        if level > above + 1:
            why = f"小标题“{words[:20]}”跳过了一级。"
            yield _of(
                subject, "shape.order", words, why, "按一级、二级的顺序使用小标题；保存时系统会自动理顺。"
            )
        above = level


def _videos(subject: Subject) -> Iterator[Finding]:
    names = [(one.name.rpartition(".")[0], one.name.rpartition(".")[2]) for one in subject.files]
    captions = captions_of(names)
    for place, (title, extension) in enumerate(names):
        if extension in VIDEOS and place not in captions:
            part = Part(f"附件“{title}.{extension}”", "")
            why = "视频没有字幕，听不见的人不知道里面说了什么。可以发布，但请尽量补上。"
            advice = f"再上传一个字幕文件，取名“{title}.vtt”，发布后会自动配到这段视频上。"
            yield Finding("file.captions", part, 0, 0, why, advice, key=title, is_quotable=False)


def _of(subject: Subject, rule: str, key: str, why: str, advice: str) -> Finding:
    return Finding(rule, subject.body, 0, 0, why, advice, key=key, is_quotable=False)
