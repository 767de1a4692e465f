"""What is found, and what never is (ZY-19, S-36, S-66)."""

from datetime import timedelta

from freezegun import freeze_time
from sqlalchemy import select, update

from app.accounts.models import Account
from app.content import attachments
from app.content.genres import Genre
from app.content.models import Article
from app.content.services import Text, revise
from app.content.states import ArticleState, Validity
from app.core.clock import now, today
from app.core.database import db
from app.publishing import endings
from app.publishing import services as publishing
from app.search.models import SearchEntry, SearchText
from app.tenancy.models import Tenant, TenantState
from tests.app.search.asking import ask, titles
from tests.worlds import BUREAU, LIBRARY, TOWN, County

PUBLISHED = ArticleState.PUBLISHED


def test_any_fragment_of_title_and_body_finds(county: County) -> None:
    county.an_article(state=PUBLISHED)
    for typed in (
        "停水",
        "城区停",
        "道检",
        "检修",
        "关于城区停水的通知",
        "通知 检修",
        "停　水",
        "城区停止供水",
    ):
        assert titles(ask(county, typed)) == ["关于城区停水的通知"], typed
    assert titles(ask(county, "消防")) == []


NUMBERS = (
    "永政办发〔2007〕89号",
    "永政办发[2007]89号",
    "永政办发（２００７）８９号",
    "永政办发【2007】第089号",
    "[2007]89",
    "2007 89号",
    "2007年第89号",
    "永政办发200789",
    "永政办发〔2007〕89号 网站",
)


def test_zy_19_a_document_is_found_by_its_number_in_any_writing(county: County) -> None:
    county.an_article(title="网站建设的通知", document_number="永政办发〔2007〕89号", state=PUBLISHED)
    county.an_article(title="另一件事的通知", document_number="永政办发〔2007〕90号", state=PUBLISHED)
    county.an_article(TOWN, title="镇里的通知", document_number="桥政发〔2007〕8号", state=PUBLISHED)

    first = {typed: titles(ask(county, typed))[:1] for typed in NUMBERS}
    assert [typed for typed, found in first.items() if found != ["网站建设的通知"]] == []
    assert sorted(titles(ask(county, "永政办发〔2007〕"))) == ["另一件事的通知", "网站建设的通知"]


def test_zy_19_what_is_not_public_is_never_found(county: County) -> None:
    for state in ArticleState:
        if state is not PUBLISHED:
            county.an_article(title=f"关于停水的{state.label}", state=state)

    assert titles(ask(county, "停水")) == []


def test_s_66_what_is_taken_down_or_cancelled_or_withdrawn_leaves_no_trace(county: County) -> None:
    article_id = county.an_article(state=PUBLISHED)
    revision = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        endings.take_down(_article(article_id), _account("slj.signer"), revision=revision, reason="误发")

    assert titles(ask(county, "停水")) == []
    with county.inside(BUREAU):
        assert article_id not in set(db.session.scalars(select(SearchEntry.article_id)))
        places = set(db.session.scalars(select(SearchText.rowid)))
    with county.everywhere():
        assert set(db.session.scalars(select(SearchEntry.id))) == places


def test_a_row_that_was_left_behind_shows_nothing(county: County) -> None:
    """The index is asked for candidates only; whether readers see a text is asked of the text."""
    article_id = county.an_article(state=PUBLISHED)
    with county.inside(BUREAU):
        db.session.execute(update(Article).where(Article.id == article_id).values(published_id=None))

    assert titles(ask(county, "停水")) == titles(ask(county, "关于城区停水的通知")) == []


def test_what_is_not_due_appears_at_its_minute_by_itself(county: County) -> None:
    with freeze_time("2026-11-24 01:00:00", ignore=["sqlalchemy"]) as clock:
        article_id = county.an_article()
        with county.inside(BUREAU):
            article, editor, signer = _article(article_id), _account("slj.editor"), _account("slj.signer")
            assert article.head_id is not None
            minute = now() + timedelta(hours=1)
            publishing.submit(article, editor, revision=article.head_id, at=minute)
            publishing.publish(article, signer, revision=article.head_id)
        assert titles(ask(county, "停水")) == titles(ask(county, "关于城区停水的通知")) == []

        clock.tick(timedelta(hours=1, seconds=1))

        assert titles(ask(county, "停水")) == ["关于城区停水的通知"]


