"""An existing catalogue on its way into the platform: its lines, and what became of each."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.database import Model
from app.tenancy.scope import TenantOwned


@dataclass(frozen=True)
class Row:
    """A line of the sheet, by its number there."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a line: made, updated, skipped or faulty, and why."""

    line: int
    what: str
    title: str
    says: str = ""
    article_id: int | None = None


class Ledger(TenantOwned, Model):
    """A sheet that was handed in; its lines stay until they are imported, the faulty ones a while longer."""

    __tablename__ = "ledger"
    __table_args__ = (UniqueConstraint("tenant_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    #: JSON: the headings; the lines still to be imported, each with its number; what became of the others.
    heads: Mapped[str]
    rows: Mapped[str]
    outcomes: Mapped[str] = mapped_column(default="[]")
    #: JSON: the lines that were faulty, to be given back as a sheet.
    faulty: Mapped[str] = mapped_column(default="[]")
    #: JSON: which column is which field, and where lines without a column of the site go.
    mapping: Mapped[str] = mapped_column(default="{}")

    @property
    def headings(self) -> tuple[str, ...]:
        """The sheet's own headings."""
        return tuple(json.loads(self.heads))

    @property
    def waiting(self) -> list[Row]:
        """The lines that are still to be imported."""
        return rows_of(self.rows)

    @property
    def results(self) -> list[Outcome]:
        """What became of the lines so far."""
        return [Outcome(**one) for one in json.loads(self.outcomes)]

    def note(self, rows: list[Row], outcomes: list[Outcome]) -> None:
        """Remember what became of lines, and keep the faulty ones to be given back."""
        wrong = {one.line for one in outcomes if one.what == "faulty"}
        kept = [*rows_of(self.faulty), *(row for row in rows if row.line in wrong)]
        self.faulty = written(kept)
        told = [*self.results, *outcomes]
        self.outcomes = json.dumps([asdict(one) for one in told], ensure_ascii=False)


def rows_of(words: str) -> list[Row]:
    """Read lines back."""
    return [Row(line, tuple(cells)) for line, cells in json.loads(words)]


def written(rows: list[Row]) -> str:
    """Write lines to be kept."""
    return json.dumps([[row.line, list(row.cells)] for row in rows], ensure_ascii=False)
