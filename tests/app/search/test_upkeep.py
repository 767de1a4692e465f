"""The index can be made anew and compared with what is public, by command."""

from sqlalchemy import delete, select, update

from app.content.models import Article, Column
from app.content.states import ArticleState
from app.core.database import db
from app.search.models import SearchEntry, SearchText
from tests.app.search.asking import ask, titles
from tests.worlds import BUREAU, TOWN, County


def _run(county: County, *words: str) -> tuple[int, str]:
    ran = county.front.console.test_cli_runner().invoke(args=["search", *words])
    return ran.exit_code, ran.output


def test_an_index_that_is_lost_is_made_anew(county: County) -> None:
    county.an_article(BUREAU, state=ArticleState.PUBLISHED)
    county.an_article(TOWN, title="镇里停水", state=ArticleState.PUBLISHED)
    assert _run(county, "verify") == (0, "索引与已公开的信息一致。\n")
    with county.everywhere():
        db.session.execute(delete(SearchText))
        db.session.execute(delete(SearchEntry))
    assert titles(ask(county, "停水")) == []
    code, said = _run(county, "verify")
    assert code == 1
    assert "已公开，但没有编入索引" in said

    for _ in range(2):
        code, said = _run(county, "rebuild", "--unit", BUREAU)
        assert (code, titles(ask(county, "停水"))) == (0, ["关于城区停水的通知"])
    code, said = _run(county, "rebuild")

    assert code == 0
    assert "索引已重建" in said
    assert len(titles(ask(county, "停水"))) == 2
    assert _run(county, "verify")[0] == 0


def test_what_differs_is_told_and_put_right(county: County) -> None:
    kept = county.an_article(state=ArticleState.PUBLISHED)
    gone = county.an_article(title="停水二", state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        db.session.execute(update(Article).where(Article.id == gone).values(published_id=None))
        column = select(Article.column_id).where(Article.id == kept).scalar_subquery()
        db.session.execute(update(Column).where(Column.id == column).values(type="service"))

    code, said = _run(county, "verify", "--unit", BUREAU)

    assert code == 1
    assert f"第 {gone} 号：已不公开" in said
    assert f"第 {kept} 号：栏目类型已经变化" in said
    assert _run(county, "rebuild", "--unit", BUREAU)[0] == 0
    assert _run(county, "verify")[0] == 0


def test_an_unknown_unit_is_said_in_a_line(county: County) -> None:
    for command in ("rebuild", "verify"):
        code, said = _run(county, command, "--unit", "nirgends")
        assert (code, said) == (1, "错误：没有子站“nirgends”。用 flask unit list 查看全部。\n")
