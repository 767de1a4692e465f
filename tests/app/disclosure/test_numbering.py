"""Index numbers: one for each disclosed article, for good, whoever publishes at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.content.models import Article, Column
from app.content.services import move_to_column
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.core.rules import rule_in_force
from app.disclosure.models import IndexCount
from app.disclosure.numbering import faults_of
from app.publishing import endings
from app.publishing import services as publishing
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, TOWN, County

PUBLISHED = ArticleState.PUBLISHED
WRITERS = 50


def number_of(county: County, article_id: int, slug: str = BUREAU) -> str | None:
    with county.inside(slug):
        return article_of(article_id).index_number


def counted(slug: str, count: int) -> str:
    return f"{slug.upper()}/{today().year}-{count:05d}"


def test_a_number_is_given_at_the_first_publication_only(county: County) -> None:
    draft = county.an_article()
    first, second = county.an_article(state=PUBLISHED), county.an_article(state=PUBLISHED)

    assert number_of(county, draft) is None
    numbers = [str(number_of(county, one)) for one in (first, second)]
    assert int(numbers[1][-5:]) == int(numbers[0][-5:]) + 1
    assert numbers[0].startswith(f"SLJ/{today().year}-")
    assert numbers[0] in county.visitor().get(county.path_of(BUREAU, first)).text


def test_each_unit_counts_its_own(county: County) -> None:
    bureau, town = county.an_article(state=PUBLISHED), county.an_article(TOWN, state=PUBLISHED)

    assert str(number_of(county, bureau)).partition("/")[0] == "SLJ"
    assert str(number_of(county, town, TOWN)).partition("/")[0] == "QIAOTOU"


def test_pages_of_the_footer_have_no_number(county: County) -> None:
    with county.inside(BUREAU):
        of_footer = select(Article.index_number).join(Column, Column.id == Article.column_id)
        found = db.session.scalars(of_footer.where(Column.slug == "gybz")).all()

    assert found == [None]


def test_a_number_survives_withdrawal_correction_and_another_column(county: County) -> None:
    """GK: moving the item to another column keeps it; taking the last away does not free its number."""
    article_id = county.an_article(state=PUBLISHED)
    number = number_of(county, article_id)
    with county.inside(BUREAU):
        article, signer = article_of(article_id), person("slj.signer")
        endings.withdraw(article, signer, revision=head_of(article), reason="有误")
        other = db.session.scalars(select(Column).where(Column.slug == "zcwj")).one()
        publishing.reopen(article, person("slj.editor"), revision=head_of(article))
        move_to_column(article, other, signer)
        publishing.submit(article, person("slj.editor"), revision=head_of(article))
        publishing.publish(article, signer, revision=head_of(article))
        assert article.index_number == number

    assert number_of(county, county.an_article(state=PUBLISHED)) != number


def test_a_number_brought_along_is_kept_and_stepped_over(county: County) -> None:
    with county.inside(BUREAU):
        last = db.session.scalar(select(IndexCount.last).where(IndexCount.scope == str(today().year))) or 0
    old, brought = county.an_article(), county.an_article()
    with county.inside(BUREAU):
        article_of(old).index_number = "000014349/2017-00110"
        article_of(brought).index_number = counted(BUREAU, last + 1)
    with county.inside(BUREAU):
        for one in (old, brought):
            publishing.submit(article_of(one), person("slj.editor"), revision=head_of(article_of(one)))
            publishing.publish(article_of(one), person("slj.signer"), revision=head_of(article_of(one)))

    assert number_of(county, old) == "000014349/2017-00110"
    assert number_of(county, county.an_article(state=PUBLISHED)) == counted(BUREAU, last + 2)


def test_fifty_writers_at_once_get_fifty_numbers_without_a_gap(county: County) -> None:
    waiting = [county.an_article(title=f"第{one}号", state=ArticleState.SUBMITTED) for one in range(WRITERS)]
    before = number_of(county, county.an_article(state=PUBLISHED))

    def sign(article_id: int) -> None:
        with county.inside(BUREAU):
            article = article_of(article_id)
            publishing.publish(article, person("slj.signer"), revision=head_of(article))

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(sign, waiting))

    start = int(str(before)[-5:])
    given = sorted(int(str(number_of(county, one))[-5:]) for one in waiting)
    assert given == list(range(start + 1, start + 1 + WRITERS))


def test_a_publication_that_fails_leaves_no_gap(county: County) -> None:
    waiting = county.an_article(state=ArticleState.SUBMITTED)
    before = number_of(county, county.an_article(state=PUBLISHED))

    with county.inside(BUREAU):
        publishing.publish(article_of(waiting), person("slj.signer"), revision=head_of(article_of(waiting)))
        db.session.rollback()

    after = number_of(county, county.an_article(state=PUBLISHED))
    assert int(str(after)[-5:]) == int(str(before)[-5:]) + 1


def test_the_database_keeps_a_number(county: County) -> None:
    article_id = county.an_article(state=PUBLISHED)

    with county.everywhere():
        change = text("UPDATE article SET index_number = 'x' WHERE id = :id")
        with pytest.raises(DBAPIError, match="never changed"):
            db.session.connection().execute(change, {"id": article_id})
        db.session.rollback()


def test_a_pattern_is_data_and_faults_are_named(county: County) -> None:
    with county.front.console.app_context():
        assert faults_of(rule_in_force("index_numbers", "pattern", on=date(2026, 1, 1))) == []
    assert faults_of({"format": "{org}/{year}", "scope": []}) == ["格式里没有 {seq}，号码会重复。"]
    assert "{nothing}" in faults_of({"format": "{nothing}-{seq}", "scope": []})[0]
    assert faults_of({"format": "{seq}", "scope": ["month", "what"]}) == ["没有“what”这一段。"]
    assert faults_of({"format": "330324-{column}-{year}{month:02d}-{seq:04d}", "scope": []}) == []
