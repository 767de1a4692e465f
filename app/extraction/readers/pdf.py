"""Reading the text of a PDF, page by page."""

import io

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.archives import DAMAGED
from app.extraction.readers.identity import MISNAMED
from app.extraction.readers.radicals import without_radicals

MOST_PAGES = 500
#: More pages without text than these are only counted.
MOST_NAMED = 10
SCANNED = "这份 PDF 里没有文字，可能是扫描件。请改用 Word 文件，或先做文字识别。"


def passages(content: bytes) -> tuple[list[Passage], str]:
    """Return a passage for each page with text, and which pages have none."""
    if not content.lstrip()[:5].startswith(b"%PDF-"):
        raise UnreadableError(MISNAMED)
    try:
        texts, total = _texts(content)
    except (MemoryError, UnreadableError):
        raise
    except Exception as error:  # A damaged file makes the library raise almost anything.
        raise UnreadableError(DAMAGED) from error
    found = [Passage(f"第 {number} 页", text) for number, text in enumerate(texts, 1) if text]
    empty = [str(number) for number, text in enumerate(texts, 1) if not text]
    if not found:
        raise UnreadableError(SCANNED)
    return found, _note(empty, total)


def _texts(content: bytes) -> tuple[list[str], int]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not _unlocked(reader):
        raise UnreadableError("文件设有密码，无法读取。请取消密码后再试。")
    pages = reader.pages[:MOST_PAGES]
    return [without_radicals(page.extract_text()).strip() for page in pages], len(reader.pages)


def _unlocked(reader: PdfReader) -> bool:
    """Try the empty password: it protects against changes only, not against reading."""
    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, DependencyError, NotImplementedError):
        return False


def _note(empty: list[str], total: int) -> str:
    if total > MOST_PAGES:
        return f"只读取了前 {MOST_PAGES} 页，全文共 {total} 页。请人工核对其余各页。"
    if not empty:
        return ""
    named = "、".join(empty[:MOST_NAMED]) + (" 等" if len(empty) > MOST_NAMED else "")
    return f"第 {named} 页没有文字，可能是扫描的图片。请人工核对这些页。"
