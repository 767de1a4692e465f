"""The office's page of visits over all subsites."""

from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.core.database import db
from app.operations.guard import OfficeView, at, within
from app.tenancy.models import Tenant
from app.visits import queries


class VisitsView(OfficeView):
    """The county's chart and each subsite's number; auditors see it too."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})

    @at("/")
    def index(self) -> ResponseReturnValue:
        """Show the chart and the subsites, most read first."""
        names = select(Tenant.id, Tenant.name).where(within(self.portals)).order_by(Tenant.position)
        units = {row.id: row.name for row in db.session.execute(names)}
        counts = queries.by_unit(units)
        rows = sorted(((name, counts.get(unit, 0)) for unit, name in units.items()), key=lambda row: -row[1])
        return self.render("office/visits.html", chart=queries.chart(units), rows=rows)
