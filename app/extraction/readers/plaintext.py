"""Reading text files, in the encodings that offices here save them in."""

import codecs

from app.extraction.passages import Passage, UnreadableError

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(content: bytes) -> str:
    """Return the text; raises UnreadableError for what is no text in UTF-8, UTF-16 or GB 18030."""
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    for encoding in (*marked, "utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError("这不是文本文件。请另存为 UTF-8 编码的文本后再试。")


def passages(content: bytes) -> list[Passage]:
    """Return the lines that say something."""
    lines = (line.strip() for line in decoded(content).splitlines())
    return [Passage(f"第 {number} 行", line) for number, line in enumerate(lines, 1) if line]
