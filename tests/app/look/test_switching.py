"""S-44: the county changes themes by stage, all of a stage at once, the addresses as they were, and back."""

from sqlalchemy import select

from app.core.database import db
from app.look.models import Look
from app.tenancy.models import Tenant
from tests.app.look.forms import saved, use
from tests.worlds import BUREAU, PORTAL, TOWN, County

PATH = f"/{PORTAL}/look/themes/"


def worn(county: County) -> dict[str, tuple[str, int]]:
    """Return theme and generation of each subsite."""
    with county.front.console.app_context():
        rows = db.session.execute(select(Tenant.slug, Tenant.theme, Tenant.generation))
        return {slug: (theme, generation) for slug, theme, generation in rows}


def newest_batch(county: County) -> str:
    with county.everywhere():
        return (
            db.session.scalars(select(Look.batch).where(Look.batch != "").order_by(Look.id.desc())).first()
            or ""
        )


def test_s_44_one_unit_then_a_kind_then_the_county_and_back(county: County) -> None:
    operator = county.staff("portal.operator")
    before = worn(county)
    mine = "county_blue" if before[BUREAU][0] == "base" else "base"
    visitor = county.visitor()
    assert visitor.get("/tzgg/").status_code == 200
    saved(county.staff("slj.editor"), notes="自己的话")
    use(county.staff("slj.manager"))
    started = worn(county)

    sent = {"theme": f"{mine}:green", "stage": "unit", "unit": BUREAU}
    assert "确定更换，共 1 个子站" in operator.get(PATH, query_string=sent).text
    assert worn(county) == started
    assert operator.post(PATH, data=sent).status_code == 303

    now = worn(county)
    assert {slug for slug in now if now[slug][0] != started[slug][0]} == {BUREAU}
    assert now[BUREAU][1] > started[BUREAU][1]
    page = visitor.get("/tzgg/").text
    assert f"/static/{mine}/" in page
    assert "自己的话" in page

    assert operator.post(PATH, data={"theme": f"{mine}:green", "stage": "all"}).status_code == 303
    assert {theme for theme, _ in worn(county).values()} == {mine}
    token = newest_batch(county)

    assert operator.post(f"{PATH}{token}/undo").status_code == 303

    assert {slug for slug, (theme, _) in worn(county).items() if theme == mine} == {
        BUREAU,
        *(slug for slug in before if before[slug][0] == mine),
    }
    assert operator.post(f"{PATH}{token}/undo").status_code == 409
    assert "自己的话" in visitor.get("/").text


def test_a_change_that_cannot_be_made_is_told(county: County) -> None:
    operator = county.staff("portal.operator")
    theme = worn(county)[TOWN][0]

    for sent in (
        {},
        {"theme": "nothing:blue", "stage": "all"},
        {"theme": "county_blue:ink", "stage": "planet"},
        {"theme": f"{theme}:", "stage": f"unit:{TOWN}", "unit": TOWN},
    ):
        answer = operator.post(PATH, data=sent)
        assert answer.status_code == 422, sent
    assert operator.post(f"{PATH}nothing/undo").status_code == 409


def test_only_the_office_changes_themes_and_only_on_the_portal(county: County) -> None:
    operator = county.staff("portal.operator")
    assert operator.get(f"/{PORTAL}/look/preview").status_code == 200
    assert "首页板块" not in operator.get(f"/{PORTAL}/look/").text
    assert county.staff("portal.manager").get(PATH).status_code == 403
    assert county.staff("slj.manager").get(f"/{BUREAU}/look/themes/").status_code == 403
    assert county.staff("portal.operator").get(f"/{BUREAU}/look/themes/").status_code == 404
