"""How the interface behaves towards programs: conditions, limits, faults in Chinese, and no server error."""

import warnings
from typing import Any

import pytest

from app.content.states import ArticleState
from tests.worlds import BUREAU, HOSTS, PORTAL, County

V1 = "/api/v1"
PROBLEM = "application/problem+json"


def test_what_did_not_change_is_not_sent_again(county: County) -> None:
    visitor = county.visitor(PORTAL)
    first = visitor.get(f"{V1}/articles")
    tag = {"If-None-Match": first.headers["ETag"]}

    assert visitor.get(f"{V1}/articles", headers=tag).status_code == 304
    county.an_article(state=ArticleState.PUBLISHED)
    again = visitor.get(f"{V1}/articles", headers=tag)

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles?limit=0", 422),
        ("/articles?limit=x", 422),
        ("/articles?year=1", 422),
        ("/articles?genre=poem", 422),
        ("/articles?unit=../x", 422),
        ("/articles?cursor=x", 400),
        ("/articles?cursor=MjAyNjExMjQ", 400),
        (f"/articles?cursor={'A' * 500}", 422),
        ("/articles/99999999999999999999", 404),
        ("/articles/0", 404),
        ("/nothing", 404),
    ],
)
def test_a_wrong_question_is_explained_in_chinese(county: County, path: str, status: int) -> None:
    answer = county.visitor(BUREAU).get(V1 + path)

    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    problem = answer.get_json()
    assert problem["status"] == status
    assert "。" in problem["detail"]
    if status == 422:
        assert all(
            "\u4e00" <= words[0] <= "\u9fff" for found in problem["errors"].values() for words in found
        )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_the_interface_only_reads(county: County, method: str) -> None:
    answer = county.visitor(BUREAU).open(f"{V1}/articles", method=method)

    assert (answer.status_code, answer.mimetype) == (405, PROBLEM)
    assert "GET" in answer.headers["Allow"]
    asked = county.visitor(BUREAU).open(f"{V1}/articles", method="OPTIONS")
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_who_asks_too_often_waits(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """All addresses of one /64 are one; another household is not slowed, nor are pages."""
    monkeypatch.setitem(county.front.public.config, "API_RATE", "3 per hour")
    visitor = county.visitor(BUREAU)

    def ask(address: str, path: str = f"{V1}/units") -> Any:
        return visitor.get(path, environ_base={"REMOTE_ADDR": address})

    answers = [ask(f"2001:db8::{n}") for n in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].mimetype == PROBLEM
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Retry-After" in answers[-1].get_json()["detail"]
    assert ask("2001:db8:0:1::1").status_code == 200
    assert ask("2001:db8::1", "/tzgg/").status_code == 200


def test_the_page_and_the_document_describe_every_path(county: County) -> None:
    page = county.visitor(PORTAL).get("/api/").text
    document = county.visitor(PORTAL).get(f"{V1}/openapi.json").get_json()

    assert document["openapi"] == "3.1.0"
    described = {path.replace("{article_id}", "") for path in document["paths"]}
    rules = {
        rule.rule.replace("<int:article_id>", "")
        for rule in county.front.public.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert described == rules
    assert "/api/v1/articles?limit=5" in page
    assert county.visitor(PORTAL).get(f"/u/{BUREAU}/api/").text.count(f"/u/{BUREAU}/api/v1/") >= 4


def test_no_question_makes_a_server_error(county: County) -> None:
    """Made-up values of every sort, the same in each run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis  # noqa: PLC0415 - its import warns
        from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415 - as above
    county.an_article(state=ArticleState.PUBLISHED, document_number="永水〔2026〕1号")
    document = county.visitor(PORTAL).get(f"{V1}/openapi.json").get_json()
    visitor = county.visitor(PORTAL)
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # The document is valid: that is tested here.

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            answer = visitor.get(
                case.formatted_path,
                base_url=f"http://{HOSTS[PORTAL]}",
                query_string={k: str(v) for k, v in (case.query or {}).items()},
            )
            assert answer.status_code in (200, 400, 404, 422), case.formatted_path

        ask()
