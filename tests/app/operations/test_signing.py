"""The office sees what was lifted, published without a signature, and taken down (S-65, S-66)."""

from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.publishing import emergency, endings, escalation, services
from app.publishing.models import Incident
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, County


def test_lifted_marks_are_listed_with_who_and_why(county: County) -> None:
    article_id = county.an_article(body="<p>疫情</p>", state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article = article_of(article_id)
        escalation.lift(
            article, escalation.open_flags(article)[0].id, person("slj.signer"), reason="只是转述旧闻"
        )
    for login in ("portal.operator", "portal.auditor"):
        page = county.staff(login).get("/office/lifted/").text
        assert "只是转述旧闻" in page
        assert "永嘉县水利局" in page


def test_emergencies_are_listed_until_they_are_signed(county: County) -> None:
    article_id = county.an_article()
    with county.inside(BUREAU):
        article = article_of(article_id)
        emergency.publish_at_once(
            article, person("portal.operator"), revision=head_of(article), reason="台风登陆"
        )
    operator = county.staff("portal.operator")
    assert "还没有补签" in operator.get("/office/emergencies/").text
    with county.inside(BUREAU):
        article = article_of(article_id)
        emergency.countersign(article, person("slj.signer"), revision=head_of(article))
    page = operator.get("/office/emergencies/").text
    assert "还没有补签" not in page
    assert "已补签" in page
    assert "台风登陆" in page


def test_an_incident_is_closed_once_with_what_was_done(county: County) -> None:
    article_id = county.an_article(title="不该公开的", state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        article = article_of(article_id)
        endings.take_down(article, person("slj.signer"), revision=head_of(article), reason="误传")
        incident = db.session.scalars(select(Incident.id)).one()
    operator = county.staff("portal.operator")
    assert "不该公开的" not in operator.get("/office/incidents/").text

    empty = operator.post(
        "/office/incidents/close/", data={"id": incident, "reason": " "}, follow_redirects=True
    )
    operator.post("/office/incidents/close/", data={"id": incident, "reason": "已核查，已报告"})
    again = operator.post(
        "/office/incidents/close/", data={"id": incident, "reason": "再来"}, follow_redirects=True
    )

    assert "请写明采取了哪些措施" in empty.text
    assert "已经结案" in again.text
    assert "已核查，已报告" in operator.get("/office/incidents/").text
    assert county.staff("portal.auditor").get("/office/incidents/").status_code == 403


def test_what_quotes_a_secret_text_is_not_shown_or_exported(county: County) -> None:
    """S-66: nothing of a text that was taken down comes back through a list."""
    article_id = county.an_article(body="<p>疫情</p>", state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, signer = article_of(article_id), person("slj.signer")
        escalation.lift(article, escalation.open_flags(article)[0].id, signer, reason="引了原文")
        services.publish(article, signer, revision=head_of(article))
        endings.take_down(article, signer, revision=head_of(article), reason="误传")
    auditor = county.staff("portal.auditor")
    for path in ("/office/lifted/", "/office/lifted/export/csv/"):
        page = auditor.get(path).text
        assert "疫情" not in page
        assert "引了原文" not in page
        assert "涉密下线，不显示" in page
