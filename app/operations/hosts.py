"""The office's list of host names: adding, choosing the primary one, removing."""

from typing import Any, ClassVar

from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.orm import contains_eager

from app.operations import hostnames, queries
from app.operations.forms import HostForm
from app.operations.guard import at, within
from app.operations.tables import ChoiceFilter, OfficeTable
from app.tenancy.addresses import origin
from app.tenancy.models import Host, Tenant
from app.web.cells import Cell, Link


class HostTable(OfficeTable):
    """All names under which the operator's subsites answer."""

    list_template = "office/hosts.html"
    create_template = "office/host.html"
    can_create = True
    create_view = ModelView.create_view
    create_label = "增加域名"
    purpose = "每个子站有一个主域名，其余域名自动转到主域名。改动立即生效，不需要重启。"
    searched = (Host.name, Tenant.name, Tenant.slug)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position, Host.is_primary.desc())
    column_filters = (
        ChoiceFilter(
            "用途",
            "use",
            {
                "primary": ("主域名", lambda: Host.is_primary),
                "further": ("其他域名", lambda: Host.is_primary.is_(False)),
            },
        ),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "name": Cell("域名", lambda row: Link(row.name, f"{origin(row.name)}/"), Host.name),
        "unit": Cell("子站", lambda row: row.tenant.name, Tenant.name, wraps=True),
        "primary": Cell("用途", lambda row: "主域名" if row.is_primary else "转到主域名", Host.is_primary),
        "changed": Cell("最近改动", lambda row: row.changed_at, Host.changed_at),
    }

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == Host.tenant_id).filter(within(self.portals))

    def loaded(self, query: Any) -> Any:
        return query.options(contains_eager(Host.tenant))

    def scaffold_form(self) -> type[HostForm]:
        return HostForm

    def suggestions(self) -> list[str]:
        """Return what the browser suggests in the field for the unit."""
        return queries.suggested_units(self.portals)

    def create_model(self, form: HostForm) -> bool:
        return self.attempt(
            lambda: hostnames.add_host(queries.unit_typed(form.unit.data, self.portals), form.name.data)
        )

    @at("/primary/", "POST")
    def primary(self) -> ResponseReturnValue:
        """Make a name the primary one."""
        host = self.asked()
        self.attempt(lambda: hostnames.make_primary(host), f"“{host.name}”已设为主域名。")
        return self.back()

    @at("/remove/", "POST")
    def remove(self) -> ResponseReturnValue:
        """Take a further name away."""
        host = self.asked()
        name = host.name
        self.attempt(lambda: hostnames.remove_host(host), f"域名“{name}”已移除，不再打开任何子站。")
        return self.back()
