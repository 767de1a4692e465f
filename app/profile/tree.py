"""Offices as a tree: each under the one that it belongs to, none lost whatever stands above it (S-19)."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.profile.models import Office


@dataclass(frozen=True)
class Branch:
    """An office with those under it."""

    office: Office
    branches: tuple["Branch", ...]


def tree_of(offices: Iterable[Office]) -> tuple[Branch, ...]:
    """Return offices as a tree; one whose upper office is not among them stands at the top."""
    rows = list(offices)
    ids = {row.id for row in rows}
    under: dict[int | None, list[Office]] = {}
    for row in rows:
        under.setdefault(row.parent_id if row.parent_id in ids else None, []).append(row)

    def grown(parent_id: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(row, grown(row.id)) for row in under.get(parent_id, ()))

    return grown(None)
