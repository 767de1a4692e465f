"""flask account ...: each command, and one clear line when it cannot."""

import pytest
from click.testing import Result

from app.accounts.models import AccountState
from app.accounts.permissions import Role
from app.core.database import db
from app.tenancy.models import Tenant, TenantKind
from tests.app.accounts.conftest import PASSWORD, Offices, account_of


def run(county: Offices, *words: str, typed: str = "") -> Result:
    return county.app.test_cli_runner().invoke(args=["account", *words], input=typed)


def test_an_account_made_with_a_password_can_sign_in(staffed: Offices) -> None:
    words = (
        "create",
        "wanghai",
        "--name",
        "王海",
        "--role",
        "editor",
        "--unit",
        "slj",
        "--password-stdin",
    )

    result = run(staffed, *words, typed=f"{PASSWORD}\n")

    assert (result.exit_code, result.output) == (0, "已建立账号 wanghai，可以登录。\n")
    assert staffed.browser().sign_in("wanghai").location == "/"


def test_without_a_password_a_link_is_printed(staffed: Offices) -> None:
    result = run(staffed, "create", "liming", "--name", "李明", "--role", "operator")

    assert "72 小时内有效" in result.output
    path = "/activate/" + result.output.strip().rpartition("/")[2]
    assert staffed.browser().get(path).status_code == 200


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("create", "admin", "--name", "王海", "--role", "editor", "--unit", "slj"), "共用的名字"),
        (("create", "wanghai", "--name", "王海", "--role", "editor"), "请用 --unit"),
        (("create", "wanghai", "--name", "王海", "--role", "editor", "--unit", "nowhere"), "没有域名前缀为"),
        (("create", "wanghai", "--name", "王海", "--role", "operator", "--unit", "slj"), "县级角色"),
        (("link", "nobody"), "没有登录名为“nobody”的账号"),
        (("end", "portal.operator"), "最后一位"),
        (("grant", "portal.operator", "--role", "operator"), "已经是"),
        (("link", "portal.operator"), "--reset"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(staffed: Offices, words: tuple[str, ...], says: str) -> None:
    result = run(staffed, *words)

    assert result.exit_code == 1
    assert result.output.startswith("错误：")
    assert says in result.output
    assert result.output.count("\n") == 1


def test_a_weak_password_makes_no_account(staffed: Offices) -> None:
    words = (
        "create",
        "wanghai",
        "--name",
        "王海",
        "--role",
        "editor",
        "--unit",
        "slj",
        "--password-stdin",
    )

    result = run(staffed, *words, typed="short\n")

    assert result.exit_code == 1
    assert "至少 10 个字符" in result.output
    assert "wanghai" not in run(staffed, "list").output


def test_a_county_role_names_its_portal_where_there_are_several(staffed: Offices) -> None:
    with staffed.app.app_context():
        db.session.add(Tenant(slug="lucheng", kind=TenantKind.PORTAL, name="鹿城", unit="鹿城区府办"))
        db.session.commit()
    words = ("create", "liming", "--name", "李明", "--role", "auditor")

    assert "有多个县门户" in run(staffed, *words).output
    assert run(staffed, *words, "--unit", "lucheng").exit_code == 0


def test_accounts_are_listed_granted_reset_and_ended(staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))

    assert "桥头镇" in run(staffed, "grant", "wanghai", "--role", "signer", "--unit", "qiaotou").output
    line = "wanghai\t王小海\t正常\tslj:信息员、qiaotou:负责同志（审签）"
    assert line in run(staffed, "list").output.splitlines()
    assert "60 分钟内有效" in run(staffed, "link", "wanghai", "--reset").output
    assert run(staffed, "end", "wanghai").output == "已停用账号 wanghai。\n"
    with staffed.app.app_context():
        assert account_of("wanghai").state is AccountState.ENDED


def test_a_lost_second_factor_is_taken_away(staffed: Offices) -> None:
    staffed.operator("liming")

    assert run(staffed, "forget-second-factor", "liming").exit_code == 0

    assert staffed.browser().sign_in("liming").location == "/login/set-up"
    assert staffed.acts()[0] == "account.second_factor_off"
