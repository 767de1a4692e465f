"""How articles end: each address goes on answering, and what was taken down for secrecy is nowhere (S-66)."""

from datetime import date

import pytest
from sqlalchemy import select

from app.content.attachments import keep
from app.content.services import Text, revise
from app.content.states import ArticleState, Ending
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import endings, services
from app.publishing.models import Incident
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PORTAL, TOWN, County

PUBLISHED = ArticleState.PUBLISHED


def _path(article_id: int, step: str) -> str:
    return f"/slj/articles/{article_id}/{step}"


def test_what_was_published_in_error_answers_with_a_notice_or_leads_on(county: County) -> None:
    gone, moved, instead = (county.an_article(title=title, state=PUBLISHED) for title in ("甲", "乙", "丙"))
    paths = [county.path_of(BUREAU, one) for one in (gone, moved, instead)]
    signer = county.staff("slj.signer")

    for article_id, successor in ((gone, ""), (moved, str(instead))):
        signer.post(
            _path(article_id, "withdraw"),
            data={
                "revision": county.head_of(BUREAU, article_id),
                "reason": "有误",
                "ending": "error",
                "successor": successor,
            },
        )

    assert county.visitor().get(paths[0]).status_code == 410
    led = county.visitor().get(paths[1])
    assert (led.status_code, led.location) == (301, paths[2])
    mounted = county.visitor(PORTAL).get(f"/u/{BUREAU}{paths[1]}")
    assert mounted.location == f"/u/{BUREAU}{paths[2]}"


def test_a_merged_text_leads_to_the_one_that_took_it_in(county: County) -> None:
    merged, into = (
        county.an_article(title="分", state=PUBLISHED),
        county.an_article(title="合", state=PUBLISHED),
    )
    path = county.path_of(BUREAU, merged)
    signer, data = county.staff("slj.signer"), {"reason": "并入", "ending": "merged"}
    data["revision"] = str(county.head_of(BUREAU, merged))

    without = signer.post(_path(merged, "withdraw"), data=data)
    foreign = county.an_article(TOWN, state=PUBLISHED)
    elsewhere = signer.post(_path(merged, "withdraw"), data={**data, "successor": str(foreign)})
    itself = signer.post(_path(merged, "withdraw"), data={**data, "successor": str(merged)})
    signer.post(_path(merged, "withdraw"), data={**data, "successor": str(into)})

    assert without.status_code == 422
    assert "请选择并入哪一篇信息" in without.text
    assert elsewhere.status_code == itself.status_code == 409
    assert county.visitor().get(path).location == county.path_of(BUREAU, into)
    with county.inside(BUREAU):  # What took it in ends too: the first address answers with the notice then.
        article = article_of(into)
        endings.withdraw(article, person("slj.signer"), revision=head_of(article), reason="有误")
    assert county.visitor().get(path).status_code == 410


def test_an_invalid_text_stays_with_its_mark(county: County) -> None:
    article_id = county.an_article(genre="notice", state=PUBLISHED)
    path, head = county.path_of(BUREAU, article_id), county.head_of(BUREAU, article_id)
    signer = county.staff("slj.signer")
    assert "<strong>失效</strong>" not in county.visitor().get(path).text

    wrong = signer.post(
        _path(article_id, "invalidate"), data={"revision": head, "reason": "废止", "since": "昨天"}
    )
    signer.post(
        _path(article_id, "invalidate"), data={"revision": head, "reason": "废止", "since": "2026-01-31"}
    )

    assert wrong.status_code == 422
    page = county.visitor().get(path)
    assert page.status_code == 200
    assert "<strong>失效</strong>" in page.text
    assert "2026-01-31" in page.text
    signer.post(_path(article_id, "revalidate"), data={"revision": head, "reason": "标错了"})
    assert "<strong>失效</strong>" not in county.visitor().get(path).text


