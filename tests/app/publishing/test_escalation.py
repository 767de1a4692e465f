"""Important texts need the leader too, and nobody but a signer says otherwise (S-65)."""

import pytest
from sqlalchemy import select

from app.accounts.models import Membership
from app.accounts.permissions import Role
from app.content.genres import Genre
from app.content.models import Article
from app.content.services import Text, revise
from app.content.states import ArticleState
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import escalation, services
from app.publishing.models import SignOff, Weight
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PROOF, County


def _signed(article: Article) -> list[tuple[int, str]]:
    rows = db.session.scalars(select(SignOff).where(SignOff.article_id == article.id).order_by(SignOff.id))
    return [(one.level, one.signer_name) for one in rows]


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"genre": Genre.NORMATIVE}, {"genre"}),
        ({"genre": Genre.DECISION}, {"genre"}),
        ({"genre": Genre.PLAN}, {"genre"}),
        ({"genre": Genre.NEWS}, set()),
        ({"title": "政府工作报告"}, {"weighty"}),
        ({"body": "<p>机构改革的消息</p>"}, set()),  # Weighty words count in the title only.
        ({"body": "<p>县委书记到水库检查。</p>"}, {"leaders"}),
        ({"body": "<p>疫情防控与征地拆迁</p>"}, {"sensitive"}),
        ({"title": "桥头镇人民政府、永嘉县图书馆联合通知"}, {"units"}),
        ({"title": "桥头镇人民政府来我局"}, set()),
        ({"title": "永嘉县水利局、桥头镇人民政府联合通知"}, set()),  # One other unit is not several.
    ],
)
def test_the_rules_mark_what_the_notice_calls_important(
    county: County, fields: dict[str, object], rules: set[str]
) -> None:
    article_id = county.an_article(**{"title": "普通的通知", "state": ArticleState.SUBMITTED, **fields})  # type: ignore[arg-type]
    with county.inside(BUREAU):
        flags = escalation.open_flags(article_of(article_id))
        assert {flag.rule for flag in flags} == rules
        assert all(flag.evidence and flag.revision_id for flag in flags)


def test_a_normative_document_goes_over_both_signatures(county: County) -> None:
    article_id = county.an_article(title="取水管理规定", genre=Genre.NORMATIVE, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, signer, leader = article_of(article_id), person("slj.signer"), person("slj.leader")
        services.publish(article, signer, revision=head_of(article))
        assert article.state is ArticleState.SIGNED
        assert article.published_id is None
        services.approve(article, leader, revision=head_of(article))
        assert article.published_id == article.head_id
        assert _signed(article) == [(1, signer.name), (2, leader.name)]
    assert "取水管理规定" in county.visitor().get("/tzgg/").text


def test_one_person_does_not_sign_twice_nor_the_writer_at_all(county: County) -> None:
    article_id = county.an_article(genre=Genre.DECISION, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU) as bureau:
        article, leader, editor = article_of(article_id), person("slj.leader"), person("slj.editor")
        db.session.add(Membership(account_id=editor.id, tenant_id=bureau.id, role=Role.LEADER))
        services.publish(article, leader, revision=head_of(article))
        with pytest.raises(RuleBroken, match="同一个人不能签两次"):
            services.approve(article, leader, revision=head_of(article))
        db.session.rollback()
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.publish(article, person("slj.signer"), revision=head_of(article))
        with pytest.raises(RuleBroken, match="另一位负责同志"):
            services.approve(article, person("slj.editor"), revision=head_of(article))
        db.session.rollback()


def test_a_writer_marks_and_cannot_take_it_back(county: County) -> None:
    article_id = county.an_article()
    head = county.head_of(BUREAU, article_id)
    editor = county.staff("slj.editor")
    path = f"/slj/articles/{article_id}"
    editor.post(f"{path}/submit", data={"revision": head, "weight": "sensitive"})
    with county.inside(BUREAU):
        (flag,) = escalation.open_flags(article_of(article_id))
        assert (flag.weight, flag.rule, flag.raised_by_id) == (
            Weight.SENSITIVE,
            escalation.BY_WRITER,
            person("slj.editor").id,
        )
        flag_id = flag.id

    refused = editor.post(f"{path}/flags/{flag_id}/lift", data={"reason": "不想"})
    editor.post(f"{path}/take-back", data={"revision": head})
    editor.post(f"{path}/submit", data={"revision": head})  # Without the mark this time.

    assert refused.status_code == 403
    with county.inside(BUREAU):
        assert [one.id for one in escalation.open_flags(article_of(article_id))] == [flag_id]


def test_a_signer_lifts_a_mark_with_a_reason_for_this_text_only(county: County) -> None:
    article_id = county.an_article(body="<p>疫情</p>", state=ArticleState.SUBMITTED)
    signer = county.staff("slj.signer")
    path = f"/slj/articles/{article_id}"
    with county.inside(BUREAU):
        flag_id = escalation.open_flags(article_of(article_id))[0].id
    without = signer.post(f"{path}/flags/{flag_id}/lift", data={"reason": " "})
    signer.post(f"{path}/flags/{flag_id}/lift", data={"reason": "只是转述旧闻"})
    head = county.head_of(BUREAU, article_id)

    assert without.status_code == 409
    assert "只是转述旧闻" in signer.get(path).text
    signer.post(f"{path}/publish", data={"revision": head, **PROOF})
    assert county.visitor().get(county.path_of(BUREAU, article_id)).status_code == 200

    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        newer = revise(article, Text("新的一版", "<p>疫情又起</p>", correction="补充"), editor, base=head)
        services.submit(article, editor, revision=newer.id)
        assert [one.rule for one in escalation.open_flags(article)] == ["sensitive"]


def test_a_mark_of_another_article_is_missing(county: County) -> None:
    own = county.an_article(state=ArticleState.SUBMITTED)
    other = county.an_article(body="<p>疫情</p>", state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        flag_id = escalation.open_flags(article_of(other))[0].id

    answer = county.staff("slj.signer").post(
        f"/slj/articles/{own}/flags/{flag_id}/lift", data={"reason": "无关"}
    )

    assert answer.status_code == 404


def test_words_that_the_county_adds_later_count_at_the_signature(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_id = county.an_article(body="<p>引水工程开工。</p>", state=ArticleState.SUBMITTED)
    rule = {"code": "new", "weight": "policy", "why": "新规则", "text": ["引水工程"]}
    monkeypatch.setattr(escalation, "rules_of", lambda _name, on: [rule])  # noqa: ARG005 - the same call
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.publish(article, person("slj.signer"), revision=head_of(article))
        assert article.state is ArticleState.SIGNED
