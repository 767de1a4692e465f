"""GK-11: what a document does to another is marked on it, for as long as the acting one is public."""

from datetime import date

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.documents import links
from app.documents.models import Kind, LibraryEntry
from app.publishing import endings
from app.publishing import services as publishing
from app.tenancy.models import Turn
from tests.app.documents.acts import a_document, acted_on, marks_of, publish, refusal_of, relate
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, TOWN, County

VALID = ("valid", "")


def withdraw(county: County, slug: str, article_id: int) -> None:
    with county.inside(slug):
        article = article_of(article_id)
        endings.withdraw(article, person(f"{slug}.signer"), revision=head_of(article), reason="发错了")


@pytest.mark.parametrize(
    ("kind", "mark"), [(Kind.ABOLISHES, "abolished"), (Kind.REPLACES, "abolished"), (Kind.AMENDS, "amended")]
)
def test_gk_11_an_act_is_marked_when_it_is_public_and_undone_when_withdrawn(
    county: County, kind: Kind, mark: str
) -> None:
    old = a_document(county)
    new = a_document(county, number=2, state=ArticleState.DRAFT)
    relate(county, BUREAU, new, (BUREAU, old), kind)
    assert marks_of(county, BUREAU, old) == VALID
    publish(county, BUREAU, new)
    assert marks_of(county, BUREAU, old) == (mark, str(today()))
    withdraw(county, BUREAU, new)
    assert marks_of(county, BUREAU, old) == VALID
    with county.inside(BUREAU):
        again = article_of(new)
        publishing.reopen(again, person("slj.editor"), revision=head_of(again))
    publish(county, BUREAU, new)
    assert marks_of(county, BUREAU, old) == (mark, str(today()))


def test_gk_11_the_new_documents_own_day_counts(county: County) -> None:
    old = a_document(county)
    acted_on(county, (BUREAU, old), effective_on=date(2027, 3, 1))
    assert marks_of(county, BUREAU, old) == ("abolished", "2027-03-01")
    with county.everywhere():
        moments = {str(one.at) for one in db.session.scalars(select(Turn))}
    assert "2027-02-28 16:00:00+00:00" in moments, "the pages of that night change by themselves"


def test_gk_11_the_first_of_several_ends_counts_and_each_is_undone_alone(county: County) -> None:
    old = a_document(county)
    first, _ = acted_on(county, (BUREAU, old), effective_on=date(2027, 1, 1))
    acted_on(county, (BUREAU, old), number=3, effective_on=date(2027, 6, 1))
    assert marks_of(county, BUREAU, old) == ("abolished", "2027-01-01")
    withdraw(county, BUREAU, first)
    assert marks_of(county, BUREAU, old) == ("abolished", "2027-06-01")


def test_gk_11_the_units_own_word_and_anothers_act_do_not_eat_each_other(county: County) -> None:
    old = a_document(county)
    with county.inside(BUREAU):
        article = article_of(old)
        endings.invalidate(
            article, person("slj.signer"), revision=head_of(article), reason="期满", since=date(2027, 1, 1)
        )
    new, _ = acted_on(county, (BUREAU, old))
    assert marks_of(county, BUREAU, old) == ("abolished", str(today()))
    withdraw(county, BUREAU, new)
    assert marks_of(county, BUREAU, old) == ("expired", "2027-01-01")
    with county.inside(BUREAU):
        article = article_of(old)
        endings.revalidate(article, person("slj.signer"), revision=head_of(article), reason="标错了")
    assert marks_of(county, BUREAU, old) == VALID


def test_gk_11_another_units_document_is_marked_when_that_unit_agrees(county: County) -> None:
    old = a_document(county, TOWN)
    new, link_id = acted_on(county, (TOWN, old))
    assert marks_of(county, TOWN, old) == VALID
    with county.inside(TOWN):
        links.agree(links.request_to_here(link_id), person("qiaotou.signer"))
    assert marks_of(county, TOWN, old) == ("abolished", str(today()))
    with county.inside(TOWN), pytest.raises(RuleBroken, match="已经办理过"):
        links.refuse(links.request_to_here(link_id), person("qiaotou.signer"), reason="不同意")
    withdraw(county, BUREAU, new)
    assert marks_of(county, TOWN, old) == VALID


def test_gk_11_a_unit_may_refuse_and_says_why(county: County) -> None:
    old = a_document(county, TOWN)
    _, link_id = acted_on(county, (TOWN, old))
    with county.inside(TOWN):
        with pytest.raises(RuleBroken, match="理由"):
            links.refuse(links.request_to_here(link_id), person("qiaotou.signer"), reason="  ")
        links.refuse(links.request_to_here(link_id), person("qiaotou.signer"), reason="文号写错了")
    assert marks_of(county, TOWN, old) == VALID
    assert refusal_of(county, link_id) == "文号写错了"


def test_gk_11_the_library_carries_the_same_mark(county: County) -> None:
    old = a_document(county)
    acted_on(county, (BUREAU, old), kind=Kind.AMENDS)
    with county.inside(BUREAU):
        entry = db.session.scalars(select(LibraryEntry).where(LibraryEntry.article_id == old)).one()
        assert (entry.validity.value, entry.amended_since) == ("amended", today())


def test_gk_11_a_signer_relates_a_public_document_and_ends_it(county: County) -> None:
    old, new = a_document(county), a_document(county, number=2)
    with county.inside(BUREAU) as bureau:
        wish = links.Wish(Kind.ABOLISHES, bureau.id, old)
        with pytest.raises(RuleBroken, match="正在审签"):
            links.propose(article_of(new), wish, person("slj.editor"))
        link = links.add(article_of(new), wish, person("slj.signer"))
        link_id = link.id
    assert marks_of(county, BUREAU, old) == ("abolished", str(today()))
    with county.inside(BUREAU):
        article = article_of(new)
        links.end(links.link_of(article, link_id), article, person("slj.signer"))
    assert marks_of(county, BUREAU, old) == VALID


def test_what_cannot_be_related(county: County) -> None:
    old = a_document(county)
    draft = a_document(county, number=2, state=ArticleState.DRAFT)
    foreign = a_document(county, TOWN, state=ArticleState.DRAFT)
    relate(county, BUREAU, draft, (BUREAU, old))
    for target, says in (
        ((BUREAU, draft), "自己"),
        ((BUREAU, old), "已经有了"),
        ((TOWN, foreign), "没有公开"),
        ((BUREAU, 999_999), "没有找到"),
    ):
        with pytest.raises(RuleBroken, match=says):
            relate(county, BUREAU, draft, target)
    with pytest.raises(RuleBroken, match="体裁"):
        relate(county, BUREAU, draft, (BUREAU, old), Kind.INTERPRETS)
    other = a_document(county, number=3, state=ArticleState.DRAFT)
    relate(county, BUREAU, other, (BUREAU, draft))
    with pytest.raises(RuleBroken, match="互相"):
        relate(county, BUREAU, draft, (BUREAU, other))
