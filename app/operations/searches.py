"""What visitors search for, and what they search for in vain: where a county's pages lack something."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import func

from app.accounts.permissions import Permission
from app.core.clock import today
from app.core.database import db
from app.core.rules import rule_in_force
from app.operations.guard import within
from app.operations.tables import ChoiceFilter, OfficeTable
from app.search.models import SearchCount
from app.tenancy.models import Tenant
from app.web.cells import Cell

ASKED, IN_VAIN = func.sum(SearchCount.count), func.sum(SearchCount.without_result)
#: Days, by the name in the address.
PERIODS = {"week": ("近 7 天", 7), "month": ("近 30 天", 30), "year": ("近一年", 365)}


@dataclass(frozen=True)
class Counted:
    """A term on one subsite, over the chosen days."""

    term: str
    unit: str
    asked: int
    in_vain: int


def _since(days: int) -> Any:
    return SearchCount.day > today() - timedelta(days=days)


class SearchTable(OfficeTable):
    """Terms by how often they were asked for; a term of one or two people is not told."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})
    list_template = "office/standing.html"
    purpose = (
        "访客在各子站搜索的词，不含可能涉及个人的词和只搜过一两次的词。常搜而无结果的，请相关单位补充信息。"
    )
    searched = (SearchCount.term, Tenant.name, Tenant.slug)
    column_filters = (
        ChoiceFilter(
            "时间",
            "period",
            {name: (label, partial(_since, days)) for name, (label, days) in PERIODS.items()},
        ),
        ChoiceFilter("结果", "result", {"none": ("搜过而无结果", lambda: SearchCount.without_result > 0)}),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "term": Cell("搜索词", lambda row: row.term, SearchCount.term),
        "unit": Cell("在哪个子站", lambda row: row.unit, Tenant.name),
        "asked": Cell("次数", lambda row: row.asked, ASKED),
        "in_vain": Cell("其中无结果", lambda row: row.in_vain, IN_VAIN),
    }

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == SearchCount.tenant_id).filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[Counted]]:
        """Return one page of the terms, added up over the days."""
        page, sort, descending, search, filters = args
        size = kwargs.get("page_size") or self.page_size
        query = self.limited(db.session.query(SearchCount.term, Tenant.name, ASKED, IN_VAIN))
        for index, _, value in filters or ():
            query = self._filters[index].apply(query, value)
        if search:
            query = self._apply_search(query, query, {}, {}, search)[0]
        least = rule_in_force("search", "counting", on=today())["least"]
        query = query.group_by(SearchCount.term, Tenant.id, Tenant.name).having(
            func.sum(SearchCount.count) >= least
        )
        order = self.cells[sort].sort if sort in self.cells else ASKED
        by = order if sort in self.cells and not descending else order.desc()
        rows = query.order_by(by, ASKED.desc(), SearchCount.term, Tenant.name)
        found = rows.limit(size).offset((page or 0) * size)
        return query.count(), [Counted(term, unit, int(n), int(vain)) for term, unit, n, vain in found]
