"""Which reader reads which sort of file; each is imported only when its sort is asked for."""

from importlib import import_module
from typing import Any

from app.extraction.passages import Extract, Page, UnreadableError
from app.extraction.readers.archives import opened
from app.extraction.readers.identity import refuse_disguised

READERS = {
    "docx": ("wordfile", "passages"),
    "pptx": ("slides", "slide_passages"),
    "ofd": ("slides", "ofd_passages"),
    "xlsx": ("tables", "sheet_passages"),
    "csv": ("tables", "csv_passages"),
    "pdf": ("pdf", "passages"),
    "html": ("webpage", "passages"),
    "htm": ("webpage", "passages"),
    "txt": ("plaintext", "passages"),
    "vtt": ("captions", "passages"),
    "md": ("plaintext", "passages"),
}
#: Sorts of files that say something of themselves beside their text.
TELLING = frozenset({"docx", "xlsx", "pptx", "ofd", "pdf"})
#: What has headings, lists and tables to take over.
STRUCTURED = {
    "docx": ("wordpage", "page"),
    "html": ("webpage", "markup"),
    "htm": ("webpage", "markup"),
    "md": ("markdown", "markup"),
}
#: What has no words to read, and what a person has to do instead.
WORDLESS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp"), "图片里的文字不能自动读取，请人工核对。"),
    **dict.fromkeys(("mp4", "webm"), "视频里的画面和声音不能自动检查，请从头看一遍，人工核对。"),
}
#: Ten times the longest document that an office writes.
MOST_CHARACTERS = 2_000_000


def extract(content: bytes, extension: str) -> Extract:
    """Return a file's passages; raises UnreadableError with what the person can do."""
    refuse_disguised(content, extension)
    if extension in WORDLESS:
        return Extract((), WORDLESS[extension])
    if extension == "zip":
        return Extract((), _contents_of(content))
    if extension not in READERS:
        raise UnreadableError(f"读不了 .{extension} 文件。请另存为 .docx、.xlsx、.pdf 或 .txt 后再试。")
    found = _reader(*READERS[extension])(content)
    passages, note = found if isinstance(found, tuple) else (found, "")
    if extension in TELLING:
        passages = [*passages, *_reader("properties", "properties")(content, extension)]
    kept, length = [], 0
    for passage in passages:
        length += len(passage.text)
        if length > MOST_CHARACTERS:
            note = f"文字太多，只读取了前 {MOST_CHARACTERS // 10_000} 万字。请人工核对其余部分。"
            break
        kept.append(passage)
    return Extract(tuple(kept), note)


def page(content: bytes, extension: str) -> Page:
    """Return a file's text with its structure where it has one, else in lines."""
    refuse_disguised(content, extension)
    if extension not in STRUCTURED:
        lines = extract(content, extension)
        return Page(passages=lines.passages, note=lines.note)
    read = _reader(*STRUCTURED[extension])(content)
    found = read if isinstance(read, Page) else Page(html=read)
    if len(found.html) > MOST_CHARACTERS:
        raise UnreadableError("文字太多，没有读取。请拆分后再试。")
    return found


def _reader(module: str, name: str) -> Any:
    return getattr(import_module(f"app.extraction.readers.{module}"), name)


def _contents_of(content: bytes) -> str:
    with opened(content) as archive:
        names = [name for name in archive.names if not name.endswith("/")]
    return f"压缩包里有 {len(names)} 个文件，没有逐个读取。请人工核对，或解压后分别上传。"
