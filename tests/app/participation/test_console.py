"""The unit's desk: an editor proposes, another signs with the password once more, the result is drafted."""

from datetime import timedelta

from freezegun import freeze_time

from app.content.states import ArticleState
from app.core.clock import COUNTY_ZONE, now
from app.participation.queries import newest_terms
from tests.app.participation.consultation import A_DAY, SUBJECT, a_hearing, an_opinion
from tests.browser import Browser
from tests.worlds import BUREAU, PASSWORD, County

HEARINGS = f"/{BUREAU}/hearings/"


def _filled(**other: str) -> dict[str, str]:
    def written(after: timedelta) -> str:
        return f"{(now() + after).astimezone(COUNTY_ZONE):%Y-%m-%dT%H:%M}"

    usual = {
        "kind": "hearing",
        "subject": SUBJECT,
        "opens_at": written(-A_DAY),
        "closes_at": written(10 * A_DAY),
        "held_at": written(20 * A_DAY),
        "place": "县行政中心201会议室",
        "quota": "20",
        "takes_opinions": "y",
        "takes_sign_ups": "y",
        "contact": "法规科 0577-67220001",
    }
    return {**usual, **other}


def _newest(county: County, hearing: int) -> str:
    with county.inside(BUREAU):
        return str(newest_terms(hearing).id)


def _proposed(county: County, editor: Browser) -> int:
    article = county.an_article(column="tzzj", state=ArticleState.PUBLISHED)
    answer = editor.post(HEARINGS, data=_filled(article_id=str(article)))
    assert answer.status_code == 303
    return int(answer.location.rpartition("/")[2])


def test_an_editor_proposes_and_a_signer_opens(county: County) -> None:
    editor, signer = county.staff("slj.editor"), county.staff("slj.signer")
    hearing = _proposed(county, editor)
    path = f"{HEARINGS}{hearing}"
    assert "待审签" in editor.get(HEARINGS).text
    assert "还没有审签" in editor.get(path).text
    terms = _newest(county, hearing)
    wrong = signer.post(f"{path}/sign", data={"terms": terms, "proof": "falsch"})
    assert wrong.status_code == 422
    assert "当前密码不正确" in wrong.text
    stale = signer.post(f"{path}/sign", data={"terms": "1000000", "proof": PASSWORD})
    assert stale.status_code == 409
    assert county.visitor().get(f"/participate/{hearing}/").status_code == 404
    assert signer.post(f"{path}/sign", data={"terms": terms, "proof": PASSWORD}).status_code == 303
    assert county.visitor().get(f"/participate/{hearing}/").status_code == 200
    assert "公开的内容" in signer.get(path).text


def test_a_wrong_form_comes_back_with_all_that_was_typed(county: County) -> None:
    editor = county.staff("slj.editor")
    article = county.an_article(column="tzzj")
    for wrong, says in (
        ({"article_id": "77777777777"}, "请选择这次活动的公告"),
        ({"opens_at": "明天"}, "时间请按 2026-01-31 17:00 的样子填写"),
        ({"quota": "很多"}, "名额"),
        ({"held_at": ""}, "听证要写明举行的时间和地点"),
        ({"subject": " "}, "请写明就什么事项"),
        ({"kind": "party"}, "方式"),
    ):
        answer = editor.post(HEARINGS, data=_filled(article_id=str(article)) | wrong)
        assert answer.status_code == 422, wrong
        assert says in answer.text
        assert "法规科 0577-67220001" in answer.text
    assert "还没有听证或征集" in editor.get(HEARINGS).text


def test_two_editors_do_not_overwrite_each_other(county: County) -> None:
    editor = county.staff("slj.editor")
    hearing = _proposed(county, editor)
    path = f"{HEARINGS}{hearing}/edit"
    base = _newest(county, hearing)
    assert f'value="{base}"' in editor.get(path).text
    assert editor.post(path, data=_filled(base=base, place="图书馆")).status_code == 303
    late = editor.post(path, data=_filled(base=base, place="文化馆"))
    assert late.status_code == 422
    assert "有人改过这次活动" in late.text
    assert "文化馆" in late.text


def test_the_result_is_drafted_from_what_was_chosen(county: County) -> None:
    hearing = a_hearing(county)
    an_opinion(county, hearing, text="请保留石阶。", may_be_quoted=True)
    with freeze_time(now() + 11 * A_DAY):
        editor = county.staff("slj.editor")
        read = editor.post(f"{HEARINGS}{hearing}/contributions").text
        assert "请保留石阶。" in read
        chosen = read.partition('name="chosen" value="')[2].partition('"')[0]
        answer = editor.post(f"{HEARINGS}{hearing}/result", data={"chosen": chosen})
        assert answer.status_code == 303
        assert "请保留石阶。" in editor.get(answer.location).text
        assert "待反馈" in county.visitor().get(f"/participate/{hearing}/").text
    with freeze_time(now() + 60 * A_DAY):
        assert "已经逾期" in county.staff("slj.editor").get(f"{HEARINGS}{hearing}").text


def test_minutes_and_result_are_the_units_own(county: County) -> None:
    hearing = a_hearing(county)
    foreign = county.an_article("qiaotou", state=ArticleState.PUBLISHED)
    editor = county.staff("slj.editor")
    for wrong in (foreign, 999_999_999):
        answer = editor.post(f"{HEARINGS}{hearing}/link", data={"result": str(wrong)})
        assert answer.status_code == 409
