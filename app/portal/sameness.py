"""When two articles are the same text: one document number, or one wording (S-09)."""

import hashlib
import re
import unicodedata

from app.content.models import Revision
from app.core.html import plain

OPENING = str.maketrans("[(（【﹝〈<{", "〔" * 8)
CLOSING = str.maketrans("])）】﹞〉>}", "〕" * 8)
ORDINAL = re.compile(r"〕第?0*(?=\d)")
SPACES = re.compile(r"\s+")


def number_key(document_number: str) -> str | None:
    """Return a document number in one spelling, whatever brackets, widths and spaces it was typed with."""
    unified = unicodedata.normalize("NFKC", SPACES.sub("", document_number))
    unified = unified.translate(OPENING).translate(CLOSING)
    return ORDINAL.sub("〕", unified) or None


def text_key(revision: Revision) -> str:
    """Return the SHA-256 of title and words, without markup and white space."""
    words = SPACES.sub("", revision.title + plain(revision.body))
    return hashlib.sha256(words.encode()).hexdigest()
