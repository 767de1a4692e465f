"""Where the console begins: the choice of a unit, the inbox, the desk, the preview."""

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.content.states import ArticleState
from app.core.database import db
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, PORTAL, TOWN, County


def give_role(county: County, login: str, slug: str, role: Role) -> None:
    with county.everywhere():
        account = db.session.scalars(select(Account).where(Account.login == login)).one()
        tenant = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        db.session.add(Membership(account_id=account.id, tenant_id=tenant.id, role=role))


def test_who_has_one_unit_is_taken_to_its_desk(county: County) -> None:
    answer = county.staff(f"{BUREAU}.editor").get("/")

    assert answer.location.endswith(f"/{BUREAU}/")


def test_the_way_back_from_the_inbox_leads_to_the_only_unit(county: County) -> None:
    assert f'href="/{BUREAU}/articles/"' in county.staff(f"{BUREAU}.signer").get("/inbox").text


def test_who_has_two_units_chooses_and_can_change(county: County) -> None:
    give_role(county, f"{BUREAU}.editor", TOWN, Role.EDITOR)
    editor = county.staff(f"{BUREAU}.editor")

    chooser, desk = editor.get("/").text, editor.get(f"/{BUREAU}/").text

    for page in (chooser, desk):
        assert f'href="/{TOWN}/"' in page
    assert "/office/" not in desk


def test_an_operator_may_go_to_every_unit(county: County) -> None:
    page = county.staff(f"{PORTAL}.operator").get("/").text

    for slug in (PORTAL, BUREAU, TOWN):
        assert f'href="/{slug}/"' in page
    assert 'href="/office/"' in page
    assert 'href="/office/"' not in county.staff(f"{PORTAL}.auditor").get("/").text


def test_the_desk_shows_a_signer_what_waits(county: County) -> None:
    county.an_article(title="等着的通知", state=ArticleState.SUBMITTED)

    signers = county.staff(f"{BUREAU}.signer").get(f"/{BUREAU}/").text
    editors = county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/").text

    assert "等着的通知" in signers
    assert "等我审签" not in editors
    assert "等着的通知" in editors
    assert "写信息" in editors
    assert "写信息" not in signers


def test_the_desk_shows_a_writer_what_came_back_and_why(county: County) -> None:
    article = county.an_article(title="退回的通知", state=ArticleState.SUBMITTED)
    county.an_article(title="没写完的通知")
    county.staff(f"{BUREAU}.signer").post(
        f"/{BUREAU}/articles/{article}/give-back",
        data={"revision": county.head_of(BUREAU, article), "reason": "户数不一致"},
    )

    desk = county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/").text

    assert "户数不一致" in desk
    assert "没写完的通知" in desk
    assert desk.count("退回的通知") == 1


def test_the_desk_names_overdue_columns_and_recent_publications(county: County) -> None:
    article = county.an_article(title="已经发布的通知", state=ArticleState.PUBLISHED)

    desk = county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/").text

    assert "该更新的栏目" in desk
    assert "还没有内容的栏目" in desk
    assert county.path_of(BUREAU, article) in desk


def test_the_inbox_gathers_all_units_of_the_signer_and_no_others(county: County) -> None:
    give_role(county, f"{BUREAU}.signer", TOWN, Role.SIGNER)
    county.an_article(title="局里的通知", state=ArticleState.SUBMITTED)
    county.an_article(TOWN, title="镇里的通知", state=ArticleState.SUBMITTED)

    both = county.staff(f"{BUREAU}.signer").get("/inbox").text
    one = county.staff(f"{TOWN}.signer").get("/inbox").text

    assert "局里的通知" in both
    assert "镇里的通知" in both
    assert "局里的通知" not in one
    assert "没有等您办理的信息" in county.staff(f"{BUREAU}.editor").get("/inbox").text


def test_a_draft_is_previewed_in_its_theme_by_staff_alone(county: County) -> None:
    article = county.an_article(title="还没发布的通知", body="<p>先看样子</p>")
    path = f"/{BUREAU}/articles/{article}/preview"

    page = county.staff(f"{BUREAU}.editor").get(path)

    assert "先看样子" in page.text
    assert 'class="band"' not in page.text
    assert "article-downloads" not in page.text  # There is nothing to download yet.
    assert county.staff(f"{TOWN}.editor").get(path).status_code == 404
    assert county.stranger().get(path).status_code == 302


def test_the_frame_names_the_county_and_how_to_get_help(county: County) -> None:
    """S-46: the number of technical support stands on every page, before signing in too."""
    with county.everywhere():
        portal = db.session.scalars(select(Tenant).where(Tenant.slug == PORTAL)).one()
        portal.support_phone, portal.is_demo = "67236286", True

    for browser, path in ((county.stranger(), "/login"), (county.staff(f"{BUREAU}.editor"), f"/{BUREAU}/")):
        page = browser.get(path).text
        assert "67236286" in page
        assert "演示环境" in page


def test_every_page_leads_to_signing_out(county: County) -> None:
    assert 'action="/logout"' in county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/").text


def test_an_error_stands_in_the_frame_and_leads_back(county: County) -> None:
    answer = county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/articles/999999")

    assert answer.status_code == 404
    assert f'href="/{BUREAU}/"' in answer.text


def test_an_auditor_finds_the_record_of_acts(county: County) -> None:
    auditor = county.staff("portal.auditor")

    assert 'href="/office/acts/"' in auditor.get("/").text
    assert auditor.get("/office/acts/").status_code == 200
