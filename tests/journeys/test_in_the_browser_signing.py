"""In the browser: two signatures, a text given back, a correction, a take-down (S-61, S-65, S-66)."""

from playwright.sync_api import expect

from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, PORTAL

pytestmark = AT_A_DESK


def test_an_important_text_is_given_back_mended_and_signed_twice(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"关于水库安全度汛的决定（{screen.name}）"
    clerk, signer, leader, visitor = (arrives(by_phone=one) for one in (False, True, True, False))
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/articles/new")
    _write(clerk, title, "各水库要落实值守，值班电话 0577-67236286。", genre="决定")
    _hand_in(clerk)

    signer.sign_in(f"{BUREAU}.signer", "/inbox")
    signer.follow(title)
    expect(signer.page.get_by_role("heading", name="重要标记")).to_be_visible()
    signer.look()
    signer.sign("审签")
    signer.is_told("还要主要领导审核")

    _give_back(leader, title)
    visitor.go(service.address(BUREAU))
    expect(visitor.page.get_by_text(title)).to_have_count(0)

    clerk.go(service.console(f"/{BUREAU}/"))
    _mend(clerk, title)
    for person, path, name in ((signer, "/inbox", "审签"), (leader, "/inbox", "审核发布")):
        person.go(service.console(path))
        person.follow(title)
        person.sign(name)

    leader.is_told("读者现在看到的就是这一版")
    expect(leader.page.get_by_role("heading", name="签名")).to_be_visible()
    for slug in (BUREAU, PORTAL):
        visitor.go(service.address(slug, "/tzgg/"))
        expect(visitor.page.get_by_role("link", name=title)).to_be_visible()


def _give_back(leader: Person, title: str) -> None:
    leader.sign_in(f"{BUREAU}.leader", "/inbox")
    leader.follow(title)
    leader.page.get_by_label("退回的理由").fill("请写明水库名称")
    leader.press("退回修改")
    leader.is_told("已退回")


def _mend(clerk: Person, title: str) -> None:
    clerk.follow(title)
    expect(clerk.page.get_by_text("请写明水库名称").first).to_be_visible()
    clerk.follow("修改")
    clerk.text.press_sequentially("金溪水库、楠溪江引水工程。")
    clerk.press("保存")
    _hand_in(clerk)


def test_a_public_text_is_corrected_and_one_is_taken_down(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"关于引水工程停水的公告（{screen.name}）"
    clerk, signer, officer, visitor = (arrives(by_phone=one) for one in (False, True, False, True))
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/articles/new")
    _write(clerk, title, "定于周三停水。", genre="公告")
    _hand_in(clerk)
    signer.sign_in(f"{BUREAU}.signer", "/inbox")
    signer.follow(title)
    signer.sign("审签发布")
    visitor.go(service.address(BUREAU, "/tzgg/"))
    visitor.follow(title)
    address = visitor.page.url

    _correct(clerk)
    visitor.go(address)
    expect(visitor.page.get_by_text("更正于")).to_have_count(0)
    signer.go(service.console("/inbox"))
    signer.follow(title)
    signer.sign("审签发布")
    visitor.go(address)
    expect(visitor.page.get_by_text("更正于")).to_be_visible()
    expect(visitor.page.get_by_text("停水改为周四")).to_be_visible()
    visitor.look()
    _take_down(officer, title)
    visitor.go(address, status=410)
    visitor.go(service.address(PORTAL, "/tzgg/"))
    expect(visitor.page.get_by_text(title)).to_have_count(0)


def _correct(clerk: Person) -> None:
    clerk.go(clerk.page.url)
    clerk.follow("修改")
    clerk.text.press_sequentially("（改为周四）")
    clerk.page.get_by_label("更正说明").fill("停水改为周四")
    clerk.press("保存")
    _hand_in(clerk)


def _take_down(officer: Person, title: str) -> None:
    officer.sign_in(f"{BUREAU}.secrecy", f"/{BUREAU}/articles/")
    officer.follow(title)
    officer.unfold("涉密下线")
    officer.page.get_by_label("情况说明").fill("误传内部材料")
    officer.press("涉密下线")
    officer.is_told("已涉密下线")


def _write(clerk: Person, title: str, words: str, *, genre: str) -> None:
    page = clerk.page
    page.get_by_label("标题").fill(title)
    page.get_by_label("栏目").select_option(label="通知公告")
    page.get_by_label("体裁").select_option(label=genre)
    clerk.text.press_sequentially(words)
    clerk.press("保存")


def _hand_in(clerk: Person) -> None:
    clerk.press("提交审签")
    clerk.is_told("已提交审签")
