"""What visitors see of units' cards: on the unit's columns, in the guide, and on the portal's overviews."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import event, select, update

from app.content.models import Column
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.profile import queries
from app.profile.models import CardKind
from app.tenancy.models import Tenant, TenantState
from tests.app.profile.acts import LEADER, OFFICE, PROFILE, proposed, signed
from tests.worlds import BUREAU, LIBRARY, PORTAL, PROOF, TOWN, County


def test_s_17_the_overview_column_shows_the_signed_profile(county: County) -> None:
    before = county.visitor().get("/dwgk/").text
    signed(county, CardKind.PROFILE)

    page = county.visitor().get("/dwgk/").text

    assert PROFILE["address"] not in before
    for name in ("name", "address", "office_hours", "phone", "fax", "mailbox", "postcode"):
        assert PROFILE[name] in page, name
    assert "负责全县水资源的统一管理" in page
    assert "负责全县水资源的统一管理" in county.visitor().get("/jgzn/").text
    assert "单位概况" in county.visitor().get("/").text  # The menu has it now (ZY-14).


def test_zy_09_the_foot_of_the_unit_says_what_it_has_signed_of_itself(county: County) -> None:
    signed(county, CardKind.PROFILE, address="县前路 9 号", mailbox="无")

    foot = county.visitor().get("/tzgg/").text.partition("<footer")[2]

    assert "县前路 9 号" in foot
    assert PROFILE["phone"] in foot
    assert ">无<" not in foot
    assert "县前路 9 号" in county.visitor(PORTAL).get("/units/").text


def test_s_18_leaders_stand_in_their_order_with_all_that_is_said_of_them(county: County) -> None:
    for name in ("甲演", "乙演"):
        signed(county, CardKind.LEADER, name=name)
    proposed(county, CardKind.LEADER, name="丙演")

    page = county.visitor().get("/ldbz/").text

    assert page.index("甲演") < page.index("乙演")
    assert "丙演" not in page
    for name in ("post", "division"):
        assert LEADER[name] in page
    assert "<details>" in page
    assert "演示用的履历" in page


def test_s_18_a_kept_page_ends_when_the_term_does(county: County) -> None:
    last_day = today()
    signed(county, CardKind.LEADER, until=last_day.isoformat())
    visitor, portal = county.visitor(), county.visitor(PORTAL)
    for page in (visitor.get("/ldbz/"), portal.get("/ldzc/")):
        assert LEADER["name"] in page.text

    midnight = datetime.combine(last_day, datetime.min.time(), UTC) + timedelta(hours=16, minutes=1)
    with freeze_time(midnight):
        for page in (visitor.get("/ldbz/"), portal.get("/ldzc/")):
            assert LEADER["name"] not in page.text


def test_s_19_offices_stand_within_the_one_they_belong_to(county: County) -> None:
    upper = signed(county, CardKind.OFFICE, name="水政科")
    signed(county, CardKind.OFFICE, name="执法队", parent_id=upper, sort="under")

    page = county.visitor().get("/nsjg/").text

    assert page.index("水政科") < page.index("执法队")
    assert "下设机构" in page
    for name in ("head", "phone", "duties", "place"):
        assert OFFICE[name] in page


def test_an_office_stays_when_the_one_above_is_dissolved(county: County) -> None:
    upper = signed(county, CardKind.OFFICE, name="水政科")
    signed(county, CardKind.OFFICE, name="执法队", parent_id=upper)
    yesterday = (today() - timedelta(days=1)).isoformat()
    signed(county, CardKind.OFFICE, card_id=upper, name="水政科", until=yesterday)

    page = county.visitor().get("/nsjg/").text

    assert "水政科" not in page
    assert "执法队" in page


def test_gk_05_the_guide_names_the_disclosure_office(county: County) -> None:
    assert (
        "政府信息公开工作机构"
        not in county.visitor().get("/gkzn/").text.partition("<footer")[0].partition("四、")[0]
    )
    signed(county, CardKind.PROFILE)

    page = county.visitor().get("/gkzn/").text

    for name in [name for name in PROFILE if name.startswith("contact_")]:
        assert PROFILE[name] in page, name


def test_gk_05_a_changed_telephone_marks_the_guide_until_a_newer_one_or_a_signers_word(
    county: County,
) -> None:
    signed(county, CardKind.PROFILE)
    signer = county.staff(f"{BUREAU}.signer")
    home = f"/{BUREAU}/profile"
    mark = "公开指南需更新"
    assert mark not in signer.get(home).text  # The first time nothing was wrong.

    signed(county, CardKind.PROFILE, contact_phone="0577-67238888")
    assert mark in signer.get(home).text
    signer.post(f"{home}/guide/confirm")
    assert mark not in signer.get(home).text

    signed(county, CardKind.PROFILE, contact_phone="0577-67237777")
    assert mark in signer.get(home).text
    county.an_article(column="gkzn", title="政府信息公开指南（新）", state=ArticleState.PUBLISHED)
    assert mark not in signer.get(home).text


def test_zy_17_the_portal_lists_all_units_in_one_form(county: County) -> None:
    signed(county, CardKind.PROFILE)
    signed(county, CardKind.PROFILE, TOWN, name="桥头镇人民政府", address="桥头镇桥头路 1 号")
    proposed(county, CardKind.PROFILE, LIBRARY, address="还没审签的地址")

    page = county.visitor(PORTAL).get("/jgzl/").text

    assert PROFILE["address"] in page
    assert "桥头镇桥头路 1 号" in page
    assert "还没审签的地址" not in page
    assert page.index("乡镇街道") < page.index("县直部门")
    signed(county, CardKind.PROFILE, address="新搬的地址 9 号")
    assert "新搬的地址 9 号" in county.visitor(PORTAL).get("/jgzl/").text  # At once (S-17).
    directory = county.visitor(PORTAL).get("/units/").text
    assert "/jgzl/" in directory
    assert "/ldzc/" in directory
    assert "/jgzl/" in county.visitor(PORTAL).get("/sitemap.xml").text


def test_s_18_the_portal_shows_the_countys_leaders_first(county: County) -> None:
    signed(county, CardKind.LEADER, TOWN, name="镇长演")
    signed(county, CardKind.LEADER, PORTAL, name="县长演")

    page = county.visitor(PORTAL).get("/ldzc/").text

    assert page.index("县长演") < page.index("镇长演")


def test_a_closed_unit_is_gone_from_the_overviews(county: County) -> None:
    signed(county, CardKind.LEADER, TOWN, name="镇长演")
    signed(county, CardKind.PROFILE, TOWN, address="桥头路 1 号")
    with county.everywhere():
        town = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
        town.state = TenantState.CLOSED
        db.session.execute(update(Tenant).values(generation=Tenant.generation + 1))

    visitor = county.visitor(PORTAL)

    assert "镇长演" not in visitor.get("/ldzc/").text
    assert "桥头路 1 号" not in visitor.get("/jgzl/").text


def test_the_overviews_ask_as_often_however_many_units_there_are(county: County) -> None:
    with county.front.public.app_context():
        engine = db.engine
    visitor = county.visitor(PORTAL)

    def asked(path: str) -> int:
        statements: list[str] = []

        def note(*args: Any) -> None:
            if "leader" in args[2] or "profile" in args[2]:  # Not what is asked now and then for all pages.
                statements.append(args[2])

        event.listen(engine, "before_cursor_execute", note)
        assert visitor.get(f"{path}?again=1").status_code == 200  # An unknown argument is kept by no store.
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    signed(county, CardKind.LEADER, BUREAU)
    before = [asked(path) for path in ("/jgzl/", "/ldzc/")]
    for slug in (TOWN, LIBRARY, PORTAL):
        signed(county, CardKind.LEADER, slug)
        signed(county, CardKind.PROFILE, slug)

    assert [asked(path) for path in ("/jgzl/", "/ldzc/")] == before


@pytest.mark.parametrize("page", ["0", "2", "x", "99999999"])
def test_a_page_that_is_not_there_is_not_found(county: County, page: str) -> None:
    for path in ("/jgzl/", "/ldzc/"):
        assert county.visitor(PORTAL).get(f"{path}?page={page}").status_code == 404


def test_what_waits_stands_in_the_inbox_of_who_may_sign_it(county: County) -> None:
    change = proposed(county, CardKind.LEADER)
    path = f"/{BUREAU}/profile/changes/{change}"

    for login, is_there in (("slj.signer", True), ("slj.editor", False), ("qiaotou.signer", False)):
        assert (path in county.staff(login).get("/inbox").text) is is_there, login
    assert path in county.staff("slj.leader").get(f"/{BUREAU}/").text
    county.staff("slj.signer").post(f"{path}/sign", data=PROOF)
    assert path not in county.staff("slj.leader").get("/inbox").text


def test_what_came_back_tells_why(county: County) -> None:
    change = proposed(county, CardKind.PROFILE)
    county.staff("slj.signer").post(
        f"/{BUREAU}/profile/changes/{change}/give-back", data={"reason": "地址写错了"}
    )
    editor = county.staff("slj.editor")

    assert "地址写错了" in editor.get(f"/{BUREAU}/profile").text
    assert PROFILE["address"] in editor.get(f"/{BUREAU}/profile/unit").text
    with county.inside(BUREAU):
        assert queries.waiting() == []


def test_without_cards_a_column_shows_its_article_as_before(county: County) -> None:
    county.an_article(column="ldbz", title="领导班子成员分工", state=ArticleState.PUBLISHED)

    assert "领导班子成员分工" in county.visitor().get("/ldbz/").text
    with county.inside(BUREAU):
        assert db.session.scalars(select(Column.type).where(Column.slug == "ldbz")).one() == "leaders"
