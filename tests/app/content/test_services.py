"""Writing: immutable revisions, and two people at once (DESIGN 5, D2)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.accounts.models import Account
from app.content.models import Article, Attachment, Revision
from app.content.services import StaleRevisionError, Text, digest_of, revise, text_of
from app.content.states import ArticleState
from app.core.database import db
from app.core.errors import RuleBroken
from tests.worlds import BUREAU, TOWN, County


def _person(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def _article(article_id: int) -> Article:
    return db.session.scalars(select(Article).where(Article.id == article_id)).one()


def test_each_save_is_a_revision_of_its_own(county: County) -> None:
    article_id = county.an_article(title="第一稿")
    with county.inside(BUREAU):
        article = _article(article_id)
        assert article.head_id is not None
        revise(article, Text("第二稿", "<p>改过。</p>"), _person("slj.editor"), base=article.head_id)

    with county.inside(BUREAU):
        found = db.session.scalars(select(Revision).order_by(Revision.number)).all()
        titles = [(one.number, one.title) for one in found if one.article_id == article_id]
    assert titles == [(1, "第一稿"), (2, "第二稿")]


def test_a_save_without_a_change_adds_nothing(county: County) -> None:
    article_id = county.an_article(title="通知", body="<p>正文</p>")
    with county.inside(BUREAU):
        article = _article(article_id)
        head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
        text = Text("通知", "<p>正文</p>")

        assert revise(article, text, _person("slj.editor"), base=head.id) is head


def test_a_text_saved_by_somebody_else_meanwhile_is_not_overwritten(county: County) -> None:
    article_id = county.an_article(title="第一稿")
    base = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        revise(_article(article_id), Text("他人的修改", "<p>甲</p>"), _person("slj.leader"), base=base)

    with county.inside(BUREAU):
        with pytest.raises(StaleRevisionError) as refused:
            revise(_article(article_id), Text("我的修改", "<p>乙</p>"), _person("slj.editor"), base=base)

        assert refused.value.head.title == "他人的修改"


@pytest.mark.parametrize("state", [ArticleState.SUBMITTED, ArticleState.DISCARDED])
def test_what_waits_for_a_signature_or_is_put_away_is_not_written_in(
    county: County, state: ArticleState
) -> None:
    article_id = county.an_article(state=state)
    base = county.head_of(BUREAU, article_id)

    with county.inside(BUREAU), pytest.raises(RuleBroken, match="现在不能修改"):
        revise(_article(article_id), Text("改", "<p>改</p>"), _person("slj.editor"), base=base)


@pytest.mark.both_databases
def test_a_revision_cannot_be_changed_or_deleted_even_by_ourselves(county: County) -> None:
    article_id = county.an_article()
    head = county.head_of(BUREAU, article_id)
    for act in ("change", "delete"):
        with county.inside(BUREAU):
            revision = db.session.scalars(select(Revision).where(Revision.id == head)).one()
            if act == "change":
                revision.title = "偷改"
            else:
                db.session.delete(revision)
            with pytest.raises(DBAPIError):
                db.session.flush()
            db.session.rollback()


def test_another_tenants_file_cannot_be_attached(county: County) -> None:
    """A6: a posted foreign key of another tenant is refused."""
    with county.inside(TOWN) as town:
        file = Attachment(
            tenant_id=town.id,
            token="0" * 32,
            title="名单",
            media_type="text/plain",
            extension="txt",
            size=1,
            sha256="0" * 64,
            created_by_id=_person("qiaotou.editor").id,
        )
        db.session.add(file)
        db.session.flush()
        foreign = file.id

    with pytest.raises(RuleBroken, match="附件已不存在"):
        county.an_article(BUREAU, files=(foreign,))


def test_the_digest_tells_apart_what_only_moves_between_fields() -> None:
    one = Text("甲乙", "<p>丙</p>", summary="丁")
    other = Text("甲", "<p>丙</p>", summary="乙丁")

    assert digest_of(one, ()) != digest_of(other, ())
    assert digest_of(one, ("a", "b")) != digest_of(one, ("ab",))


def test_a_revision_gives_back_the_text_it_was_made_of(county: County) -> None:
    article_id = county.an_article(title="　 通 知 ", body="<p>正文</p>", document_number="永水〔2026〕1号")
    with county.inside(BUREAU):
        head = db.session.scalars(select(Revision).where(Revision.article_id == article_id)).one()
        db.session.refresh(head, ["files"])

        assert text_of(head) == Text("通 知", "<p>正文</p>", document_number="永水〔2026〕1号")