def test_a_correction_says_when_and_what(county: County) -> None:
    """S-61: the signed text stays until the next one is signed; then readers see what was put right."""
    article_id = county.an_article(state=PUBLISHED)
    path = county.path_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        silent = revise(article, Text("改了", "<p>改了。</p>"), editor, base=head_of(article))
        with pytest.raises(RuleBroken, match="更正说明"):
            services.submit(article, editor, revision=silent.id)
        db.session.rollback()
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        text = Text("改了", "<p>改了。</p>", correction="停水改为周四")
        newer = revise(article, text, editor, base=head_of(article))
        services.submit(article, editor, revision=newer.id)
    assert "更正于" not in county.visitor().get(path).text
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.publish(article, person("slj.signer"), revision=head_of(article))
        assert article.corrected_at is not None
    page = county.visitor().get(path).text
    assert "更正于" in page
    assert "停水改为周四" in page


def test_a_take_down_for_secrecy_leaves_nothing_for_readers(county: County) -> None:
    """S-66: page, lists, portal, feeds, files and kept pages, within one request; and an incident."""
    with county.inside(BUREAU):
        file = keep("名单", "txt", b"one line\n", person("slj.editor"))
        token, file_id = file.token, file.id
    secret, other = (
        county.an_article(title=title, files=(file_id,), state=PUBLISHED) for title in ("不该公开的", "别的")
    )
    path, file_path = county.path_of(BUREAU, secret), f"/files/{token}.txt"
    pages = [
        (slug, one)
        for slug in (BUREAU, PORTAL)
        for one in ("/", "/tzgg/", "/feed.atom", "/tzgg/feed.atom", "/sitemap.xml", "/map.html")
    ]
    for slug, one in pages:
        county.visitor(slug).get(one)  # They are kept now.
    assert county.visitor().get(file_path).status_code == 200

    officer = county.staff("slj.secrecy")
    head = county.head_of(BUREAU, secret)
    answer = officer.post(
        _path(secret, "take-down"), data={"revision": head, "reason": "含工作秘密"}, follow_redirects=True
    )

    assert "已涉密下线" in answer.text
    assert county.visitor().get(path).status_code == 410
    assert county.visitor(PORTAL).get(f"/u/{BUREAU}{path}").status_code == 410
    assert county.visitor().get(file_path).status_code == 410  # Though another article shows it too.
    assert all("不该公开的" not in county.visitor(slug).get(one).text for slug, one in pages)
    with county.inside(BUREAU):
        (incident,) = db.session.scalars(select(Incident)).all()
        assert (incident.article_id, incident.reason) == (secret, "含工作秘密")
        assert incident.public_since is not None
        assert article_of(other).is_public


def test_only_few_read_a_secret_text_and_nobody_takes_it_up(county: County) -> None:
    article_id = county.an_article(title="不该公开的", body="<p>机密的话</p>", state=PUBLISHED)
    head = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        endings.take_down(article_of(article_id), person("slj.signer"), revision=head, reason="报告")

    for login, reads in (
        ("slj.secrecy", True),
        ("slj.leader", True),
        ("slj.editor", False),
        ("portal.auditor", False),
    ):
        staff = county.staff(login)
        assert ("机密的话" in staff.get(f"/slj/articles/{article_id}").text) == reads, login
        for part in (f"revisions/{head}", "preview"):
            assert staff.get(_path(article_id, part)).status_code == (200 if reads else 403), login
    editor = county.staff("slj.editor")
    assert editor.post(_path(article_id, "reopen"), data={"revision": head}).status_code == 409
    assert editor.get(_path(article_id, "edit")).status_code == 303
    with county.inside(BUREAU):
        article = article_of(article_id)
        assert article.ending is Ending.SECRECY
        with pytest.raises(RuleBroken, match="涉密下线"):
            revise(article, Text("洗白", "<p>改。</p>"), person("slj.editor"), base=head)
        db.session.rollback()


def test_what_was_never_public_is_not_taken_down(county: County) -> None:
    article_id = county.an_article()
    with county.inside(BUREAU):
        article = article_of(article_id)
        with pytest.raises(RuleBroken, match="没有公开过"):
            endings.take_down(article, person("slj.signer"), revision=head_of(article), reason="报告")
        with pytest.raises(RuleBroken, match="没有公开"):
            endings.withdraw(article, person("slj.signer"), revision=head_of(article), reason="有误")
        with pytest.raises(RuleBroken, match="标记失效"):
            endings.invalidate(
                article,
                person("slj.signer"),
                revision=head_of(article),
                reason="废止",
                since=date(2026, 1, 1),
            )
        db.session.rollback()
