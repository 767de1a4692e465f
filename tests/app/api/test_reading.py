"""What programs read is what visitors read: no more, no less, and never another unit's (A7, DESIGN 7)."""

from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.content.genres import Genre
from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.disclosure.queries import rows
from app.tenancy.models import Tenant, TenantState
from tests.app.exports.papers import a_file, a_picture
from tests.worlds import BUREAU, PORTAL, TOWN, County

V1 = "/api/v1"


def read(county: County, path: str, slug: str = PORTAL) -> Any:
    answer = county.visitor(slug).get(f"{V1}{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    return answer.get_json()


def titles(county: County, path: str, slug: str = PORTAL) -> list[str]:
    return [one["title"] for one in read(county, path, slug)["items"]]


def test_a_portal_tells_of_all_units_and_a_unit_of_itself(county: County) -> None:
    for state in ArticleState:
        for slug in (BUREAU, TOWN):
            county.an_article(slug, state=state, title=f"{slug}{state.label}")

    assert titles(county, "/articles?column=tzgg", BUREAU) == ["slj已发布"]
    assert set(titles(county, "/articles?column=tzgg")) == {"slj已发布", "qiaotou已发布"}
    assert titles(county, f"/articles?column=tzgg&unit={TOWN}") == ["qiaotou已发布"]
    assert titles(county, f"/articles?column=tzgg&unit={TOWN}", BUREAU) == []
    assert {one["code"] for one in read(county, "/units")["items"]} >= {BUREAU, TOWN}
    assert [one["code"] for one in read(county, "/units", BUREAU)["items"]] == [BUREAU]


def test_what_is_hidden_never_appears(county: County) -> None:
    """Every state on every host: 404 for what readers do not see and for other units' ids."""
    for state in ArticleState:
        article = county.an_article(state=state)
        expected = 200 if state is ArticleState.PUBLISHED else 404
        for slug, status in ((BUREAU, expected), (PORTAL, expected), (TOWN, 404)):
            answer = county.visitor(slug).get(f"{V1}/articles/{article}")
            assert answer.status_code == status, (state, slug)
            listed = [one["id"] for one in read(county, "/articles", slug)["items"]]
            assert (article in listed) == (status == 200), (state, slug)
    with freeze_time("2020-01-01"):
        assert titles(county, "/articles") == []


def test_a_closed_unit_is_silent(county: County) -> None:
    article = county.an_article(TOWN, state=ArticleState.PUBLISHED)
    with county.everywhere():
        db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one().state = TenantState.CLOSED

    assert county.visitor(PORTAL).get(f"{V1}/articles/{article}").status_code == 404
    assert article not in [one["id"] for one in read(county, "/articles")["items"]]
    closed = county.visitor(TOWN).get(f"{V1}/articles")
    assert (closed.status_code, closed.mimetype) == (410, "application/problem+json")


def test_an_article_is_read_whole(county: County) -> None:
    file, token = a_file(county, "图", "png", a_picture())
    article = county.an_article(
        state=ArticleState.PUBLISHED,
        body=f'<p>停水</p><p><img src="/files/{token}.png" alt="图"></p>',
        document_number="永水〔2026〕1号",
        genre=Genre.NOTICE,
        files=(file,),
    )

    for slug in (BUREAU, PORTAL):
        item = read(county, f"/articles/{article}", slug)
        assert item["url"] == f"http://slj.yj.localhost{county.path_of(BUREAU, article)}"
        assert item["attachments"][0]["url"] == f"http://slj.yj.localhost/files/{token}.png"
        assert f'src="http://slj.yj.localhost/files/{token}.png"' in item["body"]
        assert (item["genre"], item["genre_label"], item["validity_label"]) == ("notice", "通知", "有效")
        assert item["index_number"]
        assert item["published_at"].endswith("+00:00")


@pytest.mark.parametrize(
    "written",
    [
        "永水〔2026〕1号",
        "永水[2026]第01号",
        "永水（２０２６）1号",
        " 永水 [2026] 1 号 ",
        "[2026]1",
        "2026 1号",
        "1号",
    ],
)
def test_a_document_is_found_by_its_number_in_any_writing(county: County, written: str) -> None:
    county.an_article(state=ArticleState.PUBLISHED, title="一号", document_number="永水〔2026〕1号")
    county.an_article(state=ArticleState.PUBLISHED, title="十一号", document_number="永水〔2026〕11号")
    county.an_article(state=ArticleState.PUBLISHED, title="没有文号")

    answer = county.visitor(PORTAL).get(f"{V1}/documents", query_string={"number": written})

    assert [one["title"] for one in answer.get_json()["items"]] == ["一号"]
    assert set(titles(county, "/documents")) == {"一号", "十一号"}
    assert titles(county, "/documents?number=2026&unit=" + TOWN) == []
    assert titles(county, "/documents?number=99号") == titles(county, "/documents?number=%3C%25%3E") == []


def test_documents_of_one_number_are_read_piece_by_piece(county: County) -> None:
    for serial in range(1, 6):
        county.an_article(state=ArticleState.PUBLISHED, document_number=f"永水〔2026〕{serial}号")

    first = read(county, "/documents?number=永水[2026]&limit=3")
    rest = read(county, f"/documents?number=永水[2026]&limit=3&cursor={first['next_cursor']}")

    found = [one["document_number"] for one in (*first["items"], *rest["items"])]
    assert (len(first["items"]), rest["next_cursor"]) == (3, None)
    assert sorted(found) == [f"永水〔2026〕{serial}号" for serial in range(1, 6)]


def test_a_list_is_read_to_its_end_without_gap_or_twin(county: County) -> None:
    with freeze_time("2026-11-24 02:05:00"):
        expected = [county.an_article(state=ArticleState.PUBLISHED) for _ in range(7)]
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        piece = read(county, f"/articles?column=tzgg&limit=3&cursor={cursor}")
        assert len(piece["items"]) <= 3
        seen += [one["id"] for one in piece["items"]]
        cursor = piece["next_cursor"]

    assert seen == expected[::-1]


def test_the_catalogue_names_the_statutory_places(county: County) -> None:
    for slug in (BUREAU, PORTAL):
        nodes = read(county, "/catalogue", slug)["items"]
        assert {"guide", "rules", "statutory", "annual"} <= {node["block"] for node in nodes}
    guide = next(node for node in read(county, "/catalogue", BUREAU)["items"] if node["block"] == "guide")
    assert guide["count"] == 1


def test_the_catalogue_says_what_does_not_apply_and_lists_its_rows(county: County) -> None:
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column.id).where(Column.slug == "xzcf")).one()
    county.staff(f"{BUREAU}.manager").post(
        f"/{BUREAU}/disclosure/nodes/{column}/set-aside", data={"reason": "没有行政处罚权"}
    )

    found = read(county, "/catalogue", BUREAU)

    excused = {node["code"]: node["reason"] for node in found["items"] if not node["applies"]}
    assert excused == {"xzcf": "没有行政处罚权"}
    with county.inside(BUREAU):
        assert [row["code"] for row in found["rows"]] == [row.code for row in rows()]
    assert all(
        county.visitor().get(row["url"].partition(".localhost")[2]).status_code == 200
        for row in found["rows"][:3]
    )
