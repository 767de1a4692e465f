"""The text of attachments: read once, kept, and asked for as often as a check wants it."""

import json

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.content.attachments import content_of
from app.content.models import Attachment
from app.core.database import db
from app.extraction.models import AttachmentText
from app.extraction.passages import Extract
from app.extraction.reading import extract


def text_of(attachment: Attachment) -> Extract:
    """Return the text of an attachment of the bound tenant, reading the file if nobody has yet.

    What could not be read for want of time or of a program is tried again the next time.
    """
    kept = db.session.scalar(select(AttachmentText).where(AttachmentText.attachment_id == attachment.id))
    if kept is not None:
        return kept.extract
    try:
        content = content_of(attachment)
    except FileNotFoundError:
        return Extract((), "文件暂时读不到，请稍后再试。", is_lasting=False)
    found = extract(content, attachment.extension)
    if found.is_lasting:
        _keep(attachment, found)
    return found


def _keep(attachment: Attachment, found: Extract) -> None:
    """Keep what was read; somebody else may have read the same file in the meantime."""
    row = AttachmentText(
        tenant_id=attachment.tenant_id,
        attachment_id=attachment.id,
        passages=json.dumps([[one.place, one.text] for one in found.passages], ensure_ascii=False),
        note=found.note,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return
