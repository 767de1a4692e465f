"""The county's view: what each unit has of the kinds of the statute, and what is late (S-07, GK-04).

The caller reaches over the county; the number of queries does not grow with the number of units.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select

from app.content.models import Column, Section
from app.core.clock import today
from app.core.database import db
from app.core.rules import rule_in_force
from app.disclosure import overdue
from app.disclosure.amounts import NOTHING, Amount, amounts_by_column, amounts_of, with_waiting
from app.disclosure.models import CatalogueRow, Node
from app.disclosure.queries import STATUTORY
from app.disclosure.standing import FILE, State, standing_of
from app.portal import amounts as portal_amounts
from app.tenancy.models import Tenant, TenantKind

#: How the data name the article whose kinds are the matrix's columns; the next article's differ by unit.
ARTICLE = "第二十条"
REST = "第二十一条各类"


class Mark(StrEnum):
    """How a cell is coloured."""

    FINE = "fine"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Cell:
    """One kind of information of one unit."""

    mark: Mark
    text: str
    #: In words, for who hears the page or points at the cell.
    says: str


@dataclass(frozen=True)
class Line:
    """A unit with its cells, in the matrix's order."""

    unit: Tenant
    cells: tuple[Cell, ...]

    @property
    def red(self) -> int:
        """How many kinds the unit lacks."""
        return sum(cell.mark is Mark.RED for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """All units and all kinds."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Delays:
    """How much of a unit is late."""

    unit: Tenant
    late: int
    over: int
    rows: int
    reviews: int

    @property
    def total(self) -> int:
        """What is still to be mended; what was late cannot be."""
        return self.over + self.rows + self.reviews


def matrix(units: Sequence[Tenant]) -> Matrix:
    """Return what each unit has of each kind; an empty one that applies is red, an old one amber (S-07)."""
    amounts, reasons = _amounts(units), _reasons()
    columns = _statutory(units)
    heads = {one.slug: one.title for one in columns if _is_main(one)}
    of_unit: dict[int, list[Column]] = {}
    for one in columns:
        of_unit.setdefault(one.tenant_id, []).append(one)
    lines = []
    for unit in units:
        own = of_unit.get(unit.id, [])
        by_slug = {one.slug: _cell(one, amounts, reasons) for one in own if _is_main(one)}
        rest = [_cell(one, amounts, reasons) for one in own if not _is_main(one)]
        cells = [by_slug.get(slug, Cell(Mark.RED, "缺", "没有这个栏目")) for slug in heads]
        lines.append(Line(unit, (*cells, _together(rest))))
    return Matrix((*heads.values(), REST), tuple(lines))


def delays(units: Sequence[Tenant]) -> list[Delays]:
    """Return how much of each unit is late, the worst first."""
    late = Counter(one.tenant_id for one in overdue.late())
    over = Counter(one.tenant_id for one in overdue.waiting() if one.is_over)
    reviews = Counter(one.tenant_id for one in overdue.to_review())
    rows = _overdue_rows(units)
    found = [Delays(unit, late[unit.id], over[unit.id], rows[unit.id], reviews[unit.id]) for unit in units]
    return sorted(found, key=lambda one: (-one.total, -one.late, one.unit.position))


def disclosing(tenants: Iterable[Tenant]) -> list[Tenant]:
    """Leave out the units that disclose on a site elsewhere."""
    return [tenant for tenant in tenants if tenant.kind is not TenantKind.INDEPENDENT]


def _statutory(units: Sequence[Tenant]) -> list[Column]:
    asked = select(Column).where(
        Column.section == Section.DISCLOSURE,
        Column.block == STATUTORY,
        Column.tenant_id.in_([unit.id for unit in units]),
    )
    return list(db.session.scalars(asked.order_by(Column.position, Column.id)))


def _is_main(column: Column) -> bool:
    return ARTICLE in column.source


def _amounts(units: Sequence[Tenant]) -> dict[int, Amount]:
    found = amounts_by_column()
    for unit in units:
        if unit.kind is TenantKind.PORTAL:
            shown = portal_amounts.amounts_by_column(unit.id)
            found |= {column_id: Amount(count, newest) for column_id, (count, newest) in shown.items()}
    return found


def _reasons() -> dict[int, str]:
    asked = select(Node.column_id, Node.reason).where(Node.applies.is_(False))
    return {column_id: reason for column_id, reason in db.session.execute(asked)}  # noqa: C416


def _cell(column: Column, amounts: dict[int, Amount], reasons: dict[int, str]) -> Cell:
    amount = amounts.get(column.id, NOTHING)
    if column.id in reasons:
        return Cell(Mark.GREY, "不适用", f"{column.title}不适用：{reasons[column.id]}")
    if amount.newest_on is None:
        return Cell(Mark.RED, "空", f"{column.title}没有信息")
    stale = rule_in_force(FILE, "coverage", on=today())["stale_days"]
    is_old = today() - amount.newest_on > timedelta(days=stale)
    says = f"{column.title} {amount.count} 条，最近 {amount.newest_on}"
    return Cell(Mark.AMBER if is_old else Mark.FINE, str(amount.count), says)


def _together(cells: list[Cell]) -> Cell:
    """Return the kinds of article 21 as one cell: how many of those that apply have something."""
    asked = [cell for cell in cells if cell.mark is not Mark.GREY]
    if not asked:
        return Cell(Mark.GREY, "—", "没有应当公开的类别")
    empty = [cell for cell in asked if cell.mark is Mark.RED]
    says = "；".join(cell.says for cell in empty) or "都有信息"
    mark = Mark.RED if len(empty) == len(asked) else Mark.AMBER if empty else Mark.FINE
    return Cell(mark, f"{len(asked) - len(empty)}/{len(asked)}", says)


def _overdue_rows(units: Sequence[Tenant]) -> Counter[int]:
    asked = select(CatalogueRow).where(
        CatalogueRow.retired_at.is_(None), CatalogueRow.tenant_id.in_([unit.id for unit in units])
    )
    rows = list(db.session.scalars(asked))
    amounts = with_waiting(rows, amounts_of(rows, _amounts(units)))
    excused = _reasons().keys()
    states = ((row, standing_of(row, amounts[row.id], on=today(), excused=excused)) for row in rows)
    return Counter(row.tenant_id for row, one in states if one.state is State.OVERDUE)
