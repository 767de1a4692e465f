"""The words in attachments, as they are read elsewhere, for the checks."""

from collections.abc import Iterable

from sqlalchemy import select

from app.checks.subject import File
from app.content.attachments import content_of
from app.content.models import Attachment
from app.core.database import db, only_reads
from app.extraction.models import AttachmentText
from app.extraction.passages import Extract
from app.extraction.reading import extract
from app.extraction.services import text_of

LOST = "文件暂时读不到，请稍后再试。"


def files_of(attachments: Iterable[Attachment]) -> tuple[File, ...]:
    """Return the words of attachments with their places, and what could not be read."""
    found = []
    for one in attachments:
        read = _looked_at(one) if only_reads() else text_of(one)
        passages = tuple((passage.place, passage.text) for passage in read.passages)
        found.append(File(f"{one.title}.{one.extension}", passages, read.note))
    return tuple(found)


def _looked_at(attachment: Attachment) -> Extract:
    """Return the words of an attachment without keeping them: a page that is looked at writes nothing."""
    kept = select(AttachmentText).where(AttachmentText.attachment_id == attachment.id)
    if (row := db.session.scalar(kept)) is not None:
        return row.extract
    try:
        return extract(content_of(attachment), attachment.extension)
    except FileNotFoundError:
        return Extract((), LOST)
