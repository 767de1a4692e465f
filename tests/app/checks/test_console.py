"""The pages of the checks, as editors, signers, the secrecy officer and managers use them."""

import re

import pytest
from sqlalchemy import select

from app.checks.models import Waiver, WordEntry
from app.content.attachments import keep
from app.content.models import Revision
from app.core.database import db
from tests.app.checks.test_services import BODY, MARKED, MOBILE, person
from tests.browser import Browser
from tests.worlds import BUREAU, TOWN, County

PRINTS = re.compile(r'name="fingerprint" value="([0-9a-f]{32})"')


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


def page_of(article: int, step: str = "") -> str:
    return f"/{BUREAU}/articles/{article}/checks" + (f"/{step}" if step else "")


def newest(county: County, article: int) -> Revision:
    with county.inside(BUREAU):
        of_article = select(Revision).where(Revision.article_id == article).order_by(Revision.number.desc())
        return db.session.scalars(of_article.limit(1)).one()


def waiver_of(county: County, article: int) -> int:
    with county.inside(BUREAU):
        return db.session.scalars(select(Waiver.id).where(Waiver.article_id == article)).one()


def test_every_finding_is_shown_with_what_to_do_and_no_number(county: County, editor: Browser) -> None:
    article = county.an_article(body=BODY)

    page = editor.get(page_of(article)).text

    for said in ("必须处理", "正文第 1 段", "138****1234", "请登录", "依据", "申请放行"):
        assert said in page, said
    assert MOBILE not in page


def test_the_button_masks_and_the_other_button_corrects(county: County, editor: Browser) -> None:
    article = county.an_article(body=BODY)
    for expected in ("138****1234", "请登录"):
        page = editor.get(page_of(article)).text
        form = {"revision": county.head_of(BUREAU, article), "fingerprint": PRINTS.findall(page)[0]}

        done = editor.post(page_of(article, "mask"), data=form, follow_redirects=True)

        assert "已改好 1 处" in done.text
        with county.inside(BUREAU):
            texts = db.session.scalars(select(Revision.body).where(Revision.article_id == article)).all()
        assert expected in texts[-1]


def test_a_waiver_goes_from_the_editor_over_the_signer_and_stands_on_the_page(
    county: County, editor: Browser
) -> None:
    article = county.an_article(body=BODY)
    page = editor.get(page_of(article)).text
    form = {"revision": county.head_of(BUREAU, article), "fingerprint": PRINTS.findall(page)[0]}

    asked = editor.post(
        page_of(article, "ask"), data={**form, "reason": "公开的值班手机"}, follow_redirects=True
    )
    signer = county.staff(f"{BUREAU}.signer")
    waiting = signer.get(f"/{BUREAU}/checks").text
    agreed = signer.post(
        page_of(article, f"{waiver_of(county, article)}/agree"), data={}, follow_redirects=True
    ).text

    assert "等另一位负责同志同意" in asked.text
    assert "公开的值班手机" in waiting
    assert "已由两人放行" in agreed
    assert "必须处理" not in agreed


def test_only_the_secrecy_officer_is_offered_to_clear_a_mark(county: County, editor: Browser) -> None:
    article = county.an_article(body=MARKED)
    page = editor.get(page_of(article)).text
    form = {"revision": county.head_of(BUREAU, article), "fingerprint": PRINTS.findall(page)[0]}
    editor.post(page_of(article, "ask"), data={**form, "reason": "已经解密"})
    path = page_of(article, f"{waiver_of(county, article)}/clear")

    signer, officer = county.staff(f"{BUREAU}.signer"), county.staff(f"{BUREAU}.secrecy")

    assert path not in signer.get(page_of(article)).text
    assert signer.post(path, data={}).status_code == 403
    assert path in officer.get(page_of(article)).text
    assert "已由两人放行" in officer.post(path, data={}, follow_redirects=True).text


