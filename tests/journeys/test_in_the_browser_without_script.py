"""In the browser, without JavaScript: visitors read, a clerk writes and submits, a signer signs."""

import re

from playwright.sync_api import expect

from app.content.states import ArticleState
from tests.journeys.conftest import Arrives
from tests.journeys.person import Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN


def test_a_visitor_reads_every_sort_of_page_without_script(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"桥头镇便民服务中心搬迁的通知（{screen.name}）"
    article = service.an_article(TOWN, title=title, state=ArticleState.PUBLISHED)
    visitor = arrives(has_script=False)
    page = visitor.page

    visitor.go(service.address(TOWN))
    if screen.is_phone:
        page.get_by_text("栏目导航").tap()
    visitor.follow("通知公告", within=page.get_by_role("navigation", name="主菜单").filter(visible=True))
    visitor.follow(title)
    assert page.url == service.address(TOWN, service.path_of(TOWN, article))
    for name in ("站点地图", "无障碍说明"):
        visitor.follow(name, within=page.get_by_role("contentinfo"))
    for path in ("/", "/tzgg/", "/xxgk/", "/units/"):
        visitor.go(service.address(PORTAL, path))
    visitor.follow("桥头镇人民政府", within=page.locator("body"))
    visitor.go(service.address(TOWN, "/nothing-here/"), status=404)


def test_a_clerk_writes_and_a_signer_signs_without_script(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"图书馆暑期活动（{screen.name}）"
    clerk, signer = arrives(has_script=False), arrives(has_script=False)
    clerk.sign_in(f"{LIBRARY}.editor", f"/{LIBRARY}/")
    clerk.follow("写信息")
    clerk.page.get_by_label("标题").fill(title)
    clerk.page.get_by_label("栏目").select_option(label="通知公告")
    clerk.page.get_by_label("正文").fill("七月起每周六讲故事。\n\n地点：一楼少儿阅览室。")
    clerk.press("保存")
    clerk.is_told("已保存。")
    expect(clerk.page.locator(".article-text p")).to_have_text(
        ["七月起每周六讲故事。", "地点：一楼少儿阅览室。"]
    )
    clerk.press("提交审签")
    clerk.is_told("已提交审签")

    signer.sign_in(f"{LIBRARY}.signer", "/inbox")
    signer.follow(title)
    signer.sign("审签发布")
    signer.is_told("读者现在看到的就是这一版")
    with signer.in_a_new_tab(re.compile("看网页")) as published:
        expect(published.get_by_role("heading", level=1)).to_have_text(title)
    signer.go(service.address(BUREAU))
    signer.go(service.address(LIBRARY))
    expect(signer.page.get_by_role("link", name=title).first).to_be_visible()
