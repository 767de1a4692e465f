"""GK-11, S-20, S-21, S-23: what readers find of documents on a unit's subsite and on the portal."""

import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock
from urllib.parse import quote

import pytest
from freezegun import freeze_time

from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.clock import now, today
from app.documents import holdings, links
from app.documents.models import Form, Kind
from app.documents.periods import pinned_until
from tests.app.documents.acts import a_document, acted_on, publish, relate
from tests.app.publishing.acts import person
from tests.worlds import BUREAU, PORTAL, TOWN, County


def text_of(county: County, path: str, slug: str = BUREAU) -> str:
    answer = county.visitor(slug).get(path)
    assert answer.status_code == 200, (slug, path, answer.status_code)
    return answer.text


def titles_on(county: County, path: str, slug: str = BUREAU) -> list[str]:
    """Return the documents that a page of the library lists, by the number in their titles."""
    page = text_of(county, path, slug)
    return re.findall(r'document-title">\s*<a href="[^"]*">[^<]*?第(\d+)号', page)


def test_gk_11_abolished_everywhere_at_once_and_linked_both_ways(county: County) -> None:
    old = a_document(county, number=1)
    old_path = county.path_of(BUREAU, old)
    for place in (("/tzgg/", BUREAU), ("/tzgg/", PORTAL), ("/documents/", BUREAU), ("/documents/", PORTAL)):
        assert "已废止" not in text_of(county, *place), place
    new, _ = acted_on(county, (BUREAU, old))
    new_path = county.path_of(BUREAU, new)
    page = text_of(county, old_path)
    assert "<strong>已废止</strong>" in page
    assert "已被以下文件废止" in page
    assert new_path in page
    page = text_of(county, new_path)
    assert "废止以下文件" in page
    assert old_path in page
    for place in (("/tzgg/", BUREAU), ("/tzgg/", PORTAL), ("/documents/", BUREAU), ("/documents/", PORTAL)):
        assert text_of(county, *place).count("已废止</span>") == 1, place
    for slug in (BUREAU, PORTAL):
        assert titles_on(county, "/documents/?validity=abolished", slug) == ["1"]
        assert titles_on(county, "/documents/?validity=valid", slug) == ["2"]


def test_gk_11_across_units_both_pages_show_it_only_when_agreed(county: County) -> None:
    old = a_document(county, TOWN, number=1)
    new, link_id = acted_on(county, (TOWN, old))
    pages = ((county.path_of(TOWN, old), TOWN), (county.path_of(BUREAU, new), BUREAU))
    assert not any("以下文件" in text_of(county, *page) for page in pages)
    with county.inside(TOWN):
        links.agree(links.request_to_here(link_id), person("qiaotou.leader"))
    assert all("以下文件" in text_of(county, *page) for page in pages)
    assert "已废止" in text_of(county, "/tzgg/", PORTAL)


def test_gk_11_what_is_not_due_says_nothing_yet(county: County) -> None:
    old = a_document(county)
    acted_on(county, (BUREAU, old), effective_on=today() + timedelta(days=40))
    page = text_of(county, county.path_of(BUREAU, old))
    assert "<strong>" not in page.partition("<article")[2].partition("prose")[0]
    assert titles_on(county, "/documents/?validity=pending") == ["2"]
    assert titles_on(county, "/documents/?validity=valid") == ["1"]


def test_gk_11_a_document_that_ended_by_itself_is_counted_so(county: County) -> None:
    old = a_document(county, formed_on=date(2020, 1, 1), expires_on=date(2021, 12, 31))
    assert titles_on(county, "/documents/?validity=expired") == ["1"]
    page = text_of(county, county.path_of(BUREAU, old))
    assert "<strong>失效</strong>" in page