def test_a_text_being_written_is_checked_without_being_saved(county: County, editor: Browser) -> None:
    form = {
        "title": "请登陆平台",
        "body": f"<p>{MOBILE}</p><p style='display:none'>加微信</p>",
        "genre": "news",
    }

    page = editor.post(f"/{BUREAU}/articles/check", data=form).text
    found = editor.post(f"/{BUREAU}/articles/check", data=form, headers={"X-Fragment": "yes"}).get_json()

    for said in ("138****1234", "请登录", "隐藏的文字"):
        assert said in page
        assert said in found["html"]
    assert found["stops"] == 1
    assert found["summary"].startswith("必须处理 1 项")
    assert MOBILE not in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"title": "", "body": ""},
        {"title": "x" * 5000, "body": "<" * 5000, "genre": "no such"},
        {"body": "\x00\ud7ff<p>", "formed_on": "31.12.2026", "files": "9999999999"},
        {"body": "<table><tr>" * 300, "column_id": "x", "base": "y"},
    ],
)
def test_a_form_half_written_or_hostile_is_checked_all_the_same(
    editor: Browser, form: dict[str, str]
) -> None:
    assert editor.post(f"/{BUREAU}/articles/check", data=form).status_code == 200


def test_another_units_article_cannot_be_named(county: County, editor: Browser) -> None:
    foreign = county.an_article(TOWN)

    assert editor.post(f"/{BUREAU}/articles/check?article={foreign}", data={}).status_code == 404


def test_attachments_are_read_and_named(county: County, editor: Browser) -> None:
    with county.inside(BUREAU):
        by = person(f"{BUREAU}.editor")
        listed = keep("补贴名单", "csv", f"姓名,电话\n陈某,{MOBILE}\n".encode(), by).id
        broken = keep("扫描件", "pdf", b"%PDF-1.4 nothing", by).id
    article = county.an_article(files=(listed, broken))

    page = editor.get(page_of(article)).text

    assert "附件“补贴名单.csv”第 2 行" in page
    assert "不能一键遮盖" in page
    assert "附件“扫描件.pdf”" in page
    assert MOBILE not in page


def test_the_manager_keeps_the_units_words(county: County, editor: Browser) -> None:
    manager = county.staff(f"{BUREAU}.manager")
    word = {"text": "永加县", "kind": "stop", "correction": "永嘉县", "note": "县名"}

    added = manager.post(f"/{BUREAU}/words", data=word, follow_redirects=True).text
    article = county.an_article(body="<p>永加县水利局。</p>")
    elsewhere = county.an_article(TOWN, body="<p>永加县水利局。</p>")

    assert "永加县" in added
    assert "改为“永嘉县”" in editor.get(page_of(article)).text
    assert (
        "改为“永嘉县”" not in county.staff(f"{TOWN}.editor").get(f"/{TOWN}/articles/{elsewhere}/checks").text
    )
    with county.inside(BUREAU):
        word_id = db.session.scalars(select(WordEntry.id)).one()
    assert "永加县" in manager.post(f"/{BUREAU}/words/{word_id}/drop", data={}, follow_redirects=True).text


@pytest.mark.parametrize(
    "word",
    [
        {"text": "", "kind": "stop"},
        {"text": "字", "kind": "stop"},
        {"text": "两字", "kind": "nothing"},
        {"text": "两字", "kind": "stop", "correction": "两字"},
        {"text": "长" * 41, "kind": "stop"},
    ],
)
def test_a_word_that_cannot_stand_is_explained(county: County, word: dict[str, str]) -> None:
    answer = county.staff(f"{BUREAU}.manager").post(f"/{BUREAU}/words", data=word)

    assert answer.status_code == 422
    assert "还没有保存" in answer.text


def test_the_countys_words_hold_for_all_units_and_only_the_office_keeps_them(county: County) -> None:
    office = county.staff("portal.operator")
    word = {"text": "永加县", "kind": "stop", "correction": "永嘉县"}

    added = office.post("/office/words/new/", data=word, follow_redirects=True).text
    article = county.an_article(body="<p>永加县水利局。</p>")
    seen = county.staff(f"{BUREAU}.editor").get(page_of(article)).text

    assert "永加县" in added
    assert "县级词表" in seen
    with county.everywhere():
        word_id = db.session.scalars(select(WordEntry.id)).one()
    removed = office.post("/office/words/remove/", data={"id": word_id}, follow_redirects=True).text
    assert "已从县级词表移除" in removed
