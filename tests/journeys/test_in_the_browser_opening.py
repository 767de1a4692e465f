"""In the browser: the office opens a subsite, and its first clerk comes in by a link (S-40, S-41, S-45)."""

import re

import pyotp
from playwright.sync_api import expect

from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Person
from tests.journeys.service import Service
from tests.worlds import PORTAL, SECOND_FACTOR

NEW_PASSWORD = "岩头-2026-Linkeng-xi"  # noqa: S105 - of a clerk in this test
NAME, LABEL, CLERK = "县教育局", "jiaoyuju", "潘晓"


@AT_A_DESK
def test_the_office_opens_a_subsite_and_its_first_clerk_comes_in(arrives: Arrives, service: Service) -> None:
    operator = arrives()
    _come_in(operator, service)
    _open(operator, service, NAME, LABEL)

    visitor = arrives()
    visitor.go(service.address(LABEL))
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(NAME)
    visitor.go(service.address(LABEL, "/xxgk/"))
    visitor.go(service.address(PORTAL, "/units/"))
    visitor.follow(NAME)

    address = _invite(operator, service, LABEL, CLERK)
    clerk = arrives(by_phone=True)
    clerk.go(address)
    for field in ("password", "again"):
        clerk.page.locator(f"input[name={field}]").fill(NEW_PASSWORD)
    clerk.press("设置密码")
    clerk.sign_in(f"{LABEL}.first", "/", password=NEW_PASSWORD)
    expect(clerk.page.get_by_role("heading", level=1)).to_contain_text("工作台")
    clerk.go(address, status=404)  # A link is used once.


def _come_in(operator: Person, service: Service) -> None:
    """Sign in with password and code; no code is taken twice, so those of other journeys are forgotten."""
    service.forget_codes("portal.operator")
    operator.sign_in("portal.operator", "/office/")
    operator.page.get_by_label("验证码").fill(pyotp.TOTP(SECOND_FACTOR).now())
    operator.press("验证")


def _open(operator: Person, service: Service, name: str, label: str) -> None:
    operator.go(service.console("/office/open/"))
    operator.page.get_by_label("第一步：单位名称").fill(name)
    operator.press("取域名前缀")
    operator.page.get_by_role("radio", name=re.compile(rf"^{label}\b")).check()
    operator.page.get_by_label("子站类型").select_option(label="县直部门")
    operator.press("开设子站")
    expect(operator.page.get_by_role("heading", level=1)).to_contain_text("已开通")


def _invite(operator: Person, service: Service, label: str, name: str) -> str:
    """Make an account for the unit's first clerk, and return the link that is shown once."""
    operator.go(service.console("/office/accounts/new/"))
    page = operator.page
    page.get_by_label("姓名").fill(name)
    page.get_by_label("登录名").fill(f"{label}.first")
    page.get_by_label("单位").fill(label)
    page.get_by_label("信息员").check()
    operator.press("新建并生成激活链接")
    return page.locator("code.once").inner_text()
