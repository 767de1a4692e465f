"""What people send: sealed, read by few and with a record, quoted without names, deleted in time (D5)."""

import csv
import io
import logging
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.audit.models import AuditRow
from app.content.models import Revision
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.participation import contributions, desk
from app.participation.limits import kept_until
from app.participation.models import Contribution, Hearing
from app.participation.queries import newest_terms, tally_of
from app.participation.quoting import without_people
from app.participation.states import ContributionKind
from tests.app.participation.consultation import A_DAY, a_hearing, an_opinion, person
from tests.app.web.visitors_form import opens, sends
from tests.architecture.checksums import checksums
from tests.worlds import BUREAU, PORTAL, TOWN, County

CANARIES = {"text": "canary-text 老码头", "name": "canary-name", "contact": "canary-contact"}


def _hearing(hearing_id: int) -> Hearing:
    return db.session.scalars(select(Hearing).where(Hearing.id == hearing_id)).one()


def _sent_by_a_visitor(county: County, hearing: int, **other: str) -> str:
    visitor, path = county.visitor(), f"/participate/{hearing}/opinion/"
    data = {**CANARIES, "consent": "yes", **other, **opens(visitor, path).by_working()}
    answer = sends(visitor, path, data)
    assert answer.status_code == 303
    return answer.location


