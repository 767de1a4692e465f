"""Any two texts of an article can be compared, and an earlier one taken up again (A2, S-61)."""

from app.content.services import Text, revise
from app.content.states import ArticleState
from app.publishing import endings
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, County


def _three_texts(county: County) -> tuple[int, list[int]]:
    article_id = county.an_article(title="停水通知", body="<p>定于周三停水。</p>")
    heads = [county.head_of(BUREAU, article_id)]
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        for words in ("定于周四停水。", "定于周五上午停水。"):
            heads.append(revise(article, Text("停水通知", f"<p>{words}</p>"), editor, base=heads[-1]).id)
    return article_id, heads


def test_what_changed_is_told_in_words(county: County) -> None:
    article_id, heads = _three_texts(county)
    staff = county.staff("portal.auditor")
    path = f"/slj/articles/{article_id}/compare"

    latest = staff.get(path).text
    first = staff.get(path, query_string={"from": heads[0], "to": heads[1]}).text

    assert "<ins" in first
    assert "<del" in first
    assert "增加：</span>四" in first
    assert "删去：</span>三" in first
    assert "第 2 版" in latest
    assert "内容完全一样" in staff.get(path, query_string={"from": heads[0], "to": heads[0]}).text


def test_texts_of_another_article_are_not_compared(county: County) -> None:
    article_id, heads = _three_texts(county)
    other = county.head_of(BUREAU, county.an_article(title="另一篇"))
    staff = county.staff("slj.editor")
    for pair in ((heads[0], other), (other, heads[0]), (other, other), (10**12, heads[0])):
        answer = staff.get(
            f"/slj/articles/{article_id}/compare", query_string=dict(zip(("from", "to"), pair, strict=True))
        )
        assert answer.status_code == 404, pair


def test_an_earlier_text_becomes_a_further_one(county: County) -> None:
    article_id, heads = _three_texts(county)
    editor = county.staff("slj.editor")
    path = f"/slj/articles/{article_id}/revisions/{heads[0]}/restore"

    stale = editor.post(path, data={"revision": heads[1]})
    answer = editor.post(path, data={"revision": heads[2]}, follow_redirects=True)

    assert stale.status_code == 409
    assert "已用第 1 版的内容存成新的一版" in answer.text
    assert "定于周三停水" in answer.text
    assert county.head_of(BUREAU, article_id) > heads[2]


def test_nobody_restores_what_is_closed_to_writers_or_secret(county: County) -> None:
    for state in (ArticleState.SUBMITTED, ArticleState.PUBLISHED):
        article_id = county.an_article(state=state)
        head = county.head_of(BUREAU, article_id)
        if state is ArticleState.PUBLISHED:
            with county.inside(BUREAU):
                endings.take_down(article_of(article_id), person("slj.signer"), revision=head, reason="报告")
        editor = county.staff("slj.editor")
        answer = editor.post(f"/slj/articles/{article_id}/revisions/{head}/restore", data={"revision": head})
        assert answer.status_code == 409, state
    assert editor.get(f"/slj/articles/{article_id}/compare").status_code == 403
    with county.inside(BUREAU):
        assert head_of(article_of(article_id)) == head