def test_zy_20_document_and_interpretation_show_each_other(county: County) -> None:
    document = a_document(county)
    explained = a_document(
        county, number=2, genre=Genre.INTERPRETATION, title="《办法》图解", state=ArticleState.DRAFT
    )
    relate(county, BUREAU, explained, (BUREAU, document), Kind.INTERPRETS, Form.PICTURE)
    publish(county, BUREAU, explained)
    page = text_of(county, county.path_of(BUREAU, document))
    assert "相关解读" in page
    assert "《办法》图解（slj发〔2026〕2号）（图解）" in page
    assert "所解读的原文件" in text_of(county, county.path_of(BUREAU, explained))


@pytest.mark.parametrize(
    "written", ["永政办发〔2007〕89号", "[2007]89", "2007 89号", "永政办发（２００７）第０８９号", "89号"]
)
def test_s_20_found_by_number_in_any_writing(county: County, written: str) -> None:
    a_document(county, number=7, document_number="永政办发[2007]089号", formed_on=date(2007, 9, 11))
    a_document(county, TOWN, number=8, document_number="桥政〔2007〕8号")
    for slug in (BUREAU, PORTAL):
        assert titles_on(county, f"/documents/?number={quote(written)}", slug) == ["7"]
    page = text_of(county, f"/documents/?number={quote(written)}", TOWN)
    assert "没有找到这个文号" in page
    assert written in page, "what was typed is not lost"


def test_s_20_what_is_no_number_is_said_and_kept(county: County) -> None:
    a_document(county)
    for written in ("〔〕〔〕", "99999999999999", "\x00" * 5 + "[]", "[" * 5_000):
        page = text_of(county, f"/documents/?number={quote(written)}")
        assert "没有认出文号" in page or "没有找到" in page, written


def test_s_20_facets_count_what_they_lead_to(county: County) -> None:
    a_document(county, number=1, formed_on=date(2020, 5, 1))
    a_document(county, number=2, genre=Genre.POLICY, formed_on=date(2021, 5, 1))
    a_document(county, TOWN, number=3, genre=Genre.POLICY, formed_on=date(2021, 6, 1))
    page = text_of(county, "/documents/?genre=policy", PORTAL)
    counted = dict(re.findall(r"<a href=\"[^\"]*\"[^>]*>([^<]+?) <small>(\d+)", page))
    assert counted["政策文件"] == "2"
    assert counted["规范性文件"] == "1", "a facet counts without itself"
    assert counted["2021 年"] == "2"
    assert "2020 年" not in counted
    assert sorted(titles_on(county, "/documents/?genre=policy&unit=slj", PORTAL)) == ["2"]
    assert titles_on(county, "/documents/?sort=formed", PORTAL) == ["3", "2", "1"]
    assert titles_on(county, "/documents/") == ["2", "1"]


