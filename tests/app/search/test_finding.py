"""What is found, and what never is (ZY-19, S-36, S-66)."""

from app.content.states import ArticleState
from app.search.facets import Narrowing
from app.search.lexicon import lexicon_of
from app.search.question import question_of
from app.search.results import Found, answer
from app.tenancy.current import current_tenant
from tests.worlds import PORTAL, County


def ask(county: County, typed: str, **chosen: object) -> Found:
    with county.inside(PORTAL):
        lexicon = lexicon_of(current_tenant.id)
        return answer(question_of(typed, lexicon), current_tenant.id, Narrowing(**chosen))  # type: ignore[arg-type]


def titles(found: Found) -> list[str]:
    return ["".join(text for text, _ in hit.title) for hit in found.hits]


def test_any_fragment_of_title_and_body_finds(county: County) -> None:
    county.an_article(
        title="关于城区停水的通知", body="<p>因管道检修，定于周三停水。</p>", state=ArticleState.PUBLISHED
    )
    for typed in ("停水", "城区停", "道检", "检修", "关于城区停水的通知", "通知 检修"):
        assert titles(ask(county, typed)) == ["关于城区停水的通知"], typed
    assert titles(ask(county, "消防")) == []
