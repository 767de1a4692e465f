"""Hearings: nothing is public unsigned, and what is shown follows the clock (S-22, ZY-23)."""

from datetime import timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.audit.models import AuditRow
from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.participation import contributions, queries, services
from app.participation.findings import findings
from app.participation.limits import answer_due
from app.participation.models import Hearing, HearingSignOff, HearingTerms
from app.participation.states import HearingKind, Stage
from app.publishing.models import Method
from tests.app.content.photographs import a_photograph, taken_in
from tests.app.participation.consultation import A_DAY, SUBJECT, a_hearing, an_opinion, person, terms
from tests.worlds import BUREAU, PORTAL, TOWN, County

PAGES = ("/participate/", "/participate/{}/")


def _seen(county: County, hearing: int) -> list[bool]:
    visitor = county.visitor()
    return [SUBJECT in visitor.get(path.format(hearing)).text for path in PAGES]


def _hearing(hearing_id: int) -> Hearing:
    return db.session.scalars(select(Hearing).where(Hearing.id == hearing_id)).one()


def test_s_22_nobody_sees_what_is_not_signed(county: County) -> None:
    hearing = a_hearing(county, is_signed=False)
    assert _seen(county, hearing) == [False, False]
    assert county.visitor().get(f"/participate/{hearing}/").status_code == 404
    with county.inside(BUREAU):
        newest = queries.newest_terms(hearing)
        with pytest.raises(RuleBroken, match="另一位负责同志"):
            services.sign(_hearing(hearing), person("slj.editor"), terms=newest.id, method=Method.PASSWORD)
        services.sign(_hearing(hearing), person("slj.signer"), terms=newest.id, method=Method.PASSWORD)
    assert _seen(county, hearing) == [True, True]


@pytest.mark.both_databases
def test_the_database_refuses_unsigned_terms_whoever_asks(county: County) -> None:
    hearing = a_hearing(county, is_signed=False)
    with pytest.raises(IntegrityError), county.inside(BUREAU):
        _hearing(hearing).terms_id = queries.newest_terms(hearing).id
    with pytest.raises(IntegrityError), county.inside(BUREAU):
        _sign_own(queries.newest_terms(hearing))


def _sign_own(newest: HearingTerms) -> None:
    same = newest.author_id
    db.session.add(
        HearingSignOff(
            tenant_id=newest.tenant_id,
            hearing_id=newest.hearing_id,
            terms_id=newest.id,
            author_id=same,
            account_id=same,
            signer_name="x",
            method="password",
        )
    )
    db.session.flush()


@pytest.mark.both_databases
def test_signed_terms_are_never_changed(county: County) -> None:
    hearing = a_hearing(county)
    for table in (HearingTerms, HearingSignOff):
        with pytest.raises(DatabaseError), county.inside(BUREAU):
            db.session.execute(delete(table).where(table.hearing_id == hearing))


