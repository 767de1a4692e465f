"""The office's list of people: making accounts, handing out links, ending accounts."""

from http import HTTPStatus
from typing import Any, ClassVar

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.accounts import services
from app.accounts.credentials.links import LASTS_LABEL
from app.accounts.models import Account, AccountState, LinkPurpose, Membership
from app.accounts.permissions import Permission
from app.accounts.roster import Term
from app.accounts.session import current_account
from app.core.errors import RuleBroken
from app.operations import queries
from app.operations.forms import PersonForm
from app.operations.guard import at, portals_of, within
from app.operations.tables import OfficeTable, equals
from app.tenancy.models import Tenant
from app.web.cells import Cell

ELSEWHERE = "这位同志在其他门户也有角色，账号不能由这里管理；可以在“成员”中调整其在本县的角色。"
OWN = "本人的密码和二次验证请在“我的账号”中修改；停用请由另一位县级运维办理。"


def _roles(account: Account) -> list[str]:
    """Return what a person is on the operator's portals and units; the rest is none of their business."""
    portals = portals_of(current_account(), {Permission.OPERATE_COUNTY})
    seen = [one for one in account.memberships if not one.is_over]
    mine = [one for one in seen if {one.tenant_id, one.tenant.portal_id} & portals]
    return [f"{one.tenant.name}·{one.role.label}" for one in mine]


class AccountTable(OfficeTable):
    """The people of the operator's portals and their units."""

    list_template = "office/accounts.html"
    can_create = True
    create_label = "新建账号"
    purpose = "账号属于个人，不共用；密码由本人通过一次性链接设置，任何人都看不到。"
    searched = (Account.name, Account.login)
    natural_order = (Account.login,)
    column_filters = (equals("状态", "state", Account.state, AccountState),)
    cells: ClassVar[dict[str, Cell]] = {
        "name": Cell("姓名", lambda row: row.name, Account.name),
        "login": Cell("登录名", lambda row: row.login, Account.login),
        "state": Cell("状态", lambda row: row.state, Account.state),
        "roles": Cell("角色", _roles, wraps=True),
        "second": Cell("二次验证", lambda row: "已启用" if row.second_factor else "未启用"),
        "seen": Cell("上次登录", lambda row: row.last_sign_in_at, Account.last_sign_in_at),
    }

    def limited(self, query: Any) -> Any:
        here = select(Membership.account_id).join(Tenant, Tenant.id == Membership.tenant_id)
        mine: ColumnElement[bool] = Account.id.in_(here.where(within(self.portals)))
        if queries.is_only_portal(self.portals):  # People without a role are nobody else's either.
            mine |= Account.id.not_in(select(Membership.account_id)) & (Account.state != AccountState.ENDED)
        return query.filter(mine)

    def loaded(self, query: Any) -> Any:
        return query.options(selectinload(Account.memberships).joinedload(Membership.tenant))

    def suggestions(self) -> list[str]:
        """Return what the browser suggests in the field for the unit."""
        return queries.suggested_units(self.portals)

    @at("/new/", "GET", "POST")
    def create_view(self) -> ResponseReturnValue:
        """Make an account for a person, and show the link for activating it, once."""
        form = PersonForm(request.form)
        if request.method == "GET":
            return self._form_page(form)
        made: list[tuple[Account, str]] = []
        if form.validate() and self.attempt(lambda: made.append(self._made(form))):
            return self._link_page(*made[0], LinkPurpose.ACTIVATE)
        return self._form_page(form), HTTPStatus.UNPROCESSABLE_ENTITY

    @at("/link/", "POST")
    def link(self) -> ResponseReturnValue:
        """Show a link for choosing a password, once."""
        account = self.asked()
        is_new = account.state is AccountState.INVITED
        purpose = LinkPurpose.ACTIVATE if is_new else LinkPurpose.RESET
        made: list[str] = []
        if self.attempt(lambda: made.append(self._link_for(account, purpose))):
            return self._link_page(account, made[0], purpose)
        return self.back()

    @at("/end/", "POST")
    def end(self) -> ResponseReturnValue:
        """Let a person in no more."""
        account = self.asked()

        def act() -> None:
            self._refuse_not_ours(account)
            services.end_account(account)

        self.attempt(act, f"{account.name}的账号已停用，所有登录均已退出。")
        return self.back()

    def _made(self, form: PersonForm) -> tuple[Account, str]:
        unit = queries.unit_typed(form.unit.data, self.portals)
        roles = [(unit.id, role) for role in form.roles.data]
        account = services.create_account(
            form.login.data,
            form.name.data,
            roles=roles,
            term=Term(form.office.data or ""),
            email=form.email.data or "",
        )
        return account, services.issue_link(account, LinkPurpose.ACTIVATE)

    def _link_for(self, account: Account, purpose: LinkPurpose) -> str:
        self._refuse_not_ours(account)
        return services.issue_link(account, purpose)

    def _refuse_not_ours(self, account: Account) -> None:
        """Refuse a person who is more than the operator sees: a link leads into all that they may (A11)."""
        if account.id == current_account().id:
            raise RuleBroken(OWN)
        if not queries.is_nothing_elsewhere(account, self.portals):
            raise RuleBroken(ELSEWHERE)

    def _form_page(self, form: PersonForm) -> str:
        return self.render("office/account.html", form=form, return_url=self.get_url(".index_view"))

    def _link_page(self, account: Account, address: str, purpose: LinkPurpose) -> str:
        return self.render(
            "office/link.html", account=account, address=address, lasts=LASTS_LABEL[purpose], purpose=purpose
        )
