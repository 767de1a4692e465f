"""The record of a document that was taken in: which file, and what was found where."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.content.models import Attachment
from app.core.clock import now
from app.core.database import Model
from app.intake.recognition.numbers import numbers_in
from app.intake.recognition.reading import Finding
from app.tenancy.scope import TenantOwned


@dataclass(frozen=True)
class Cited:
    """Another document that the text names, and where it stands if it is on the platform."""

    number: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Findings:
    """What was found in a document, as it is kept."""

    fields: dict[str, Finding]
    cites: tuple[Cited, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def number_parts(self) -> tuple[str, int, int] | None:
        """The document's number taken apart; None where it has none."""
        found = self.fields.get("document_number")
        number = next(numbers_in(found.value), None) if found else None
        return (number.code, number.year, number.serial) if number else None

    def written(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> "Findings":
        """Return it from JSON."""
        found = json.loads(written)
        return cls(
            {name: Finding(**one) for name, one in found["fields"].items()},
            tuple(Cited(**one) for one in found["cites"]),
            tuple(found["warnings"]),
        )


class IntakeRecord(TenantOwned, Model):
    """One document taken in as an article; the original stays, whether or not readers get it."""

    __tablename__ = "intake"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        ForeignKeyConstraint(["tenant_id", "attachment_id"], ["attachment.tenant_id", "attachment.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    attachment_id: Mapped[int]
    #: What the file was called.
    name: Mapped[str] = mapped_column(String(120))
    findings: Mapped[str]
    taken_at: Mapped[datetime] = mapped_column(default=now)

    original: Mapped[Attachment] = relationship(
        lazy="raise_on_sql",
        foreign_keys="IntakeRecord.attachment_id",
        primaryjoin="and_(IntakeRecord.attachment_id == Attachment.id, "
        "IntakeRecord.tenant_id == Attachment.tenant_id)",
        viewonly=True,
    )

    @property
    def found(self) -> Findings:
        """What was found, ready to be shown."""
        return Findings.read(self.findings)
