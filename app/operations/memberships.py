"""The office's list of who is what where: granting and taking roles."""

from typing import Any, ClassVar

from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.orm import contains_eager

from app.accounts import roster
from app.accounts.console.forms import TermForm
from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.accounts.queries import account_by_login, held_today, not_over
from app.core.errors import RuleBroken
from app.operations import queries
from app.operations.forms import GrantForm
from app.operations.guard import at, within
from app.operations.tables import ChoiceFilter, OfficeTable, equals
from app.tenancy.models import Tenant
from app.web.cells import Cell


def _term(row: Membership) -> str:
    """Write from when to when a role is held."""
    return f"{row.since} 起" if row.until is None else f"{row.since} 至 {row.until}"


class MembershipTable(OfficeTable):
    """All roles on the operator's portals and their units, those of the past too."""

    list_template = "office/memberships.html"
    create_template = "office/membership.html"
    edit_template = "office/term.html"
    can_create = True
    can_edit = True
    create_view = ModelView.create_view
    edit_view = ModelView.edit_view
    create_label = "授予角色"
    purpose = "一个人可以在几个单位有几个角色。县级角色只在县门户上授予。"
    searched = (Account.name, Account.login, Tenant.name, Tenant.slug)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position, Account.login)
    column_filters = (
        equals("角色", "role", Membership.role, Role),
        ChoiceFilter(
            "任职",
            "term",
            {"held": ("在任", held_today), "past": ("历史", lambda: ~not_over())},
        ),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "unit": Cell("单位", lambda row: row.tenant.name, Tenant.name, wraps=True),
        "name": Cell("姓名", lambda row: row.account.name, Account.name),
        "login": Cell("登录名", lambda row: row.account.login, Account.login),
        "role": Cell("角色", lambda row: row.role.label, Membership.role, wraps=True),
        "office": Cell("职务", lambda row: row.office, Membership.office, wraps=True),
        "term": Cell("任期", _term, Membership.since, wraps=True),
        "state": Cell("账号状态", lambda row: row.account.state, Account.state),
    }

    def limited(self, query: Any) -> Any:
        return (
            query.join(Tenant, Tenant.id == Membership.tenant_id)
            .join(Account, Account.id == Membership.account_id)
            .filter(within(self.portals))
        )

    def loaded(self, query: Any) -> Any:
        return query.options(contains_eager(Membership.tenant), contains_eager(Membership.account))

    def scaffold_form(self) -> type[GrantForm]:
        return GrantForm

    def get_edit_form(self) -> type[TermForm]:
        return TermForm

    def suggestions(self) -> list[str]:
        """Return what the browser suggests in the field for the unit."""
        return queries.suggested_units(self.portals)

    def create_model(self, form: GrantForm) -> bool:
        return self.attempt(lambda: self._grant(form))

    def update_model(self, form: TermForm, model: Membership) -> bool:
        return self.attempt(lambda: roster.change_term(model, form.term))

    @at("/revoke/", "POST")
    def revoke(self) -> ResponseReturnValue:
        """Take a role away."""
        held = self.asked()
        says = f"已取消{held.account.name}在{held.tenant.name}的“{held.role.label}”。"
        self.attempt(lambda: roster.revoke(held), says)
        return self.back()

    def _grant(self, form: GrantForm) -> Membership:
        account = account_by_login(form.login.data)
        if account is None:
            raise RuleBroken(f"没有登录名为“{form.login.data}”的账号，请先新建账号。")
        unit = queries.unit_typed(form.unit.data, self.portals)
        return roster.grant(account, unit, form.role.data, form.term)
