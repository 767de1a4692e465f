"""Signing is asked for the password or a code once more, and the signature says how and as whom (S-64)."""

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.accounts.credentials.sealing import seal
from app.accounts.models import Account, Membership
from app.content.genres import Attribute
from app.content.models import Revision
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.models import Method, SignOff
from tests.app.publishing.acts import article_of, person
from tests.worlds import BUREAU, PROOF, SECOND_FACTOR, County


def _signature(county: County, article_id: int) -> SignOff | None:
    with county.inside(BUREAU):
        found = db.session.scalar(select(SignOff).where(SignOff.article_id == article_id))
        db.session.expunge_all()
        return found


def test_a_wrong_password_signs_nothing_and_says_so_beside_the_field(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    data = {"revision": county.head_of(BUREAU, article_id)}
    signer = county.staff("slj.signer")
    for wrong in ({}, {"proof": "wrong"}, {"proof": "123456"}, {"proof": "错" * 200}):
        answer = signer.post(
            f"/slj/articles/{article_id}/publish", data={**data, "confirmed": "yes", **wrong}
        )
        assert answer.status_code == 422
        assert 'id="publish-wrong"' in answer.text
    assert _signature(county, article_id) is None
    signer.post(f"/slj/articles/{article_id}/publish", data={**data, **PROOF})
    signed = _signature(county, article_id)
    assert signed is not None
    assert signed.method is Method.PASSWORD


def test_guessing_at_a_signature_is_slowed_like_signing_in(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    data = {"revision": county.head_of(BUREAU, article_id), "proof": "wrong", "confirmed": "yes"}
    signer = county.staff("slj.signer")
    answers = [signer.post(f"/slj/articles/{article_id}/publish", data=data).status_code for _ in range(7)]
    assert answers[-1] == 429
    assert signer.post(f"/slj/articles/{article_id}/publish", data={**data, **PROOF}).status_code == 429
    assert _signature(county, article_id) is None


def test_a_code_serves_once_and_the_office_is_kept(county: County) -> None:
    with county.everywhere():
        account = db.session.scalars(select(Account).where(Account.login == "slj.signer")).one()
        account.second_factor = seal(SECOND_FACTOR)
        held = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
        held.office = "副局长"
    first, second = (county.an_article(state=ArticleState.SUBMITTED) for _ in range(2))
    signer, code = county.staff("slj.signer"), pyotp.TOTP(SECOND_FACTOR).now()

    answers = [
        signer.post(
            f"/slj/articles/{article_id}/publish",
            data={"revision": county.head_of(BUREAU, article_id), "proof": code, "confirmed": "yes"},
        ).status_code
        for article_id in (first, second)
    ]

    assert answers == [303, 422]
    signed = _signature(county, first)
    assert signed is not None
    assert (signed.method, signed.office) == (Method.CODE, "副局长")


@pytest.mark.parametrize("way", ["update", "own signature", "closed"])
def test_the_database_itself_refuses_an_unsigned_text(county: County, way: str) -> None:
    """D1, S-64: what goes around the services meets a trigger on both databases."""
    attribute = Attribute.CLOSED if way == "closed" else Attribute.OPEN
    article_id = county.an_article(attribute=attribute)
    with county.inside(BUREAU):
        article = article_of(article_id)
        by = person("slj.editor" if way == "own signature" else "slj.signer")
        if way != "update":
            digest = db.session.scalars(select(Revision.digest).where(Revision.id == article.head_id)).one()
            db.session.add(
                SignOff(
                    tenant_id=article.tenant_id,
                    article_id=article_id,
                    revision_id=article.head_id,
                    level=1,
                    digest=digest,
                    account_id=by.id,
                    signer_name=by.name,
                )
            )
            db.session.flush()
        article.published_id = article.head_id
        with pytest.raises(DatabaseError, match="open and signed"):
            db.session.flush()
        db.session.rollback()


def test_the_database_itself_refuses_another_time_of_publication(county: County) -> None:
    """F1: nothing can be dated back."""
    article_id = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        article = article_of(article_id)
        assert article.first_published_at is not None
        article.first_published_at = article.first_published_at.replace(year=2020)
        with pytest.raises(DatabaseError, match="never changed"):
            db.session.flush()
        db.session.rollback()
