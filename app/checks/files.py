"""The words in attachments, as they are read elsewhere, for the checks."""

from collections.abc import Iterable

from app.checks.subject import File
from app.content.models import Attachment
from app.extraction.services import text_of


def files_of(attachments: Iterable[Attachment]) -> tuple[File, ...]:
    """Return the words of attachments with their places, and what could not be read."""
    found = []
    for one in attachments:
        extract = text_of(one)
        passages = tuple((passage.place, passage.text) for passage in extract.passages)
        found.append(File(f"{one.title}.{one.extension}", passages, extract.note))
    return tuple(found)
