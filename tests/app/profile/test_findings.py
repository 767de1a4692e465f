"""What an inspector would miss in a unit's cards (S-17 to S-19, ZY-15, ZY-16, GK-05)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.content.attachments import keep
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.profile.findings import findings
from app.profile.models import CardKind, Leader, Profile
from app.profile.naming import pages_naming
from app.profile.phones import fault_of_phone
from app.profile.speeches import choose
from tests.app.profile.acts import person, signed
from tests.worlds import BUREAU, PORTAL, TOWN, County


def found(county: County, slug: str = BUREAU) -> list[tuple[str, str]]:
    with county.inside(slug):
        return [(one.rule, one.what) for one in findings()]


def rules(county: County, slug: str = BUREAU) -> set[str]:
    return {rule for rule, _ in found(county, slug)}


def test_a_unit_that_says_nothing_of_itself_lacks_all_three(county: County) -> None:
    assert rules(county) == {"S-17", "S-18", "S-19"}
    assert "S-17" not in rules(county, PORTAL)


def test_a_unit_with_everything_lacks_nothing(county: County) -> None:
    signed(county, CardKind.PROFILE)
    signed(county, CardKind.OFFICE)
    signed(county, CardKind.LEADER)
    speech = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        leader = db.session.scalars(select(Leader)).one()
        choose(leader, [speech], [speech])
        db.session.commit()

    assert [rule for rule, what in found(county) if "照片" not in what] == []


def test_gk_05_without_the_six_fields_the_guide_has_a_gap(county: County) -> None:
    none: dict[str, Any] = {
        f"contact_{name}": "" for name in ("office", "address", "hours", "phone", "fax", "web")
    }
    signed(county, CardKind.PROFILE, **none)

    assert ("GK-05", True) in {(rule, "传真" in what) for rule, what in found(county)}


@pytest.mark.parametrize(
    ("field", "label"), [("resume", "简历"), ("division", "工作分工"), ("portrait_id", "照片")]
)
def test_zy_16_a_leader_without_photo_resume_or_division(county: County, field: str, label: str) -> None:
    values: dict[str, Any] = {field: None if field == "portrait_id" else ""}
    signed(county, CardKind.LEADER, **values)

    assert [what for rule, what in found(county) if rule == "ZY-16" and label in what]


@pytest.mark.parametrize(("field", "label"), [("head", "负责人"), ("phone", "联系电话"), ("duties", "职能")])
def test_s_19_an_office_without_its_four_fields(county: County, field: str, label: str) -> None:
    values: dict[str, Any] = {field: ""}
    signed(county, CardKind.OFFICE, **values)

    assert [what for rule, what in found(county) if rule == "S-19" and label in what]


def test_zy_15_a_map_without_its_number(county: County) -> None:
    """The form refuses it; data that came another way are found."""
    signed(county, CardKind.PROFILE)
    with county.inside(BUREAU) as tenant:
        picture = keep("地图", "png", b"x", person("slj.editor")).id
        db.session.execute(update(Profile).where(Profile.tenant_id == tenant.id).values(map_id=picture))

    assert "ZY-15" in rules(county)


def test_s_18_a_leavers_name_on_standing_pages_is_found_and_news_are_only_listed(county: County) -> None:
    leader = signed(county, CardKind.LEADER)
    county.an_article(title="张三演调研水库", state=ArticleState.PUBLISHED)
    county.an_article(column="gkzn", title="指南", body="<p>联系人张三演</p>", state=ArticleState.PUBLISHED)
    county.an_article(title="张三演的草稿")
    assert "离任" not in str(found(county))

    yesterday = (today() - timedelta(days=1)).isoformat()
    signed(county, CardKind.LEADER, card_id=leader, until=yesterday)

    said = [what for rule, what in found(county) if "离任" in what]
    assert len(said) == 1
    assert "指南" in said[0]
    with county.inside(BUREAU):
        assert {one.title for one in pages_naming("张三演")} == {"张三演调研水库", "指南"}
        assert pages_naming("张") == []
        assert pages_naming("100%_演") == []
    with county.inside(TOWN):
        assert pages_naming("张三演") == []


@pytest.mark.parametrize(
    "text",
    [
        *("0577-67236286", "057767236286", "010-12345678", "0577-67236286-801", "0577-67236286转801"),
        *("13800000000", "400-123-4567", "4001234567", "12345", "110", "０５７７－６７２３６２８６", "95598"),
        *("0577-67236286、13800000000", "0577 67236286", ""),
    ],
)
def test_s_19_numbers_that_can_be_dialled(text: str) -> None:
    assert fault_of_phone(text) == ""


@pytest.mark.parametrize(
    "text", ["67236286", "0577-672362", "12800000000", "电话见官网", "0577-67236286a", "1" * 60, "400-12-345"]
)
def test_s_19_numbers_that_cannot(text: str) -> None:
    assert "0577-67236286" in fault_of_phone(text)
