"""A measured figure, and a table of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Figures that were taken together, and how."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: What a reader must know to take the figures again, and why one misses its goal.
    how: str

    def markdown(self) -> str:
        """Return the table as Markdown that is also readable as it stands."""
        lines = [_row(self.heads), _row(["---"] + ["---:"] * (len(self.heads) - 1)), *map(_row, self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, "", self.how])


def document(machine: Sequence[str], tables: Iterable[Table]) -> str:
    """Return all tables under the description of the machine."""
    head = ["# What was measured", "", "Written by `python3 wsgi.py bench`; the figures of one run.", ""]
    parts = ["\n".join([*head, *(f"- {line}" for line in machine)]), *(table.markdown() for table in tables)]
    return "\n\n".join(parts) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
