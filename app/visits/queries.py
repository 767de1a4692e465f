"""What the counts of visits say, of one subsite or of several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from app.content.models import Column
from app.core.clock import today
from app.core.database import db
from app.core.workdays import ONE_DAY
from app.visits.models import VisitCount

DAYS = 30
MOST = 20
#: What the chart is drawn in; its width is what the page gives it.
WIDTH, HEIGHT = 600, 120
_TOTAL = func.sum(VisitCount.count)


@dataclass(frozen=True)
class Bar:
    """One day of the chart, where and how high it stands."""

    day: date
    count: int
    x: float
    y: float
    height: float

    @property
    def told(self) -> tuple[date, int]:
        """Return it as a row of a table."""
        return self.day, self.count


@dataclass(frozen=True)
class Chart:
    """The days up to today; told in words too."""

    bars: tuple[Bar, ...]
    total: int
    most: int
    step: float = WIDTH / DAYS


def chart(units: Iterable[int]) -> Chart:
    """Return the visits of subsites, day by day."""
    rows = select(VisitCount.day, _TOTAL).where(_recent(), VisitCount.tenant_id.in_(list(units)))
    counts = {day: int(count) for day, count in db.session.execute(rows.group_by(VisitCount.day))}
    days = [_first() + ONE_DAY * number for number in range(DAYS)]
    most = max(counts.values(), default=0)
    bars = []
    for number, day in enumerate(days):
        height = round(HEIGHT * counts.get(day, 0) / most, 1) if most else 0.0
        bars.append(Bar(day, counts.get(day, 0), number * WIDTH / DAYS, HEIGHT - height, height))
    return Chart(tuple(bars), sum(counts.values()), most)


def pages() -> list[tuple[str, int]]:
    """Return the pages of the bound subsite that were read most."""
    rows = select(VisitCount.path, _TOTAL).where(_recent(), VisitCount.path != "").group_by(VisitCount.path)
    found = db.session.execute(rows.order_by(_TOTAL.desc(), VisitCount.path).limit(MOST))
    return [(path, int(count)) for path, count in found]


def of_columns() -> list[tuple[str, int]]:
    """Return the columns of the bound subsite by their visits, lists and texts together."""
    rows = (
        select(Column.title, _TOTAL)
        .join(VisitCount, (VisitCount.section == Column.slug) & (VisitCount.tenant_id == Column.tenant_id))
        .where(_recent())
        .group_by(Column.id, Column.title)
    )
    return [(title, int(count)) for title, count in db.session.execute(rows.order_by(_TOTAL.desc()))]


def by_unit(units: Iterable[int]) -> dict[int, int]:
    """Return how often each subsite was read."""
    rows = select(VisitCount.tenant_id, _TOTAL).where(_recent(), VisitCount.tenant_id.in_(list(units)))
    return {unit: int(count) for unit, count in db.session.execute(rows.group_by(VisitCount.tenant_id))}


def _first() -> date:
    return today() - timedelta(days=DAYS - 1)


def _recent() -> ColumnElement[bool]:
    return VisitCount.day >= _first()
