"""Accounts and roles: who may be what, and that every act is on record (S-62, D4)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.accounts import roster, services
from app.accounts.models import Account, AccountState, LinkPurpose, Membership
from app.accounts.permissions import Role
from app.audit.models import AuditRow
from app.audit.services import act_as, flaws
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from tests.app.accounts.conftest import Offices, account_of


@pytest.fixture
def county(staffed: Offices) -> Iterator[Offices]:
    with staffed.app.app_context():
        yield staffed


def tenant(slug: str) -> Tenant:
    return db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()


def created(login: str, *roles: tuple[str, Role]) -> Account:
    return services.create_account(login, "王海", roles=[(tenant(slug).id, role) for slug, role in roles])


def test_an_account_is_of_a_person_and_may_be_several_things(county: Offices) -> None:
    account = created(" ZhangSan ", ("slj", Role.EDITOR), ("slj", Role.MANAGER), ("portal", Role.SIGNER))

    assert (account.login, account.state) == ("zhangsan", AccountState.INVITED)
    assert [membership.role for membership in account.memberships] == [Role.EDITOR, Role.MANAGER, Role.SIGNER]


@pytest.mark.parametrize(
    "login",
    ["admin", "admin01", "office", "bangongshi", "ban.gong.shi", "slj", "slj02", "qiaotou-1"],
)
def test_names_of_offices_and_units_are_refused(county: Offices, login: str) -> None:
    with pytest.raises(RuleBroken, match="本人姓名的拼音"):
        created(login)


@pytest.mark.parametrize(
    "login", ["", "ab", "1zhang", "zhang san", "张三", "zhang_", "z" * 41, "a/b/c", "<b>x"]
)
def test_logins_are_plain(county: Offices, login: str) -> None:
    with pytest.raises(RuleBroken, match="3 至 40 个"):
        created(login)


def test_a_login_is_given_once_and_a_name_is_asked_for(county: Offices) -> None:
    created("zhangsan")

    with pytest.raises(RuleBroken, match="已被使用"):
        created("ZHANGSAN")
    with pytest.raises(RuleBroken, match="姓名"):
        services.create_account("lisi", "  ", roles=[])


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_county_roles_are_held_on_portals_only(county: Offices, role: Role) -> None:
    account = created("zhangsan")

    with pytest.raises(RuleBroken, match="县级角色"):
        roster.grant(account, tenant("slj"), role)
    assert roster.grant(account, tenant("portal"), role).role is role


def test_a_role_is_given_once(county: Offices) -> None:
    account = created("zhangsan", ("slj", Role.EDITOR))

    with pytest.raises(RuleBroken, match="已经是"):
        roster.grant(account, tenant("slj"), Role.EDITOR)


def test_nobody_changes_their_own_roles_or_state(county: Offices) -> None:
    account = created("zhangsan", ("portal", Role.OPERATOR))
    act_as(account.id, account.login)

    with pytest.raises(RuleBroken, match="自己的角色"):
        roster.grant(account, tenant("portal"), Role.AUDITOR)
    with pytest.raises(RuleBroken, match="自己的角色"):
        roster.revoke(account.memberships[0])
    with pytest.raises(RuleBroken, match="自己的角色"):
        services.end_account(account)


def test_the_last_operator_of_a_portal_stays(county: Offices) -> None:
    last = account_of("portal.operator")
    created("invited", ("portal", Role.OPERATOR))  # Cannot sign in yet, and so does not count.

    with pytest.raises(RuleBroken, match="最后一位"):
        roster.revoke(last.memberships[0])
    with pytest.raises(RuleBroken, match="最后一位"):
        services.end_account(last)

    db.session.commit()
    county.operator("zhaoliu")
    roster.revoke(last.memberships[0])
    assert not last.has_role(Role.OPERATOR)


def test_an_ended_account_gets_neither_role_nor_link_nor_password(county: Offices) -> None:
    county.person("wanghai", ("slj", Role.EDITOR))
    account = account_of("wanghai")
    services.end_account(account)

    assert account.password_hash == ""
    with pytest.raises(RuleBroken, match="已停用"):
        roster.grant(account, tenant("slj"), Role.SIGNER)
    with pytest.raises(RuleBroken, match="已停用"):
        services.issue_link(account, LinkPurpose.RESET)
    with pytest.raises(RuleBroken, match="已停用"):
        services.set_password(account, "Other-river-88y")


def test_a_weak_password_is_refused_by_the_service_too(county: Offices) -> None:
    with pytest.raises(RuleBroken, match="至少 10 个字符"):
        services.set_password(created("zhangsan"), "short")


def test_acts_stand_in_the_chain_of_whom_they_concern(county: Offices) -> None:
    account = created("zhangsan", ("slj", Role.EDITOR))
    membership = roster.grant(account, tenant("qiaotou"), Role.SIGNER)
    services.set_password(account, "Other-river-88y")
    roster.revoke(membership)
    services.end_account(account)
    db.session.commit()

    with reaching(Reach.COUNTY):
        rows = db.session.scalars(
            select(AuditRow).where(AuditRow.act.like("account.%")).order_by(AuditRow.id)
        ).all()
        units = {row.tenant_id: list(flaws(row.tenant_id)) for row in rows}
    assert [(row.act, row.tenant_id) for row in rows] == [
        ("account.create", tenant("portal").id),
        ("account.grant", tenant("qiaotou").id),
        ("account.password", tenant("portal").id),
        ("account.revoke", tenant("qiaotou").id),
        ("account.end", tenant("portal").id),
    ]
    assert list(units.values()) == [[], []]
    assert {row.subject for row in rows} == {f"account:{account.id}"}
    assert "river" not in "".join(row.detail for row in rows)


def test_a_role_that_is_taken_stays_as_history(county: Offices) -> None:
    account = created("zhangsan", ("slj", Role.EDITOR))
    db.session.commit()

    roster.revoke(account.memberships[0])
    db.session.commit()

    kept = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
    assert (kept.is_held, kept.is_over, kept.until) == (False, True, today())
