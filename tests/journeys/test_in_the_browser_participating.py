"""In the browser: a visitor takes part in a consultation, with and without JavaScript; the unit reads it."""

from playwright.sync_api import expect

from tests.app.participation.consultation import a_hearing
from tests.app.web.visitors_form import number_asked_for
from tests.journeys.conftest import Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, PORTAL

OPINION = "请把古桥两侧的老树也列入保护。"
#: Nobody fills a form in faster than the platform believes, milliseconds.
READING = 3_200


def _come_to_the_form(visitor: Person, service: Service, subject: str, hearing: int) -> None:
    visitor.go(service.address(PORTAL, "/participate/"))
    visitor.follow(subject)
    assert visitor.page.url == service.address(BUREAU, f"/participate/{hearing}/")
    visitor.follow("发表意见")
    visitor.page.get_by_label("您的意见").fill(OPINION)
    if visitor.has_script:
        expect(visitor.page.get_by_role("status")).to_have_text("校验完成，可以提交。")
        expect(visitor.page.get_by_label("小问题")).to_be_hidden()
    visitor.page.wait_for_timeout(READING)
    visitor.press("提交意见", status=422)


def _mend_and_send(visitor: Person) -> None:
    page = visitor.page
    expect(page.get_by_role("alert")).to_contain_text("请填写姓名")
    expect(page.get_by_label("您的意见")).to_have_value(OPINION)
    page.get_by_role("textbox", name="姓名").fill("访客甲")
    page.get_by_role("checkbox", name="同意本单位").check()
    if not visitor.has_script:
        question = page.locator("label[for=f-answer]").inner_text().partition("：")[2]
        page.get_by_label("小问题").fill(str(number_asked_for(question)))
    page.wait_for_timeout(READING)
    visitor.press("提交意见")
    expect(page.get_by_role("heading", level=1)).to_have_text("意见已收到")


def test_a_visitor_says_what_they_think(arrives: Arrives, screen: Screen, service: Service) -> None:
    subject = f"《古桥保护办法（草案）》（{screen.name}）"
    hearing = a_hearing(service, subject=subject)
    for has_script in (True, False):
        visitor = arrives(has_script=has_script)
        _come_to_the_form(visitor, service, subject, hearing)
        _mend_and_send(visitor)

    clerk = arrives()
    clerk.sign_in("slj.editor", f"/{BUREAU}/hearings/")
    clerk.follow(subject)
    clerk.press("查看内容")
    expect(clerk.page.get_by_text(OPINION)).to_have_count(2)
    clerk.go(service.console(f"/{BUREAU}/hearings/{hearing}/edit"))
    clerk.go(service.console(f"/{BUREAU}/hearings/new"))