def test_no_word_of_a_person_lies_open_anywhere(county: County, caplog: pytest.LogCaptureFixture) -> None:
    """D5: not in a table, a page, an address or a log."""
    hearing = a_hearing(county)
    with caplog.at_level(logging.DEBUG):
        thanks = _sent_by_a_visitor(county, hearing)
        pages = [county.visitor().get(one).text for one in (thanks, f"/participate/{hearing}/")]
    assert "canary" not in thanks + "".join(pages) + caplog.text
    with county.everywhere():
        row = db.session.scalars(select(Contribution)).one()
        assert row.sealed
        assert "canary" not in repr([getattr(row, one.name) for one in Contribution.__mapper__.columns])
        assert "canary" not in "".join(db.session.scalars(select(AuditRow.detail)))


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"text": " \u0000 "}, "请写下您的意见"),
        ({"text": "长" * 3001}, "最多 3000 个字"),
        ({"name": ""}, "请填写姓名"),
        ({"name": "长" * 31}, "最多 30 个字"),
        ({"consent": ""}, "要提交，请先勾选同意"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(
    county: County, missing: dict[str, str], says: str
) -> None:
    visitor, path = county.visitor(), f"/participate/{a_hearing(county)}/opinion/"
    before = checksums(county)
    content = {**CANARIES, "consent": "yes", **missing}
    answer = sends(visitor, path, {**content, **opens(visitor, path).by_working()})
    assert answer.status_code == 422
    assert says in answer.text
    assert all(value in answer.text for name, value in CANARIES.items() if name not in missing)
    assert checksums(county) == before


def test_who_writes_past_the_closing_keeps_the_words(county: County) -> None:
    hearing = a_hearing(county)
    visitor, path = county.visitor(), f"/participate/{hearing}/opinion/"
    with freeze_time(now() + 10 * A_DAY - timedelta(seconds=10)):
        data = {**CANARIES, "consent": "yes", **opens(visitor, path).by_working()}
        answer = sends(visitor, path, data)
    assert answer.status_code == 422
    assert "截止，不能再提交" in answer.text
    assert CANARIES["text"] in answer.text


def test_reading_is_for_few_and_leaves_a_record(county: County) -> None:
    hearing = a_hearing(county)
    _sent_by_a_visitor(county, hearing)
    path = f"/{BUREAU}/hearings/{hearing}/contributions"
    for login in ("slj.manager", "slj.secrecy", "portal.operator", "portal.auditor"):
        assert county.staff(login).post(path).status_code == 403, login
    editor = county.staff("slj.editor")
    assert "canary-name" in editor.post(path).text
    assert "canary-name" in editor.post(path, data={"words": "老码头"}).text
    assert "没有找到" in editor.post(path, data={"words": "新码头"}).text
    assert "没有找到" in editor.post(path, data={"spam": "yes", "page": "99999999999"}).text
    with county.inside(BUREAU):
        acts = list(db.session.scalars(select(AuditRow.act).where(AuditRow.act == "hearing.read")))
        details = "".join(db.session.scalars(select(AuditRow.detail)))
    assert len(acts) == 4
    assert "码头。" not in details


def test_c_7_the_table_is_safe_in_a_spreadsheet_and_recorded(county: County) -> None:
    hearing = a_hearing(county)
    _sent_by_a_visitor(county, hearing, text='=HYPERLINK("http://x")', name="+1")
    an_opinion(county, hearing, kind=ContributionKind.SIGN_UP)
    answer = county.staff("slj.signer").post(f"/{BUREAU}/hearings/{hearing}/contributions.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["类别", "报名", "意见"]
    assert rows[2][2] == "'+1"
    assert rows[2][4] == '\'=HYPERLINK("http://x")'
    assert f'filename="{BUREAU}-hearing-{hearing}.csv"' in answer.headers["Content-Disposition"]
    with county.inside(BUREAU):
        details = list(db.session.scalars(select(AuditRow.detail).where(AuditRow.act == "hearing.export")))
    assert details == ['{"after":{"count":2},"before":null}']


def test_what_does_not_count_is_kept_and_counted_apart(county: County) -> None:
    hearing = a_hearing(county)
    an_opinion(county, hearing)
    an_opinion(county, hearing, text="加微信领红包")
    with county.inside(BUREAU):
        found = desk.contributions(_hearing(hearing), words="红包")[0].row
        with pytest.raises(RuleBroken, match="为什么"):
            contributions.mark_spam(_hearing(hearing), found, reason="  ")
        contributions.mark_spam(_hearing(hearing), found, reason="广告")
        assert (tally_of(hearing).opinions, tally_of(hearing).spam) == (1, 1)
        assert [one.words.text for one in desk.contributions(_hearing(hearing), spam=True)] == [
            "加微信领红包"
        ]
        sent = found.id
    with freeze_time(now() + 11 * A_DAY):
        page = county.visitor().get(f"/participate/{hearing}/").text
        assert "1 条（广告、重复等）" in page
        county.staff("slj.editor").post(f"/{BUREAU}/hearings/{hearing}/contributions/{sent}/count")
        assert "2 条" in county.visitor().get(f"/participate/{hearing}/").text


def test_the_result_quotes_who_agreed_without_names_and_numbers(county: County) -> None:
    hearing = a_hearing(county)
    quotable = "<b>保留</b>石阶，联系我13812345678，住北城街道县前路1号3幢502室。"
    for text, agreed in ((quotable, True), ("不要摘登这条", False)):
        an_opinion(county, hearing, text=text, may_be_quoted=agreed)
    with freeze_time(now() + 11 * A_DAY), county.inside(BUREAU):
        rows = [one.row.id for one in desk.contributions(_hearing(hearing))]
        article = contributions.draft_result(_hearing(hearing), rows, person("slj.editor"))
        assert _hearing(hearing).result_id == article.id
        body = db.session.scalars(select(Revision.body).where(Revision.article_id == article.id)).one()
        assert article.published_id is None
    assert "收到意见 2 条" in body
    assert "&lt;b&gt;保留&lt;/b&gt;石阶" in body
    assert "138****5678" in body
    for hidden in ("13812345678", "502", "李楠溪", "不要摘登"):
        assert hidden not in body
    with county.inside(BUREAU), pytest.raises(RuleBroken, match="还没有截止"):
        contributions.draft_result(_hearing(hearing), rows, person("slj.editor"))


def test_a_text_without_people_stays_as_it_is(county: County) -> None:
    text = "停水请提前两天通知，电话0577-67220001。"
    with county.inside(BUREAU):
        assert without_people(text) == text


def test_after_its_term_nothing_of_a_person_is_left(county: County) -> None:
    hearing = a_hearing(county)
    _sent_by_a_visitor(county, hearing)
    with county.inside(BUREAU):
        last = kept_until(newest_terms(hearing).closes_at)
        assert contributions.purge(last) == 0
    console = county.front.console
    with freeze_time(f"{last + A_DAY} 12:00"):
        said = console.test_cli_runner().invoke(args=["participation", "purge"]).output
        assert "已删除 1 份" in said
        assert "已删除 0 份" in console.test_cli_runner().invoke(args=["participation", "purge"]).output
    with county.inside(BUREAU):
        assert list(db.session.scalars(select(Contribution.sealed))) == [""]
        assert tally_of(hearing).opinions == 1
    assert "按期删除" in county.staff("slj.editor").get(f"/{BUREAU}/hearings/{hearing}").text


def test_a_reference_tells_nothing_elsewhere(county: County) -> None:
    hearing = a_hearing(county)
    reference = an_opinion(county, hearing)
    path = f"/participate/{hearing}/sent/{reference}/"
    assert county.visitor().get(path).status_code == 200
    assert county.visitor(PORTAL).get(path).status_code == 404
    other = a_hearing(county, TOWN)
    assert county.visitor(TOWN).get(f"/participate/{other}/sent/{reference}/").status_code == 404
