"""What a unit hands over to archive and library in a period: the list 移送明细表 (GK-13)."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.audit.services import record
from app.exports import queries
from app.exports.queries import Disclosed, Wanted
from app.tenancy.current import current_tenant
from app.theming.filters import day

#: Of one list; a longer period is handed over in parts (D10).
MOST = 20_000
HEADS = (
    "序号",
    "索引号",
    "信息名称",
    "文号",
    "发布机构",
    "体裁",
    "成文日期",
    "公开日期",
    "有效性",
    "网址",
    "备注",
)


def in_period(start: date, end: date) -> Iterator[Disclosed]:
    """Yield what became public in a period and still is; of a portal's desk the whole county's."""
    yield from queries.whole(current_tenant, _wanted(start, end))


def count_in(start: date, end: date) -> int:
    """Return how many texts a period has."""
    return queries.count(current_tenant, _wanted(start, end))


def lines(rows: Iterable[Disclosed]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the list, numbered."""
    for number, one in enumerate(rows, start=1):
        yield (
            str(number),
            one.index_number,
            one.title,
            one.document_number,
            one.unit,
            one.genre.label,
            one.formed_on.isoformat() if one.formed_on else "",
            day(one.published_at),
            one.validity.label,
            one.url,
            "",
        )


def note(start: date, end: date, kind: str, number: int) -> None:
    """Record that a list was made: what was handed over must be known later."""
    record(
        "transfer.export",
        f"transfer:{start.isoformat()}/{end.isoformat()}",
        tenant_id=current_tenant.id,
        after={"kind": kind, "count": number},
    )


def _wanted(start: date, end: date) -> Wanted:
    return Wanted(start=start, end=end)
