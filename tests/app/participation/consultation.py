"""Hearings in the county of the tests, and what visitors send to them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.participation import contributions, queries, services
from app.participation.models import Hearing
from app.participation.sealing import Words
from app.participation.services import Terms
from app.participation.states import ContributionKind, HearingKind
from app.publishing.models import Method
from tests.worlds import BUREAU, County

SUBJECT = "《楠溪江码头保护管理办法（草案）》"
A_DAY = timedelta(days=1)


def person(login: str) -> Account:
    """Return somebody by their login."""
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def terms(**other: Any) -> Terms:
    """Return the terms of a hearing that is open since yesterday, for ten days, in both ways."""
    usual = {
        "kind": HearingKind.HEARING,
        "subject": SUBJECT,
        "opens_at": now() - A_DAY,
        "closes_at": now() + 10 * A_DAY,
        "held_at": now() + 20 * A_DAY,
        "place": "县行政中心201会议室",
        "quota": 20,
        "takes_sign_ups": True,
        "contact": "水利局法规科 0577-67220001",
    }
    return Terms(**{**usual, **other})


def a_hearing(
    county: County,
    slug: str = BUREAU,
    *,
    article_id: int | None = None,
    is_signed: bool = True,
    state: ArticleState = ArticleState.PUBLISHED,
    **other: Any,
) -> int:
    """Let a unit propose a hearing, and its signer open it; return its id."""
    if article_id is None:
        title = f"关于征求{other.get('subject', SUBJECT)}意见的公告"
        article_id = county.an_article(slug, column="tzzj", title=title, state=state)
    with county.inside(slug):
        article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
        hearing = services.start(article, terms(**other), person(f"{slug}.editor"))
        if is_signed:
            newest = queries.newest_terms(hearing.id)
            services.sign(hearing, person(f"{slug}.signer"), terms=newest.id, method=Method.PASSWORD)
        return hearing.id


def an_opinion(
    county: County,
    hearing_id: int,
    slug: str = BUREAU,
    *,
    text: str = "建议保留老码头的石阶。",
    kind: ContributionKind = ContributionKind.OPINION,
    **other: Any,
) -> str:
    """Let a visitor send something; return its reference. The announcement need not be public."""
    with county.inside(slug):
        hearing = db.session.scalars(select(Hearing).where(Hearing.id == hearing_id)).one()
        newest = queries.newest_terms(hearing.id)
        (shown,) = queries.as_shown([(hearing, newest, False)])
        words = Words(other.pop("name", "李楠溪"), other.pop("contact", "13812345678"), text)
        return contributions.receive(shown, kind, words, **other).reference
