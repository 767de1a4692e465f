"""One article with all its files in an archive: text, files under safe names, and a list of both."""

import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from app.content.attachments import content_of, safe_name
from app.content.models import Attachment
from app.exports.blocks import Grid, Line
from app.exports.paper import Paper
from app.theming.filters import file_size

#: Bytes of all files together; what does not fit is named with its address in the list.
LARGEST = 200 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024
LONGEST_NAME = 60
LIST = "清单.txt"


def bundle_of(paper: Paper) -> IO[bytes]:
    """Return the archive in a temporary file, at its beginning; it is gone when it is closed."""
    from app.exports.word import docx_of  # noqa: PLC0415 - most processes never need it

    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer reads and closes it
    lines = [
        paper.title,
        *(f"{term}：{value}" for term, value in paper.facts),
        "",
        "文件：正文.docx、正文.txt",
    ]
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("正文.docx", docx_of(paper))
        archive.writestr("正文.txt", "\r\n".join([paper.title, "", *_words(paper)]).encode("utf-8-sig"))
        left = LARGEST
        for number, file in enumerate(paper.files, start=1):
            name = f"附件/{number:02}-{_name(file)}"
            content = _content(file) if file.size <= left else None
            if content is None:
                lines.append(f"{name}：没有放进压缩包，请到本页地址单独下载（{file_size(file.size)}）")
                continue
            left -= len(content)
            archive.writestr(zipfile.ZipInfo(name), content)
            lines.append(f"{name}（{file_size(file.size)}，SHA-256 {file.sha256}）")
        archive.writestr(LIST, "\r\n".join(lines).encode("utf-8-sig"))
    kept.seek(0)
    return kept


def _name(file: Attachment) -> str:
    return f"{safe_name(file.title)[:LONGEST_NAME]}.{file.extension}"


def _content(file: Attachment) -> bytes | None:
    try:
        return content_of(file)
    except FileNotFoundError:
        return None  # The rest is worth having without it.


def _words(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Line):
            yield block.mark + block.text
        elif isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            yield from ("\t".join(rows[number]) for number in sorted(rows))
