"""What is checked before publication: what stops, what a click mends, what two people let pass (S-69, F1)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.checks import services
from app.checks.models import Waiver
from app.checks.report import Report
from app.content import desk_queries
from app.content.models import Revision
from app.content.services import StaleRevisionError, revise
from app.content.states import ArticleState
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, PORTAL, TOWN, County

MOBILE = "13812341234"
BODY = f"<p>联系人陈某，电话 {MOBILE}，请<strong>登陆</strong>平台。</p>"
MARKED = "<p>机密★</p><p>关于某事的请示。</p>"


def report_of(county: County, article_id: int, slug: str = BUREAU) -> Report:
    with county.inside(slug):
        article = desk_queries.article_on_desk(article_id)
        assert article.head is not None
        report = services.report_on(article, article.head)
        assert (report.stops, report.waived) is not None  # They ask the waivers, which end with the session.
        return report


def refusal_of(county: County, article_id: int) -> str:
    with county.inside(BUREAU):
        article = desk_queries.article_on_desk(article_id)
        assert article.head is not None
        with pytest.raises(RuleBroken) as refused:
            services.refuse_stops(article, article.head)
        return refused.value.message


def body_of(county: County, article_id: int) -> str:
    with county.inside(BUREAU):
        newest = select(Revision.body).where(Revision.article_id == article_id)
        return db.session.scalars(newest.order_by(Revision.number.desc()).limit(1)).one()


def person(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def ask(county: County, article_id: int, by: str = "editor", reason: str = "公开的值班手机") -> int:
    report = report_of(county, article_id)
    with county.inside(BUREAU):
        article = desk_queries.article_on_desk(article_id)
        assert article.head_id is not None
        asked = services.ask_waiver(
            article,
            article.head_id,
            report.stops[0].fingerprint,
            person(f"{BUREAU}.{by}"),
            reason=reason,
        )
        return asked.id


def agree(county: County, waiver_id: int, login: str) -> None:
    with county.inside(BUREAU):
        waiver = db.session.scalars(select(Waiver).where(Waiver.id == waiver_id)).one()
        services.agree_waiver(waiver, person(login))


def test_a_mobile_number_stops_the_text_and_is_never_shown(county: County) -> None:
    article = county.an_article(body=BODY)

    report = report_of(county, article)
    said = refusal_of(county, article)

    assert [hit.rule for hit in report.stops] == ["personal.mobile"]
    assert report.stops[0].where == "正文第 1 段"
    assert "138****1234" in said
    assert "发布前检查" in said
    assert MOBILE not in said + str(report.hits)


def test_one_click_masks_it_in_a_new_revision(county: County) -> None:
    article = county.an_article(body=BODY)
    report = report_of(county, article)
    with county.inside(BUREAU):
        found = desk_queries.article_on_desk(article)
        assert found.head_id is not None
        count = services.mask(found, report.mendable, person(f"{BUREAU}.editor"), revision=found.head_id)

    assert count == 1
    assert "138****1234" in body_of(county, article)
    assert MOBILE not in body_of(county, article)
    assert report_of(county, article).stops == []


def test_a_stale_page_masks_nothing(county: County) -> None:
    article = county.an_article(body=BODY)
    prints = report_of(county, article).mendable
    with county.inside(BUREAU):
        found = desk_queries.article_on_desk(article)
        with pytest.raises(StaleRevisionError):
            services.mask(found, prints, person(f"{BUREAU}.editor"), revision=(found.head_id or 0) - 1)
        assert found.head_id is not None
        with pytest.raises(RuleBroken, match="刷新"):
            services.mask(found, ["unknown"], person(f"{BUREAU}.editor"), revision=found.head_id)


def test_two_people_let_a_stop_pass_for_this_revision_only(county: County) -> None:
    article = county.an_article(body=BODY)
    waiver = ask(county, article)
    with county.inside(BUREAU):
        found = desk_queries.article_on_desk(article)
        assert found.head is not None
        with pytest.raises(RuleBroken):
            services.refuse_stops(found, found.head)
        services.refuse_stops(found, found.head, counts_asked=True)

    agree(county, waiver, f"{BUREAU}.signer")
    waived = report_of(county, article)

    assert (waived.stops, [hit.rule for hit in waived.waived]) == ([], ["personal.mobile"])
    with county.inside(BUREAU):
        found = desk_queries.article_on_desk(article)
        assert found.head is not None
        services.refuse_stops(found, found.head)
        text = services.text_of_revision(found.head)
        revise(found, replace(text, title="改过的标题"), person(f"{BUREAU}.editor"), base=found.head.id)
    assert len(report_of(county, article).stops) == 1


@pytest.mark.parametrize(
    "login", [f"{BUREAU}.editor", f"{BUREAU}.manager", f"{TOWN}.signer", "portal.operator"]
)
def test_who_may_not_agree(county: County, login: str) -> None:
    article = county.an_article(body=BODY)
    waiver = ask(county, article)

    with pytest.raises(RuleBroken, match="放行"):
        agree(county, waiver, login)
    assert len(report_of(county, article).stops) == 1


def test_who_asked_or_wrote_does_not_agree_even_as_a_signer(county: County) -> None:
    article = county.an_article(body=BODY)
    waiver = ask(county, article, by="signer")

    with pytest.raises(RuleBroken, match="申请人和撰写人"):
        agree(county, waiver, f"{BUREAU}.signer")


def test_marks_of_secrecy_are_the_secrecy_officers(county: County) -> None:
    article = county.an_article(body=MARKED)
    waiver = ask(county, article, reason="已经解密")

    for login in (f"{BUREAU}.signer", f"{BUREAU}.leader", "portal.operator", f"{TOWN}.secrecy"):
        with pytest.raises(RuleBroken, match="保密员"):
            agree(county, waiver, login)
    agree(county, waiver, f"{BUREAU}.secrecy")
    assert report_of(county, article).stops == []


def test_some_stops_cannot_be_waived_and_each_needs_a_reason(county: County) -> None:
    closed = county.an_article(body="<p>（此件依申请公开）</p>")
    plain = county.an_article(body=BODY)

    assert [hit.rule for hit in report_of(county, closed).stops] == ["L10"]
    with pytest.raises(RuleBroken, match="不能放行"):
        ask(county, closed)
    with pytest.raises(RuleBroken, match="为什么"):
        ask(county, plain, reason="  ")


def test_asking_twice_is_asking_once(county: County) -> None:
    article = county.an_article(body=BODY)

    assert ask(county, article) == ask(county, article)


def test_the_units_own_numbers_may_stand(county: County) -> None:
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        unit.phone = MOBILE
    article = county.an_article(body=BODY)

    assert report_of(county, article).stops == []


def test_the_same_number_with_other_words_is_found_in_other_units(county: County) -> None:
    """L5 reaches what readers see of all units, and nothing else."""
    number = {"document_number": "永水〔2026〕8号"}
    county.an_article(TOWN, body="<p>不一样的文字。</p>", state=ArticleState.PUBLISHED, **number)
    county.an_article(PORTAL, body="<p>草稿。</p>", title="没有公开的", document_number="永水[2026]第8号")
    article = county.an_article(document_number="永水[2026]8号")

    found = [hit for hit in report_of(county, article).confirms if hit.rule == "L5"]

    assert len(found) == 1
    assert "没有公开的" not in found[0].why
