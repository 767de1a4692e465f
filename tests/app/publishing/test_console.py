"""An article's own page and its steps, as the people who take them see them (S-60, S-64, D1)."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, AccountState
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from tests.browser import Browser
from tests.worlds import BUREAU, PROOF, TOWN, County


def path_of(article: int, step: str = "") -> str:
    return f"/{BUREAU}/articles/{article}" + (f"/{step}" if step else "")


def state_of(county: County, article: int) -> ArticleState:
    with county.inside(BUREAU):
        return db.session.scalars(select(Article.state).where(Article.id == article)).one()


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


@pytest.fixture
def signer(county: County) -> Browser:
    return county.staff(f"{BUREAU}.signer")


def test_a_text_goes_from_its_writer_over_the_signer_to_the_readers(
    county: County, editor: Browser, signer: Browser
) -> None:
    article = county.an_article(title="水库放水通告")
    head = {"revision": county.head_of(BUREAU, article)}

    handed = editor.post(path_of(article, "submit"), data=head, follow_redirects=True)
    signed = signer.post(path_of(article, "publish"), data=head | PROOF, follow_redirects=True)

    assert "已提交审签" in handed.text
    assert "读者现在看到的就是这一版" in signed.text
    assert "看网页" in signed.text
    assert "水库放水通告" in county.visitor().get(county.path_of(BUREAU, article)).text


def test_each_person_is_offered_only_their_own_steps(
    county: County, editor: Browser, signer: Browser
) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)

    writers = editor.get(path_of(article)).text
    signers = signer.get(path_of(article)).text
    auditors = county.staff("portal.auditor").get(path_of(article)).text

    assert path_of(article, "take-back") in writers
    assert path_of(article, "publish") not in writers
    assert path_of(article, "publish") in signers
    assert path_of(article, "give-back") in signers
    assert path_of(article, "take-back") not in signers
    assert "下一步" in auditors
    assert 'method="post" action="/slj/' not in auditors


def test_a_signer_is_told_where_the_text_will_be_seen(county: County, signer: Browser) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)

    page = signer.get(path_of(article)).text

    assert "“通知公告”栏目" in page
    assert "发布时间由系统记录，不能更改" in page


def test_a_text_is_given_back_with_its_reason(county: County, editor: Browser, signer: Browser) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)
    head = county.head_of(BUREAU, article)

    without = signer.post(path_of(article, "give-back"), data={"revision": head, "reason": " "})
    too_long = signer.post(path_of(article, "give-back"), data={"revision": head, "reason": "长" * 301})
    between = state_of(county, article)
    signer.post(path_of(article, "give-back"), data={"revision": head, "reason": "日期有误，请核对"})

    assert without.status_code == too_long.status_code == 422
    assert "请写明理由" in without.text
    assert "现在有 301 个" in too_long.text
    assert between is ArticleState.SUBMITTED
    assert "日期有误，请核对" in editor.get(path_of(article)).text


def test_a_text_that_changed_meanwhile_is_not_signed(county: County, signer: Browser) -> None:
    """D1: what is signed is what the signer saw."""
    article = county.an_article(state=ArticleState.SUBMITTED)
    seen = county.head_of(BUREAU, article)

    answers = [
        signer.post(path_of(article, "publish"), data={"revision": revision} | PROOF).status_code
        for revision in (seen - 1, seen + 1, "", "x", "99999999999")
    ]

    assert set(answers) == {409}
    assert state_of(county, article) is ArticleState.SUBMITTED


def test_a_withdrawn_text_is_gone_and_can_be_taken_up_again(
    county: County, editor: Browser, signer: Browser
) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    head = {"revision": county.head_of(BUREAU, article)}

    withdrawn = signer.post(
        path_of(article, "withdraw"), data={**head, "reason": "名单有误"}, follow_redirects=True
    )
    reopened = editor.post(path_of(article, "reopen"), data=head, follow_redirects=True)

    assert "已撤回" in withdrawn.text
    assert "名单有误" in withdrawn.text
    assert county.visitor().get(path).status_code == 410
    assert "已转为草稿" in reopened.text


def test_a_discarded_draft_can_be_restored(county: County, editor: Browser) -> None:
    article = county.an_article()
    head = {"revision": county.head_of(BUREAU, article)}

    discarded = editor.post(path_of(article, "discard"), data=head, follow_redirects=True)
    restored = editor.post(path_of(article, "restore"), data=head, follow_redirects=True)

    assert "已作废" in discarded.text
    assert "已恢复为草稿" in restored.text


def test_every_text_remains_readable(county: County, editor: Browser) -> None:
    article = county.an_article(body="<p>第一稿的话</p>")
    first = county.head_of(BUREAU, article)
    other = county.an_article(title="另一篇")

    assert "第一稿的话" in editor.get(path_of(article, f"revisions/{first}")).text
    assert editor.get(path_of(other, f"revisions/{first}")).status_code == 404


def test_another_units_people_find_nothing(county: County) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)
    head = {"revision": county.head_of(BUREAU, article)}
    foreign = county.staff(f"{TOWN}.signer")

    assert foreign.get(path_of(article)).status_code == 404
    assert foreign.get(f"/{TOWN}/articles/{article}").status_code == 404
    assert foreign.post(f"/{TOWN}/articles/{article}/publish", data=head).status_code == 404
    assert state_of(county, article) is ArticleState.SUBMITTED


def test_a_unit_without_a_signer_is_told_what_to_do(county: County, editor: Browser) -> None:
    """S-52: said while the text is still a draft, not when nobody comes to sign it."""
    article = county.an_article()
    assert "没有人能审签" not in editor.get(path_of(article)).text
    with county.everywhere():
        for role in ("signer", "leader"):
            account = db.session.scalars(select(Account).where(Account.login == f"{BUREAU}.{role}")).one()
            account.state = AccountState.ENDED

    page = editor.get(path_of(article)).text

    assert "没有人能审签，信息发布不出去" in page
    assert "请本单位子站管理员在“人员”中添加" in page
