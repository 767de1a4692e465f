"""The people of one unit, as its manager sees and changes them (S-42, S-45, A11)."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts import queries, roster, services
from app.accounts.console.entrance import TEMPLATES
from app.accounts.console.forms import EmailForm, InviteForm, RoleForm, TermForm
from app.accounts.credentials.links import LASTS_LABEL
from app.accounts.models import Account, AccountState, LinkPurpose, Membership
from app.accounts.permissions import UNIT_ROLES, Permission
from app.accounts.roster import Term
from app.accounts.session import current_account
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.lookup import one_or_404
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.web.blueprints import DeskBlueprint

ELSEWHERE = "这位同志在其他单位或县里也有角色，账号由县级管理，请联系县信息化管理部门办理。"

bp = DeskBlueprint("people", __name__, template_folder=TEMPLATES)


@bp.page("", may=Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """List the unit's people with their roles, and offer to invite another."""
    return _index(InviteForm())


@bp.action("/invite", may=Permission.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Make an account for a person new to the platform, and show the link for activating it."""
    form = InviteForm(request.form)
    if not form.validate():
        return _index(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if queries.account_by_login(form.login.data):
        form.login.errors = [
            "这个登录名已被使用。如果这位同志在其他单位已有账号，请联系县信息化管理部门添加角色。"
        ]
        return _index(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        account = services.create_account(
            form.login.data,
            form.name.data,
            roles=[(current_tenant.id, role) for role in form.roles.data],
            term=Term(form.office.data or ""),
            email=form.email.data or "",
        )
    except RuleBroken as broken:  # Shown beside the field rather than on a page of its own.
        db.session.rollback()
        form.login.errors = [broken.message]
        return _index(form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _link_page(account, LinkPurpose.ACTIVATE)


@bp.action("/<int:account_id>/link", may=Permission.MANAGE_PEOPLE)
def link(account_id: int) -> ResponseReturnValue:
    """Show a link for choosing a password, once."""
    account = _person_only_of_this_unit(account_id)
    is_new = account.state is AccountState.INVITED
    return _link_page(account, LinkPurpose.ACTIVATE if is_new else LinkPurpose.RESET)


@bp.action("/<int:account_id>/grant", may=Permission.MANAGE_PEOPLE)
def grant(account_id: int) -> ResponseReturnValue:
    """Give a person of the unit one more role in it."""
    account = _person_only_of_this_unit(account_id)
    form = RoleForm(request.form)
    if fault := form.fault():
        raise RuleBroken("请选择一个本单位的角色。" if form.role.errors else fault)
    membership = roster.grant(
        account, db.session.get_one(Tenant, current_tenant.id), form.role.data, form.term
    )
    when = "现在" if membership.is_held else f"从 {membership.since} 起"
    return _back(f"{account.name}{when}是“{form.role.data.label}”。")


@bp.action("/<int:account_id>/email", may=Permission.MANAGE_PEOPLE)
def email(account_id: int) -> ResponseReturnValue:
    """Note where a colleague's reminders go."""
    account = _person_only_of_this_unit(account_id)
    services.set_email(account, EmailForm(request.form).email.data or "")
    return _back(f"{account.name}的提醒邮箱已保存。")


@bp.action("/roles/<int:membership_id>/change", may=Permission.MANAGE_PEOPLE)
def change(membership_id: int) -> ResponseReturnValue:
    """Change the office and the dates of a role in this unit."""
    membership = _role_here(membership_id)
    form = TermForm(request.form)
    if fault := form.fault():
        raise RuleBroken(fault)
    roster.change_term(membership, form.term)
    return _back(f"“{membership.role.label}”的任职已保存。")


@bp.action("/roles/<int:membership_id>/revoke", may=Permission.MANAGE_PEOPLE)
def revoke(membership_id: int) -> ResponseReturnValue:
    """Take a role in this unit away; county roles are the county's to take."""
    membership = _role_here(membership_id)
    roster.revoke(membership)
    return _back(f"已结束“{membership.role.label}”，任职记录留在下面的历史里。")


def _index(form: InviteForm) -> str:
    return render_template(
        "accounts/people.html",
        people=queries.people_of(current_tenant.id),
        past=queries.past_of(current_tenant.id),
        missing=queries.missing_roles(current_tenant.id),
        today=today(),
        form=form,
        role_form=RoleForm(),
        unit_roles=UNIT_ROLES,
        own_id=current_account().id,
    )


def _link_page(account: Account, purpose: LinkPurpose) -> ResponseReturnValue:
    address = services.issue_link(account, purpose)
    page = render_template(
        "accounts/link.html", account=account, address=address, lasts=LASTS_LABEL[purpose], purpose=purpose
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _back(says: str) -> ResponseReturnValue:
    flash(says, "success")
    return redirect(url_for("people.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


def _role_here(membership_id: int) -> Membership:
    """Find a role in this unit, or answer 404; county roles are not the manager's to see."""
    return one_or_404(
        select(Membership).where(
            Membership.id == membership_id,
            Membership.tenant_id == current_tenant.id,
            Membership.role.in_(UNIT_ROLES),
        )
    )


def _person_only_of_this_unit(account_id: int) -> Account:
    """Find one of the unit's people, unless the person is something elsewhere or of the county (A11)."""
    here = select(Membership.account_id).where(Membership.tenant_id == current_tenant.id, queries.not_over())
    account = one_or_404(select(Account).where(Account.id == account_id, Account.id.in_(here)))
    if not queries.colleague(account, current_tenant.id).is_only_here:
        raise RuleBroken(ELSEWHERE)
    if account.id == current_account().id:
        raise RuleBroken("本人的密码和二次验证请在“我的账号”中修改；角色请由另一位管理人员办理。")
    return account