def test_s_20_only_so_many_units_to_choose_from_but_always_the_chosen(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug, number in ((TOWN, 1), (TOWN, 2), (BUREAU, 3)):
        a_document(county, slug, number=number)
    assert "个单位，文件见各单位子站" not in text_of(county, "/documents/?validity=valid", PORTAL)
    monkeypatch.setattr(holdings, "MOST_UNITS", 1)
    for chosen, shown in (("", TOWN), (f"?unit={BUREAU}", BUREAU), (f"?unit={TOWN}", TOWN)):
        page = text_of(county, f"/documents/{chosen}", PORTAL)
        assert re.findall(r"\?unit=(\w+)", page)[0] == shown, chosen
        assert '<a href="/units/">还有 1 个单位，文件见各单位子站</a>' in page


@pytest.mark.parametrize(
    "query", ["genre=x", "genre=news", "validity=x", "year=20x7", "year=１２３４", "unit=nobody", "page=2"]
)
def test_what_no_link_leads_to_is_not_found(county: County, query: str) -> None:
    assert county.visitor(PORTAL).get(f"/documents/?{query}").status_code == 404


def test_what_readers_see_no_more_leaves_the_library(county: County) -> None:
    taken = a_document(county)
    county.staff("slj.secrecy").post(
        f"/slj/articles/{taken}/take-down",
        data={"revision": county.head_of(BUREAU, taken), "reason": "报告"},
    )
    a_document(county, number=2, state=ArticleState.DRAFT)
    for slug in (BUREAU, PORTAL):
        assert titles_on(county, "/documents/", slug) == []


def test_s_23_plans_by_period_with_the_document_that_adopted_them(county: County) -> None:
    eleventh = a_document(county, number=1, genre=Genre.PLAN, plan_period="十一五")
    a_document(county, number=2, genre=Genre.PLAN, plan_period="十五五")
    a_document(county, number=3, genre=Genre.PLAN, plan_period="2026年")
    acted_on(county, (BUREAU, eleventh), kind=Kind.ADOPTS, number=4)
    for slug in (BUREAU, PORTAL):
        page = text_of(county, "/documents/plans/", slug)
        assert re.findall(r"<h2>(.*?)</h2>", page)[:3] == ["十五五", "2026年", "十一五"]
        assert "批准（印发）文件" in page
    assert "第1号" in text_of(county, f"/documents/plans/?period={quote('十一五')}")
    assert county.visitor().get(f"/documents/plans/?period={quote('九九五')}").status_code == 404


def test_s_21_notices_by_kind_with_what_is_left_of_their_periods(county: County) -> None:
    running: dict[str, Any] = {"period_from": now() - timedelta(days=2), "contact": "办公室 0577-67222222"}
    a_document(county, number=1, genre=Genre.PUBLIC_NOTICE, period_until=now() + timedelta(days=2), **running)
    a_document(county, number=2, genre=Genre.CIRCULAR)
    for slug in (BUREAU, PORTAL):
        page = text_of(county, "/notices/", slug)
        assert "公示中，还剩 2 天" in page
        assert "正在公示" in page
        assert "第2号" not in text_of(county, "/notices/?kind=public_notice", slug)
    assert county.visitor().get("/notices/?kind=policy").status_code == 404


def test_gk_12_clarifications_stand_at_the_head_for_a_time(county: County) -> None:
    a_document(county, number=1, genre=Genre.CLARIFICATION, title="关于水价传言的澄清", answers="水价翻倍")
    page = text_of(county, "/notices/", PORTAL)
    assert "澄清辟谣" in page
    assert page.count("关于水价传言的澄清") == 2


def test_gk_12_a_clarification_heads_the_home_pages_until_its_minute(county: County) -> None:
    a_document(county, genre=Genre.CLARIFICATION, title="关于水价传言的澄清", answers="水价翻倍")
    with county.inside(BUREAU):
        until = pinned_until(now(), today())
    for moment, is_pinned in (
        (now(), True),
        (until - timedelta(minutes=1), True),
        (until + timedelta(minutes=1), False),
    ):
        with freeze_time(moment):
            for slug, expected in ((BUREAU, is_pinned), (PORTAL, is_pinned), (TOWN, False)):
                page = county.visitor(slug).get("/").text
                assert ('class="clarifications"' in page) == expected, (slug, moment)


def test_the_facets_of_the_whole_library_are_counted_once_for_its_pages(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Mock(wraps=holdings.counts)
    monkeypatch.setattr(holdings, "counts", counts)
    for number in range(1, 4):
        a_document(county, number=number)
    for path in ("/documents/", "/documents/?sort=formed", "/documents/?page=1&sort=formed"):
        assert "<small>3<span" in text_of(county, path, PORTAL), path
    assert counts.call_count == 1
    text_of(county, f"/documents/?unit={BUREAU}", PORTAL)
    text_of(county, "/documents/?validity=valid", PORTAL)
    assert counts.call_count == 3
    a_document(county, number=4)
    assert "<small>4<span" in text_of(county, "/documents/", PORTAL)
    assert counts.call_count == 4
