"""The people of a unit in its manager's hands, and who is not in them (S-42, S-45, A11)."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import AccountState, Membership
from app.accounts.permissions import Role
from app.accounts.queries import not_over
from app.core.database import db
from tests.app.accounts.conftest import PASSWORD, Desk, Offices, account_of

PEOPLE = "/slj/people"
NEW = "Other-river-88y"


@pytest.fixture
def manager(staffed: Offices) -> Desk:
    staffed.person("sunli", ("slj", Role.MANAGER), name="孙丽")
    browser = staffed.browser()
    browser.sign_in("sunli")
    return browser


def membership_of(county: Offices, login: str, slug: str = "slj") -> int:
    with county.app.app_context():
        return next(held.id for held in account_of(login).memberships if held.tenant_id == county.id_of(slug))


def roles_of(county: Offices, login: str) -> set[Role]:
    with county.app.app_context():
        return {one.role for one in account_of(login).memberships if one.is_held}


def link_on(page: str) -> str:
    found = re.search(r"(/activate/[\w-]+)<", page)
    assert found
    return found[1]


def test_the_menu_keeps_the_people_on_the_own_pages(manager: Desk) -> None:
    for path in ("/account", "/inbox"):
        assert f'href="{PEOPLE}"' in manager.get(path).text, path


def test_a_manager_invites_and_the_person_comes(manager: Desk, staffed: Offices) -> None:
    answer = manager.post(f"{PEOPLE}/invite", login="zhaoliu", name="赵六", roles=["editor", "signer"])

    assert "只显示这一次" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    path, browser = link_on(answer.text), staffed.browser("10.1.1.2")
    assert browser.post(path, password=NEW, again=NEW).status_code == 303
    assert browser.sign_in("zhaoliu", NEW).location == "/"
    page = manager.get(PEOPLE).text
    assert "赵六" in page
    assert path not in page
    assert roles_of(staffed, "zhaoliu") == {Role.EDITOR, Role.SIGNER}
    assert staffed.acts()[1:3] == ["account.create", "account.link_activate"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"login": "slj", "name": "赵六", "roles": ["editor"]}, "本人姓名的拼音"),
        ({"login": "zhaoliu", "name": "", "roles": ["editor"]}, "请填写姓名"),
        ({"login": "zhaoliu", "name": "赵六"}, "请至少选一个角色"),
        ({"login": "sunli", "name": "孙丽", "roles": ["editor"]}, "请联系县信息化管理部门添加角色"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    manager: Desk, staffed: Offices, fields: dict[str, object], says: str
) -> None:
    answer = manager.post(f"{PEOPLE}/invite", **fields)

    assert answer.status_code == 422
    assert says in answer.text


@pytest.mark.parametrize("role", ["operator", "auditor", "root"])
def test_a_manager_cannot_give_county_roles(manager: Desk, staffed: Offices, role: str) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    account_id = staffed.account_id("wanghai")

    assert manager.post(f"{PEOPLE}/invite", login="zhaoliu", name="赵六", roles=[role]).status_code == 422
    assert manager.post(f"{PEOPLE}/{account_id}/grant", role=role).status_code == 409
    assert roles_of(staffed, "wanghai") == {Role.EDITOR}


def test_a_manager_gives_and_takes_roles(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))

    assert manager.post(f"{PEOPLE}/{staffed.account_id('wanghai')}/grant", role="signer").location == PEOPLE
    assert roles_of(staffed, "wanghai") == {Role.EDITOR, Role.SIGNER}
    membership = membership_of(staffed, "wanghai")
    assert manager.post(f"{PEOPLE}/roles/{membership}/revoke").location == PEOPLE
    assert roles_of(staffed, "wanghai") == {Role.SIGNER}
    assert staffed.acts()[-2:] == ["account.grant", "account.revoke"]


def test_a_reset_link_works_and_the_old_password_until_then(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    account_id, browser = staffed.account_id("wanghai"), staffed.browser("10.1.1.2")
    browser.sign_in("wanghai")

    page = manager.post(f"{PEOPLE}/{account_id}/link").text

    assert "60 分钟内有效" in page
    assert browser.is_signed_in()
    staffed.browser("10.1.1.3").post(link_on(page), password=NEW, again=NEW)
    assert not browser.is_signed_in()


def test_who_is_something_elsewhere_is_only_let_go(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR), ("qiaotou", Role.EDITOR))
    account_id = staffed.account_id("wanghai")

    page = manager.get(PEOPLE).text
    assert "由县级管理" in page
    assert "桥头镇" not in page
    assert manager.post(f"{PEOPLE}/{account_id}/link").status_code == 409
    assert manager.post(f"{PEOPLE}/{account_id}/grant", role="signer").status_code == 409
    assert manager.post(f"{PEOPLE}/roles/{membership_of(staffed, 'wanghai')}/revoke").status_code == 303
    with staffed.app.app_context():
        of_person = select(Membership).where(Membership.account_id == account_id, not_over())
        kept = db.session.scalars(of_person).one()
        assert kept.tenant_id == staffed.id_of("qiaotou")


def test_another_units_people_do_not_exist_here(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("qiaotou", Role.EDITOR))
    account_id, membership = staffed.account_id("wanghai"), membership_of(staffed, "wanghai", "qiaotou")

    assert manager.post(f"{PEOPLE}/{account_id}/link").status_code == 404
    assert manager.post(f"{PEOPLE}/{account_id}/grant", role="signer").status_code == 404
    assert manager.post(f"{PEOPLE}/roles/{membership}/revoke").status_code == 404
    for path in ("/qiaotou/people", "/nowhere/people"):
        assert manager.get(path).status_code == 404
    assert manager.post("/qiaotou/people/invite", login="zhaoliu", name="赵六").status_code == 404
    assert roles_of(staffed, "wanghai") == {Role.EDITOR}


def test_managers_do_not_change_themselves(manager: Desk, staffed: Offices) -> None:
    account_id, membership = staffed.account_id("sunli"), membership_of(staffed, "sunli")

    assert manager.post(f"{PEOPLE}/{account_id}/grant", role="leader").status_code == 409
    assert manager.post(f"{PEOPLE}/{account_id}/link").status_code == 409
    assert manager.post(f"{PEOPLE}/roles/{membership}/revoke").status_code == 409
    assert roles_of(staffed, "sunli") == {Role.MANAGER}


def test_a_portals_manager_has_no_hold_over_the_countys_people(staffed: Offices) -> None:
    staffed.operator("liming")
    staffed.person("sunli", ("portal", Role.MANAGER))
    browser = staffed.browser()
    browser.sign_in("sunli")
    operator = staffed.account_id("liming")

    assert browser.post(f"/portal/people/{operator}/link").status_code == 409
    assert browser.post(f"/portal/people/{operator}/grant", role="editor").status_code == 409
    assert (
        browser.post(f"/portal/people/roles/{membership_of(staffed, 'liming', 'portal')}/revoke").status_code
        == 404
    )


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SIGNER, Role.LEADER])
def test_others_of_the_unit_may_not_look(staffed: Offices, role: Role) -> None:
    browser = staffed.browser()
    browser.sign_in(staffed.person("wanghai", ("slj", role)))

    assert browser.get(PEOPLE).status_code == 403
    assert browser.post(f"{PEOPLE}/invite", login="zhaoliu", name="赵六", roles=["editor"]).status_code == 403


def test_an_invited_person_gets_a_new_activation_link(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR), state=AccountState.INVITED, password_hash="")

    page = manager.post(f"{PEOPLE}/{staffed.account_id('wanghai')}/link").text

    assert "72 小时内有效" in page
    assert staffed.browser().sign_in("wanghai", PASSWORD).status_code == 422
