"""What was late, what waits too long, and what is closed and not looked at again (GK-04, GK-08)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from app.content.genres import Attribute, Secrecy
from app.content.models import Article
from app.content.states import ArticleState
from app.core.clock import now, today
from app.core.database import db
from app.core.workdays import add_workdays
from app.disclosure import overdue
from app.disclosure.findings import findings
from app.disclosure.models import Review
from tests.worlds import BUREAU, TOWN, County

PAGE = f"/{BUREAU}/disclosure/overdue"
CLOSED: dict[str, Any] = {
    "attribute": Attribute.CLOSED,
    "attribute_clause": "internal",
    "attribute_reason": "内部事务信息",
}


def a_closed_article(county: County, *, days: int, title: str = "内部值班安排", **fields: Any) -> int:
    """File an article that is not disclosed, as if some days ago."""
    article = county.an_article(title=title, **{**CLOSED, **fields})
    with county.inside(BUREAU):
        db.session.execute(
            update(Article)
            .where(Article.id == article)
            .values(created_at=now() - timedelta(days=days))
            .execution_options(synchronize_session=False)
        )
    return article


def test_gk_04_what_was_published_after_its_20_working_days_is_late(county: County) -> None:
    late = county.an_article(
        title="迟到的通知", formed_on=today() - timedelta(days=60), state=ArticleState.PUBLISHED
    )
    county.an_article(title="按时的通知", formed_on=today(), state=ArticleState.PUBLISHED)
    county.an_article(TOWN, title="别家的", formed_on=date(2020, 1, 1), state=ArticleState.PUBLISHED)

    with county.inside(BUREAU):
        found = overdue.late()
        assert [one.article_id for one in found] == [late]
        assert found[0].workdays_over > 10
        assert found[0].due == add_workdays(today() - timedelta(days=60), 20)
        assert any("公开晚了" in one.what for one in findings())
    page = county.staff(f"{BUREAU}.editor").get(PAGE).text
    assert "迟到的通知" in page
    assert "按时的通知" not in page


def test_gk_04_the_last_day_is_in_time(county: County) -> None:
    with county.inside(BUREAU):
        formed = next(
            day
            for back in range(20, 45)
            if add_workdays(day := today() - timedelta(days=back), 20) <= today() + timedelta(days=3)
        )
        due = add_workdays(formed, 20)
    county.an_article(formed_on=formed, state=ArticleState.PUBLISHED)

    with county.inside(BUREAU):
        assert len(overdue.late()) == (due < today())


def test_gk_04_a_text_that_waits_is_told_before_its_day_and_after(county: County) -> None:
    over = county.an_article(title="早该发布", formed_on=date(2026, 1, 5), state=ArticleState.SUBMITTED)
    county.an_article(title="刚刚形成", formed_on=today())
    county.an_article(title="涉密文件", formed_on=date(2026, 1, 5), secrecy=Secrecy.CLASSIFIED)
    county.an_article(title="依申请的", formed_on=date(2026, 1, 5), **CLOSED)
    county.an_article(title="作废的", formed_on=date(2026, 1, 5), state=ArticleState.DISCARDED)

    with county.inside(BUREAU):
        assert [one.article_id for one in overdue.waiting()] == [over]
        assert any("超过公开时限还没有发布" in one.what for one in findings())


def test_gk_08_what_is_closed_is_looked_at_again_after_its_months(county: County) -> None:
    old = a_closed_article(county, days=400)
    a_closed_article(county, days=300, title="还不到期")
    county.an_article(title="公开的")

    with county.inside(BUREAU):
        assert [one.article_id for one in overdue.to_review()] == [old]
        assert any(one.rule == "GK-08" for one in findings())


def test_gk_08_a_review_is_recorded_with_its_conclusion_and_takes_it_from_the_list(county: County) -> None:
    old = a_closed_article(county, days=400)
    signer = county.staff(f"{BUREAU}.signer")
    path = f"/{BUREAU}/disclosure/reviews/{old}"

    said = {"conclusion": "may_open", "reason": "工作已经结束，可以公开"}
    done = signer.post(path, data=said, follow_redirects=True)

    assert "把公开属性改为“主动公开”" in done.text
    with county.inside(BUREAU):
        assert overdue.to_review() == []
        review = db.session.scalars(select(Review)).one()
        assert (review.article_id, review.conclusion) == (old, "may_open")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"conclusion": "stays", "reason": ""}, "请写明复核的理由"),
        ({"conclusion": "burn", "reason": "仍属内部事务"}, "请选择复核的结论"),
        ({"reason": "仍属内部事务"}, "请选择复核的结论"),
    ],
)
def test_gk_08_half_a_review_is_none_and_nothing_typed_is_lost(
    county: County, sent: dict[str, str], told: str
) -> None:
    old = a_closed_article(county, days=400)

    answer = county.staff(f"{BUREAU}.signer").post(f"/{BUREAU}/disclosure/reviews/{old}", data=sent)

    assert answer.status_code == 422
    assert told in answer.text
    assert sent["reason"] in answer.text


@pytest.mark.both_databases
def test_gk_08_a_review_is_never_changed(county: County) -> None:
    old = a_closed_article(county, days=400)
    county.staff(f"{BUREAU}.signer").post(
        f"/{BUREAU}/disclosure/reviews/{old}", data={"conclusion": "stays", "reason": "仍属内部事务"}
    )

    with county.inside(BUREAU):
        db.session.scalars(select(Review)).one().reason = "改过的理由"
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()
