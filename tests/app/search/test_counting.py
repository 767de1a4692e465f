"""What was asked for is counted, nothing about a person is, and a visitor's page writes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.search import counting
from app.search.models import SearchCount
from tests.worlds import BUREAU, PORTAL, County


def _counts(county: County, slug: str) -> dict[str, tuple[int, int]]:
    counting.write_down(county.front.public)
    with county.inside(slug):
        rows = db.session.scalars(select(SearchCount))
        return {row.term: (row.count, row.without_result) for row in rows}


@pytest.fixture(autouse=True)
def _nothing_waits(county: County) -> None:
    counting.forget()


def test_terms_are_counted_by_subsite_with_those_in_vain(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)
    visitor = county.visitor(BUREAU)
    for typed in ("停水", "停　水", "停水", "独角兽"):
        visitor.get(f"/search?q={typed}")

    assert _counts(county, BUREAU) == {"停水": (2, 0), "停 水": (1, 0), "独角兽": (1, 1)}
    visitor.get("/search?q=停水")
    assert _counts(county, BUREAU)["停水"] == (3, 0)
    assert _counts(county, PORTAL) == {}


PERSONAL = (
    "330324199001011234",
    "张三 33032419900101123X",
    "13800138000",
    "138 0013 8000",
    "１３８００１３８０００",
    "6222 0212 0212 0212",
    "zhangsan@example.com",
    "字" * 41,
    "\u200b",
)


def test_what_may_be_about_a_person_is_not_counted(county: County) -> None:
    with county.inside(BUREAU):
        assert [typed for typed in PERSONAL if counting.countable(typed) is not None] == []
        assert counting.countable("永政办发〔2007〕89号") == "永政办发〔2007〕89号"


def test_what_waits_is_bounded(county: County) -> None:
    with county.inside(BUREAU):
        for number in range(counting.MOST_WAITING + 50):
            counting.note(f"词{number:04}", is_found=True)

    assert len(_counts(county, BUREAU)) == counting.MOST_WAITING


def test_the_office_sees_terms_of_several_people_and_takes_them_along(county: County) -> None:
    with county.inside(BUREAU):
        for term, times in (("停水", 4), ("水费", 3), ("某人的事", 2)):
            for _ in range(times):
                counting.note(term, is_found=term == "停水")
    counting.write_down(county.front.public)
    office = county.staff("portal.operator")

    page = office.get("/office/searches/").text

    assert page.index("停水") < page.index("水费")
    assert "某人的事" not in page
    in_vain = office.get("/office/searches/?flt_result=none&flt_period=week&search=永嘉").text
    assert "水费" in in_vain
    assert "停水" not in in_vain
    table = office.get("/office/searches/export/csv/").data.decode("utf-8-sig")
    assert '"停水","永嘉县水利局","4","0"' in table
    assert "某人的事" not in table
    assert office.get("/office/searches/?sort=2").status_code == 200


def test_counts_are_kept_no_longer_than_their_term(county: County) -> None:
    kept = {30: "去年同期", 400: "最后一天", 401: "到期的词", 900: "很久以前"}
    for slug in (BUREAU, PORTAL):
        with county.inside(slug) as tenant:
            days = {term: today() - timedelta(days=ago) for ago, term in kept.items()}
            rows = [
                SearchCount(tenant_id=tenant.id, day=day, term=term, count=1) for term, day in days.items()
            ]
            db.session.add_all(rows)

    ran = county.front.console.test_cli_runner().invoke(args=["search", "forget"])

    assert (ran.exit_code, ran.output) == (0, "已删除 4 条到期的搜索词次数。\n")
    for slug in (BUREAU, PORTAL):
        assert _counts(county, slug).keys() == {"去年同期", "最后一天"}