def test_a_change_is_seen_once_it_is_signed(county: County) -> None:
    hearing = a_hearing(county)
    with county.inside(BUREAU):
        newest = queries.newest_terms(hearing)
        base = newest.id
        services.propose(_hearing(hearing), terms(place="图书馆"), person("slj.editor"), base=base)
    visitor = county.visitor()
    assert "县行政中心201会议室" in visitor.get(f"/participate/{hearing}/").text
    with county.inside(BUREAU):
        with pytest.raises(RuleBroken, match="有人改过"):
            services.sign(_hearing(hearing), person("slj.signer"), terms=base, method=Method.CODE)
        with pytest.raises(RuleBroken, match="有人改过"):
            services.propose(_hearing(hearing), terms(), person("slj.editor"), base=base)
        newest = queries.newest_terms(hearing)
        services.sign(_hearing(hearing), person("slj.signer"), terms=newest.id, method=Method.CODE)
    assert "图书馆" in visitor.get(f"/participate/{hearing}/").text
    with county.inside(BUREAU) as bureau:
        acts = list(
            db.session.scalars(
                select(AuditRow.act).where(AuditRow.tenant_id == bureau.id, AuditRow.act.like("hearing.%"))
            )
        )
    assert acts == ["hearing.propose", "hearing.sign"] * 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"closes_at": now() - 2 * A_DAY}, "截止时间要晚于"),
        ({"takes_opinions": False, "takes_sign_ups": False}, "至少要选一项"),
        ({"held_at": None}, "时间和地点"),
        ({"place": ""}, "时间和地点"),
        ({"place": "会议室，联系 13800138000"}, "发布前检查没有通过。地点"),
        ({"held_at": now()}, "晚于报名的截止"),
    ],
)
def test_terms_that_make_no_sense_are_refused(county: County, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        a_hearing(county, **wrong)


def test_a_consultation_has_no_place_and_no_sign_ups(county: County) -> None:
    hearing = a_hearing(county, kind=HearingKind.CONSULTATION)
    with county.inside(BUREAU):
        newest = queries.newest_terms(hearing)
        assert (newest.held_at, newest.place, newest.quota, newest.takes_sign_ups) == (None, "", None, False)
    answer = county.visitor().get(f"/participate/{hearing}/sign-up/")
    assert answer.status_code == 303
    assert answer.location == f"/participate/{hearing}/"


def test_it_turns_by_the_clock_and_by_nothing_else(county: County) -> None:
    opens, closes = now() + A_DAY, now() + 2 * A_DAY
    hearing = a_hearing(county, opens_at=opens, closes_at=closes)
    form = f"/participate/{hearing}/opinion/"

    def stands() -> tuple[str, bool, int, list[int]]:
        text = county.visitor().get(f"/participate/{hearing}/").text
        stage = next(one.label for one in Stage if f'">{one.label}</span>' in text)
        listed = [
            SUBJECT in county.visitor(slug).get(path).text
            for slug in (BUREAU, PORTAL)
            for path in ("/participate/", "/participate/closed/")
        ]
        return stage, form in text, county.visitor().get(form).status_code, list(map(int, listed))

    assert stands() == ("即将开始", False, 303, [1, 0, 1, 0])
    with freeze_time(opens - timedelta(seconds=1)):
        assert stands()[0] == "即将开始"
    with freeze_time(opens):
        assert stands() == ("进行中", True, 200, [1, 0, 1, 0])
    with freeze_time(closes - timedelta(seconds=1)):
        assert stands()[0] == "进行中"
    with freeze_time(closes):
        assert stands() == ("已结束，待反馈", False, 303, [0, 1, 0, 1])


def test_zy_23_without_result_it_is_found_after_twenty_working_days(county: County) -> None:
    hearing = a_hearing(county)
    with county.inside(BUREAU):
        due = answer_due(queries.newest_terms(hearing).closes_at)
        assert findings() == []
    with freeze_time(f"{due} 12:00"), county.inside(BUREAU):
        assert findings() == []
    with freeze_time(f"{due + A_DAY} 12:00"):
        with county.inside(BUREAU):
            (found,) = findings()
            assert (found.rule, found.path) == ("ZY-23", f"hearings/{hearing}")
            assert SUBJECT in found.what
            assert f"{due}" in found.what
        with county.inside(TOWN):
            assert findings() == []
        result = county.an_article(title="关于意见征集的反馈", state=ArticleState.SUBMITTED)
        with county.inside(BUREAU):
            services.link(_hearing(hearing), minutes=None, result=result)
            assert len(findings()) == 1  # It is not public yet.
        public = county.an_article(title="关于意见采纳的反馈", state=ArticleState.PUBLISHED)
        with county.inside(BUREAU):
            services.link(_hearing(hearing), minutes=None, result=public)
            assert findings() == []
        page = county.visitor().get(f"/participate/{hearing}/").text
        assert "已公布结果" in page
        assert "关于意见采纳的反馈" in page


def test_a_withdrawn_announcement_takes_its_hearing_along(county: County) -> None:
    hearing = a_hearing(county, state=ArticleState.WITHDRAWN)
    assert _seen(county, hearing) == [False, False]
    assert county.visitor(PORTAL).get("/participate/").text.count(SUBJECT) == 0
    assert county.visitor().get(f"/participate/{hearing}/opinion/").status_code == 404


def test_an_article_announces_one_hearing(county: County) -> None:
    article = county.an_article(column="tzzj")
    a_hearing(county, article_id=article)
    with pytest.raises(RuleBroken, match="已经有一次"):
        a_hearing(county, article_id=article)


def test_the_portal_lists_what_all_units_ask(county: County) -> None:
    own = a_hearing(county, subject="码头保护")
    a_hearing(county, TOWN, subject="镇区规划", closes_at=now() + 3 * A_DAY, held_at=now() + 9 * A_DAY)
    page = county.visitor(PORTAL).get("/participate/").text
    assert page.index("镇区规划") < page.index("码头保护")
    assert f'href="http://slj.yj.localhost/participate/{own}/"' in page
    assert "镇区规划" not in county.visitor().get("/participate/").text
    assert county.visitor(TOWN).get(f"/participate/{own}/").status_code == 404
    assert county.visitor(PORTAL).get("/participate/?page=2").status_code == 404


def test_the_announcement_leads_to_it(county: County) -> None:
    published = ArticleState.PUBLISHED
    article = county.an_article(column="tzzj", genre=Genre.OTHER, state=published)
    path = county.path_of(BUREAU, article)
    assert "参与" not in county.visitor().get(path).text
    hearing = a_hearing(county, article_id=article)
    text = county.visitor().get(path).text
    assert f'href="/participate/{hearing}/"' in text
    assert "报名、发表意见（进行中）" in text


def test_counts_are_told_once_it_has_closed(county: County) -> None:
    hearing = a_hearing(county)
    an_opinion(county, hearing)
    an_opinion(county, hearing)
    assert "收到意见" not in county.visitor().get(f"/participate/{hearing}/").text
    with freeze_time(now() + 11 * A_DAY):
        assert "2 条" in county.visitor().get(f"/participate/{hearing}/").text


def test_nothing_is_taken_before_and_after(county: County) -> None:
    coming = a_hearing(county, opens_at=now() + A_DAY)
    with pytest.raises(RuleBroken, match="还没有开始"):
        an_opinion(county, coming)
    with county.inside(BUREAU):
        assert contributions.purge(now().date()) == 0


def test_a_picture_among_the_materials_is_shown_in_sizes(county: County) -> None:
    plan = taken_in(county, "规划图.jpg", a_photograph(1200, 800))
    text = taken_in(county, "草案.pdf", b"%PDF-1.7\n")
    article = county.an_article(column="tzzj", state=ArticleState.PUBLISHED, files=(plan[0], text[0]))
    hearing = a_hearing(county, article_id=article)

    page = county.visitor().get(f"/participate/{hearing}/").text

    assert page.count("<img") == 1
    assert f'<img src="/files/{plan[1]}.jpg" alt="规划图" width="1200" height="800"' in page
    assert f"/files/{plan[1]}-480.webp 480w" in page
    assert 'loading="lazy"' in page
