"""What a file says of itself beside its text, where a mark of secrecy may stand alone: title, keywords."""

import io
from collections.abc import Iterator

from pypdf import PdfReader

from app.extraction.passages import PROPERTIES, Passage
from app.extraction.readers.archives import opened

OFFICE = frozenset({"docx", "xlsx", "pptx", "ofd"})
#: Where office programs keep them; OFD keeps them in its entry.
PARTS = r"docProps/(?:core|app|custom)\.xml|OFD\.xml"
LONGEST = 1_000
MOST = 60


def properties(content: bytes, extension: str) -> list[Passage]:
    """Return the properties of a file, each as a passage; none where they cannot be read."""
    try:
        found = list(_office(content) if extension in OFFICE else _pdf(content) if extension == "pdf" else ())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the text was read; what its properties are worth is not worth a refusal
        return []
    return [Passage(PROPERTIES, text) for text in dict.fromkeys(found)][:MOST]


def _office(content: bytes) -> Iterator[str]:
    with opened(content) as archive:
        for name in archive.numbered(PARTS):
            tree = archive.tree(name)
            for element in tree.iter("{*}*") if tree is not None else ():
                if text := (element.text or "").strip():
                    yield text[:LONGEST]


def _pdf(content: bytes) -> Iterator[str]:
    for value in (PdfReader(io.BytesIO(content)).metadata or {}).values():
        if text := str(value).strip():
            yield text[:LONGEST]
