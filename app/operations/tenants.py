"""The office's list of subsites: who they are, renaming them, closing and reopening them."""

from typing import Any, ClassVar

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.orm import selectinload

from app.operations import services
from app.operations.forms import UnitForm
from app.operations.guard import at, within
from app.operations.tables import OfficeTable, equals
from app.tenancy.addresses import origin
from app.tenancy.models import Tenant, TenantKind, TenantState
from app.web.cells import Cell, Link


def _primary(tenant: Tenant) -> str:
    return next((host.name for host in tenant.hosts if host.is_primary), "")


class TenantTable(OfficeTable):
    """All subsites of the operator's portals, the portals among them."""

    list_template = "office/units.html"
    edit_template = "office/unit.html"
    can_edit = True
    edit_view = ModelView.edit_view
    purpose = "一个单位一个子站。改名、改页脚信息后，子站和门户在下一次访问时就是新的。"
    searched = (Tenant.name, Tenant.unit, Tenant.slug, Tenant.credit_code)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position)
    column_filters = (
        equals("类型", "kind", Tenant.kind, TenantKind),
        equals("状态", "state", Tenant.state, TenantState),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "name": Cell("子站", lambda row: row.name, Tenant.name),
        "slug": Cell("标识", lambda row: row.slug, Tenant.slug),
        "kind": Cell("类型", lambda row: row.kind.label, Tenant.kind),
        "state": Cell("状态", lambda row: row.state, Tenant.state),
        "host": Cell("主域名", lambda row: Link(_primary(row), f"{origin(_primary(row))}/")),
        "opened": Cell("开通时间", lambda row: row.opened_at, Tenant.opened_at),
    }

    def limited(self, query: Any) -> Any:
        return query.filter(within(self.portals))

    def loaded(self, query: Any) -> Any:
        return query.options(selectinload(Tenant.hosts))

    def scaffold_form(self) -> type[UnitForm]:
        return UnitForm

    def update_model(self, form: UnitForm, model: Tenant) -> bool:
        return self.attempt(lambda: services.change_unit(model, form.data))

    @at("/close/", "POST")
    def close(self) -> ResponseReturnValue:
        """Close a subsite, with a reason."""
        tenant = self.asked()
        reason = request.form.get("reason", "")
        self.attempt(
            lambda: services.close_unit(tenant, reason=reason),
            f"“{tenant.name}”已关停：它的域名现在回答“已关停”，门户不再显示它的信息。",
        )
        return self.back()

    @at("/reopen/", "POST")
    def reopen(self) -> ResponseReturnValue:
        """Open a closed subsite again."""
        tenant = self.asked()
        self.attempt(lambda: services.reopen_unit(tenant), f"“{tenant.name}”已重新开通。")
        return self.back()
