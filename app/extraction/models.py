"""What was read out of each attachment, so that it is read once."""

import json
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.database import Model
from app.extraction.passages import Extract, Passage
from app.tenancy.scope import TenantOwned


class AttachmentText(TenantOwned, Model):
    """The text of one attachment; a file never changes, so neither does its text."""

    __tablename__ = "attachment_text"
    __table_args__ = (
        UniqueConstraint("tenant_id", "attachment_id"),
        ForeignKeyConstraint(["tenant_id", "attachment_id"], ["attachment.tenant_id", "attachment.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int]
    #: Pairs of place and text, as JSON.
    passages: Mapped[str]
    note: Mapped[str]
    read_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def extract(self) -> Extract:
        """What was read, as the reader gave it."""
        pairs = json.loads(self.passages)
        return Extract(tuple(Passage(place, text) for place, text in pairs), self.note)