def test_a_corrected_text_is_found_by_its_new_words_only(county: County) -> None:
    article_id = county.an_article(state=PUBLISHED)
    with county.inside(BUREAU):
        article, editor = _article(article_id), _account("slj.editor")
        assert article.head_id is not None
        text = Text("关于城区停电的通知", "<p>因线路检修，定于周三停电。</p>", correction="水改为电")
        newer = revise(article, text, editor, base=article.head_id).id
        publishing.submit(article, editor, revision=newer)
    assert titles(ask(county, "停水")) == ["关于城区停水的通知"]

    with county.inside(BUREAU):
        publishing.publish(_article(article_id), _account("slj.signer"), revision=newer)

    assert titles(ask(county, "停水")) == []
    assert titles(ask(county, "停电")) == ["关于城区停电的通知"]


def test_a_closed_unit_is_not_found(county: County) -> None:
    county.an_article(TOWN, state=PUBLISHED)
    with county.everywhere():
        db.session.execute(update(Tenant).where(Tenant.slug == TOWN).values(state=TenantState.CLOSED))

    assert titles(ask(county, "停水")) == []


def test_a_search_is_narrowed_by_what_a_text_is(county: County) -> None:
    county.an_article(BUREAU, title="停水一", genre=Genre.NOTICE, state=PUBLISHED)
    county.an_article(TOWN, title="停水二", genre=Genre.NEWS, state=PUBLISHED)
    old = county.an_article(LIBRARY, title="停水三", genre=Genre.NOTICE, state=PUBLISHED)
    with county.inside(LIBRARY):
        article = _article(old)
        article.invalid_since, article.validity = today(), Validity.ABOLISHED
        unit_id = article.tenant_id

    assert sorted(titles(ask(county, "停水", genre=Genre.NOTICE))) == ["停水一", "停水三"]
    assert titles(ask(county, "停水", unit_id=unit_id)) == ["停水三"]
    assert titles(ask(county, "停水", validity=Validity.ABOLISHED)) == ["停水三"]
    assert len(titles(ask(county, "停水", year=today().year))) == 3
    assert titles(ask(county, "停水三", year=today().year - 1)) == []
    assert titles(ask(county, "停水", column_type="policy")) == []
    assert ask(county, "停水").counts.genres == {Genre.NOTICE: 2, Genre.NEWS: 1}


def test_what_no_longer_holds_stands_behind_what_does(county: County) -> None:
    for title in ("用水管理办法", "用水管理办法"):
        first = county.an_article(title=title, state=PUBLISHED)
    with county.inside(BUREAU):
        _article(first).invalid_since = today()

    found = ask(county, "用水 管理").hits

    assert [hit.validity for hit in found] == [Validity.VALID, Validity.EXPIRED]


def test_most_of_the_words_are_better_than_nothing(county: County) -> None:
    county.an_article(state=PUBLISHED)

    found = ask(county, "停水 检修 独角兽")

    assert found.is_relaxed
    assert titles(found) == ["关于城区停水的通知"]


def test_the_words_of_a_file_find_its_text(county: County) -> None:
    with county.inside(BUREAU):
        file = attachments.keep("户主名册", "txt", "涉及东皋小区住户".encode(), _account("slj.editor"))
        file_id = file.id
    county.an_article(files=(file_id,), state=PUBLISHED)

    found = ask(county, "东皋小区")

    assert titles(found) == ["关于城区停水的通知"]
    assert found.hits[0].is_in_file


def _article(article_id: int) -> Article:
    return db.session.scalars(select(Article).where(Article.id == article_id)).one()


def _account(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()
