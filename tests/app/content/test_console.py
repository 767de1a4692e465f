"""Where editors write: the list, the form, two people at once, the files (S-60, D2, A6)."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.content.models import Article, Attachment, Column, Revision
from app.content.states import ArticleState
from app.core.database import db
from tests.browser import Browser
from tests.worlds import BUREAU, TOWN, County

ARTICLES = f"/{BUREAU}/articles"


def a_form(county: County, **changes: Any) -> dict[str, Any]:
    """Return what an editor fills in at least."""
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
    return {
        "column_id": column,
        "title": "汛期值班安排",
        "body": "各站所按表值班。",
        "genre": "notice",
        **changes,
    }


def a_file(name: str = "值班表.txt", content: bytes = "甲乙丙".encode()) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def kept_in(answer: TestResponse) -> list[str]:
    """Return the ids of the stored files that a form offers to keep."""
    return re.findall(r'name="files" value="(\d+)"', answer.text)


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


def test_a_saved_text_stands_on_its_own_page(county: County, editor: Browser) -> None:
    answer = editor.post(f"{ARTICLES}/", data=a_form(county), follow_redirects=True)

    assert answer.status_code == 200
    assert "已保存。" in answer.text
    assert "<p>各站所按表值班。</p>" in answer.text
    assert 'data-forget-draft="' in answer.text


def test_the_unit_is_the_source_of_a_new_text(editor: Browser) -> None:
    assert re.search(r'name="source"[^>]*value="[^"]+"', editor.get(f"{ARTICLES}/new").text)


def test_a_column_is_chosen_beforehand_from_the_desk(county: County, editor: Browser) -> None:
    column = a_form(county)["column_id"]

    assert f'<option selected value="{column}">' in editor.get(f"{ARTICLES}/new?column={column}").text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "请填写标题。"),
        ({"title": "长" * 121}, "最多 120 个字。"),
        ({"body": "<p> </p><script>x</script>"}, "正文里没有文字"),
        ({"column_id": ""}, "请选择栏目。"),
        ({"column_id": "987654"}, "请选择栏目。"),
        ({"column_id": "abc"}, "请选择栏目。"),
        ({"genre": "poem"}, "请选择列出的体裁。"),
        ({"formed_on": "去年"}, "日期请按"),
        ({"formed_on": "2026-05-02", "printed_on": "2026-05-01"}, "印发日期不能早于成文日期。"),
        ({"source_url": "javascript:alert(1)"}, "原文网址要以 http:// 或 https:// 开头。"),
    ],
)
def test_a_fault_is_named_and_what_was_typed_stays(
    county: County, editor: Browser, changes: dict[str, Any], says: str
) -> None:
    answer = editor.post(f"{ARTICLES}/", data=a_form(county, summary="值班到月底", **changes))

    assert answer.status_code == 422
    assert says in answer.text
    assert "值班到月底" in answer.text


def test_files_of_a_refused_form_need_not_be_chosen_again(county: County, editor: Browser) -> None:
    refused = editor.post(f"{ARTICLES}/", data=a_form(county, title="", uploads=[a_file()]))
    kept = kept_in(refused)
    saved = editor.post(f"{ARTICLES}/", data=a_form(county, files=kept), follow_redirects=True)

    assert refused.status_code == 422
    assert "不用再选" in refused.text
    assert len(kept) == 1
    assert "值班表.txt" in saved.text


def test_a_refused_file_does_not_take_the_others_with_it(county: County, editor: Browser) -> None:
    answer = editor.post(
        f"{ARTICLES}/", data=a_form(county, uploads=[a_file(), a_file("程序.exe", b"MZ\x90")])
    )

    assert answer.status_code == 422
    assert "“程序.exe”不是可以上传的类型" in answer.text
    assert len(kept_in(answer)) == 1


def test_files_keep_their_order_and_go_when_unticked(county: County, editor: Browser) -> None:
    uploads = [a_file("甲.txt", b"1"), a_file("乙.txt", b"2"), a_file("丙.txt", b"3")]
    saved = editor.post(f"{ARTICLES}/", data=a_form(county, uploads=uploads))
    page = editor.get(f"{saved.location}/edit")
    first, _, third = kept_in(page)
    base = re.findall(r'name="base" value="(\d+)"', page.text)[0]

    shown = editor.post(
        f"{saved.location}/edit", data=a_form(county, base=base, files=[third, first]), follow_redirects=True
    )

    assert "乙.txt" not in shown.text
    assert 0 < shown.text.index("丙.txt") < shown.text.index("甲.txt")


def test_another_units_file_is_not_taken_along(county: County, editor: Browser) -> None:
    """A6: an id of another tenant is as if it did not exist."""
    elsewhere = county.staff(f"{TOWN}.editor").post(
        f"/{TOWN}/articles/", data={"title": "", "uploads": [a_file("镇内.txt")]}
    )
    foreign = kept_in(elsewhere)
    saved = editor.post(f"{ARTICLES}/", data=a_form(county, files=foreign), follow_redirects=True)

    assert len(foreign) == 1
    assert saved.status_code == 200
    assert "镇内" not in saved.text


def test_a_draft_file_is_for_the_units_staff_alone(county: County, editor: Browser) -> None:
    editor.post(f"{ARTICLES}/", data=a_form(county, uploads=[a_file()]))
    with county.inside(BUREAU):
        token = db.session.scalars(select(Attachment.token)).one()

    own = editor.get(f"{ARTICLES}/files/{token}")
    foreign = county.staff(f"{TOWN}.editor")

    assert own.data.decode() == "甲乙丙"
    assert own.headers["X-Content-Type-Options"] == "nosniff"
    assert foreign.get(f"{ARTICLES}/files/{token}").status_code == 404
    assert foreign.get(f"/{TOWN}/articles/files/{token}").status_code == 404


def test_of_two_people_who_save_neither_loses_a_word(county: County, editor: Browser) -> None:
    """D2: the second sees both texts, and saving again continues from what is stored."""
    article = county.an_article(title="原来的标题")
    base = county.head_of(BUREAU, article)
    path = f"{ARTICLES}/{article}/edit"
    editor.post(path, data=a_form(county, title="先存的标题", body="<p>先存的话</p>", base=base))

    merge = editor.post(path, data=a_form(county, title="后存的标题", body="<p>后存的话</p>", base=base))

    assert merge.status_code == 409
    for written in ("先存的标题", "先存的话", "后存的标题", "后存的话"):
        assert written in merge.text
    head = county.head_of(BUREAU, article)
    assert f'name="base" value="{head}"' in merge.text
    saved = editor.post(path, data=a_form(county, title="并好的标题", base=head), follow_redirects=True)
    assert saved.status_code == 200
    with county.inside(BUREAU):
        titles = set(db.session.scalars(select(Revision.title).where(Revision.article_id == article)))
    assert titles == {"原来的标题", "先存的标题", "并好的标题"}


def test_a_text_that_waits_for_its_signer_is_not_open_for_writing(county: County, editor: Browser) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)
    head = county.head_of(BUREAU, article)

    assert editor.get(f"{ARTICLES}/{article}/edit").status_code == 303
    assert editor.post(f"{ARTICLES}/{article}/edit", data=a_form(county, base=head)).status_code == 409
    assert county.head_of(BUREAU, article) == head


def test_the_column_may_be_changed_while_editing(county: County, editor: Browser) -> None:
    article = county.an_article()
    with county.inside(BUREAU):
        other = db.session.scalars(select(Column.id).where(Column.slug != "tzgg").order_by(Column.id)).first()
    base = county.head_of(BUREAU, article)

    editor.post(f"{ARTICLES}/{article}/edit", data=a_form(county, column_id=other, base=base))

    with county.inside(BUREAU):
        assert db.session.scalars(select(Article.column_id).where(Article.id == article)).one() == other


def test_what_is_public_stays_in_its_column(county: County, editor: Browser) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        other = db.session.scalars(select(Column.id).where(Column.slug != "tzgg").order_by(Column.id)).first()
    base = county.head_of(BUREAU, article)

    page = editor.get(f"{ARTICLES}/{article}/edit").text
    answer = editor.post(f"{ARTICLES}/{article}/edit", data=a_form(county, column_id=other, base=base))

    assert "已公开的信息不能换栏目" in page
    assert answer.status_code == 422
    assert county.head_of(BUREAU, article) == base


def test_the_list_is_filtered_by_state_column_and_words(county: County, editor: Browser) -> None:
    county.an_article(title="防汛通知")
    county.an_article(title="停水公告", state=ArticleState.PUBLISHED)
    column = a_form(county)["column_id"]

    everything = editor.get(f"{ARTICLES}/").text
    drafts = editor.get(f"{ARTICLES}/?state=draft&column={column}").text
    words = editor.get(f"{ARTICLES}/?words=停水").text
    nothing = editor.get(f"{ARTICLES}/?words=没有这样的字")

    assert "防汛通知" in everything
    assert "停水公告" in everything
    assert "停水公告" not in drafts
    assert "防汛通知" not in words
    assert "没有符合条件的信息" in nothing.text


@pytest.mark.parametrize(
    "query", ["page=0", "page=99999999999999", "page=x", "state=x", "column=-1", "column=1e9"]
)
def test_a_strange_filter_is_no_fault(county: County, editor: Browser, query: str) -> None:
    assert editor.get(f"{ARTICLES}/?{query}").status_code == 200


def test_only_the_page_of_the_editor_allows_inline_styles(editor: Browser) -> None:
    writing = editor.get(f"{ARTICLES}/new").headers["Content-Security-Policy"]
    listing = editor.get(f"{ARTICLES}/").headers["Content-Security-Policy"]

    assert "style-src 'self' 'unsafe-inline'" in writing
    assert "script-src 'self';" in writing
    assert "unsafe-inline" not in listing


def test_pasted_scripts_and_styles_do_not_reach_the_page(county: County, editor: Browser) -> None:
    pasted = '<p style="color:red" onclick="x()">值班<script>alert(1)</script></p>'
    body = f'{pasted}<table><tr><td colspan="2">表</td></tr></table>'
    shown = editor.post(f"{ARTICLES}/", data=a_form(county, body=body), follow_redirects=True).text

    assert "<p>值班</p>" in shown
    assert '<td colspan="2">表</td>' in shown
