"""ZY-20 and L7: what must be explained until when, and what the checks ask of its interpretation."""

from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.checks.services import report_on
from app.content.genres import Genre
from app.content.models import Revision
from app.content.states import ArticleState
from app.core.database import db
from app.documents import interpretation
from app.documents.findings import findings
from app.documents.models import Kind
from tests.app.documents.acts import a_document, acted_on, publish, relate
from tests.app.publishing.acts import article_of, person
from tests.worlds import BUREAU, TOWN, County

#: A Monday without holidays around it; the interpretation is due on Thursday.
MONDAY = datetime(2026, 11, 16, 2, tzinfo=UTC)
THURSDAY, FRIDAY = MONDAY.replace(day=19), MONDAY.replace(day=20)


def rules_found(county: County, slug: str = BUREAU) -> list[str]:
    with county.inside(slug):
        return [one.rule for one in findings()]


def test_zy_20_a_document_nobody_explained_in_time_is_a_finding(county: County) -> None:
    with freeze_time(MONDAY):
        article = a_document(county)
        a_document(county, number=2, genre=Genre.NOTICE)
    with freeze_time(THURSDAY):
        assert rules_found(county) == []
    with freeze_time(FRIDAY):
        with county.inside(BUREAU):
            (found,) = findings()
        assert "2026-11-19" in found.what
        assert found.path == f"articles/{article}/links/"
        assert rules_found(county, TOWN) == []
        explained = a_document(county, number=3, genre=Genre.INTERPRETATION, state=ArticleState.DRAFT)
        relate(county, BUREAU, explained, (BUREAU, article), Kind.INTERPRETS)
        assert rules_found(county) == ["ZY-20"], "a draft explains nothing"
        publish(county, BUREAU, explained)
        assert rules_found(county) == []


def test_zy_20_a_reason_why_not_is_enough(county: County) -> None:
    with freeze_time(MONDAY):
        article = a_document(county)
    with freeze_time(FRIDAY), county.inside(BUREAU):
        interpretation.exempt(article_of(article), person("slj.editor"), reason="人事任免")
        assert findings() == []


def test_gk_11_a_request_of_another_unit_is_a_finding_until_it_is_answered(county: County) -> None:
    with freeze_time(MONDAY):
        old = a_document(county, TOWN)
        acted_on(county, (TOWN, old))
        with county.inside(TOWN):
            (found,) = findings()
        assert (found.rule, found.path) == ("GK-11", "links/")


@pytest.mark.parametrize(("moment", "says"), [(MONDAY, ""), (THURSDAY, ""), (FRIDAY, "3 个工作日")])
def test_l7_is_asked_of_the_related_document(county: County, moment: datetime, says: str) -> None:
    with freeze_time(MONDAY):
        document = a_document(county, document_number="")
    with freeze_time(moment):
        explained = a_document(
            county, number=2, genre=Genre.INTERPRETATION, title="一图读懂", state=ArticleState.DRAFT
        )
        relate(county, BUREAU, explained, (BUREAU, document), Kind.INTERPRETS)
        with county.inside(BUREAU):
            article = article_of(explained)
            head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
            report = report_on(article, head)
            found = [one for one in (*report.stops, *report.confirms) if "L7" in str(one)]
        assert bool(found) == bool(says)
        assert says in str(found)
