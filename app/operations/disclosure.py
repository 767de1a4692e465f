"""The office's pages of disclosure: what units have (S-07), what is late (GK-04), what inspectors find."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.core.clock import today
from app.core.database import db
from app.disclosure import coverage
from app.inspection.findings import by_rule, of_units
from app.operations.guard import OfficeView, at, within
from app.tenancy.models import Tenant, TenantState
from app.web.cells import csv_of
from app.web.paging import PER_PAGE, page_number, pager


class _OfUnits(OfficeView):
    """A page over the open units of the person's portals; auditors see it too."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})

    def units(self) -> list[Tenant]:
        """Return the units that disclose here, in the county's order."""
        asked = select(Tenant).where(within(self.portals), Tenant.state == TenantState.OPEN)
        return coverage.disclosing(db.session.scalars(asked.order_by(Tenant.position, Tenant.id)))

    @staticmethod
    def file(name: str, table: bytes) -> Response:
        """Hand out a table for a spreadsheet."""
        named = f'attachment; filename="{name}-{today():%Y%m%d}.csv"'
        return Response(table, mimetype="text/csv", headers={"Content-Disposition": named})


class CoverageView(_OfUnits):
    """What each unit has of the kinds of the statute."""

    @at("/")
    def index(self) -> ResponseReturnValue:
        """Show the matrix."""
        return self.render("office/coverage.html", matrix=coverage.matrix(self.units()))

    @at("/export/csv/")
    def export(self) -> ResponseReturnValue:
        """Hand out the matrix."""
        found = coverage.matrix(self.units())
        rows = ([line.unit.name, line.red, *(cell.text for cell in line.cells)] for line in found.lines)
        return self.file("coverage", csv_of(["单位", "缺少的类数", *found.heads], rows))


class DelaysView(_OfUnits):
    """How much of each unit is late."""

    @at("/")
    def index(self) -> ResponseReturnValue:
        """Show the units, the worst first."""
        return self.render("office/delays.html", delays=coverage.delays(self.units()))

    @at("/export/csv/")
    def export(self) -> ResponseReturnValue:
        """Hand out the units with their numbers."""
        heads = ["单位", "超期未发布", "目录超期事项", "待再评估", "近一年迟公开"]
        rows = (
            [one.unit.name, one.over, one.rows, one.reviews, one.late]
            for one in coverage.delays(self.units())
        )
        return self.file("deadlines", csv_of(heads, rows))


class FindingsView(_OfUnits):
    """What an inspector would find, unit by unit."""

    @at("/")
    def index(self) -> ResponseReturnValue:
        """Show some units with their findings, or the one that is asked for."""
        units = self.units()
        slug, number = request.args.get("unit", ""), page_number()
        wanted = [unit for unit in units if not slug or unit.slug == slug] or abort(404)
        shown = wanted[(number - 1) * PER_PAGE : number * PER_PAGE]
        return self.render(
            "office/findings.html",
            units=units,
            slug=slug,
            found=[(unit, len(found), by_rule(found)) for unit, found in of_units(shown)],
            pager=pager(number, len(wanted), self.get_url(".index")),
        )

    @at("/export/csv/")
    def export(self) -> ResponseReturnValue:
        """Hand out all findings of all units."""
        rows = ([unit.name, one.rule, one.what] for unit, found in of_units(self.units()) for one in found)
        return self.file("findings", csv_of(["单位", "规则", "问题"], rows))
