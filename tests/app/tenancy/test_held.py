"""What holds for a tenant is asked once while it is held, for each tenant by itself, and not longer."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.checks import services as checks
from app.checks.models import WordKind
from app.checks.wordlists import put_word
from app.content import desk_queries
from app.content.states import ArticleState
from app.tenancy.current import current_tenant
from app.tenancy.held import held, once
from tests.worlds import BUREAU, TOWN, County

asked: list[str] = []


@once
def name_of_unit() -> str:
    """Return whose turn it is, and note that it was asked."""
    asked.append(current_tenant.slug)
    return current_tenant.name


def test_it_is_asked_once_for_each_tenant_while_it_is_held_and_each_time_elsewhere(county: County) -> None:
    asked.clear()
    with county.inside(BUREAU) as bureau:
        names = [name_of_unit(), name_of_unit()]
        assert (asked, names) == ([BUREAU] * 2, [bureau.name] * 2)
        asked.clear()
        with held():
            assert [name_of_unit(), name_of_unit()] == [bureau.name] * 2
            assert asked == [BUREAU]
        assert name_of_unit() == bureau.name
        assert asked == [BUREAU] * 2
    asked.clear()
    with county.everywhere(), held():
        for slug in (BUREAU, TOWN, BUREAU, TOWN):
            with county.inside(slug) as tenant:
                assert name_of_unit() == tenant.name


def test_a_block_within_a_block_holds_its_own_and_leaves_the_others(county: County) -> None:
    asked.clear()
    with county.inside(BUREAU), held():
        name_of_unit()
        with held():
            name_of_unit()
        name_of_unit()

    assert asked == [BUREAU] * 2


def divide(number: int) -> float:
    """Fail."""
    return number / 0


def test_a_failure_ends_it_too(county: County) -> None:
    asked.clear()
    with county.inside(BUREAU):
        with pytest.raises(ZeroDivisionError), held():
            divide(len(name_of_unit()))
        name_of_unit()

    assert asked == [BUREAU] * 2


def test_checks_ask_less_while_it_is_held_and_a_word_added_afterwards_counts(county: County) -> None:
    article = county.an_article(BUREAU, body="<p>本周完成扫尾工作。</p>", state=ArticleState.PUBLISHED)
    sent: list[str] = []

    def note(_link: object, _cursor: object, statement: str, *_: object) -> None:
        sent.extend(table for table in ("word", "host") if f"FROM {table} " in statement)

    def stops() -> int:
        sent.clear()
        return len(checks.report_on(paper, paper.head).stops)  # type: ignore[arg-type]

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with county.inside(BUREAU):
            paper = desk_queries.article_on_desk(article)
            with held():
                assert (stops(), sent) == (0, ["host", "word", "word"])
                assert (stops(), sent) == (0, [])
            put_word("扫尾", WordKind.STOP, note="请写明")
            assert stops() == 1
    finally:
        event.remove(Engine, "before_cursor_execute", note)
