"""A bureau whose people act through the console, and what its tables say of what they did."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import select

from app.accounts.credentials.sealing import seal
from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import Role
from app.audit.services import flaws
from app.content.attachments import keep
from app.content.models import Article, Column, Revision
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.front import Front
from app.publishing.models import Emergency, Flag, Move, SignOff
from app.tenancy.models import Tenant
from tests.app.publishing.acts import person
from tests.app.publishing.law import ACTS, Paper
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, SECOND_FACTOR, County

#: Who is several things at once: the tenants and roles of each.
SEVERAL = {
    "slj.all": [(BUREAU, Role.EDITOR), (BUREAU, Role.LEADER)],
    "portal.all": [(PORTAL, Role.OPERATOR), (BUREAU, Role.EDITOR), (BUREAU, Role.SIGNER)],
}
SESSION = timedelta(minutes=20)
#: Where each recorded step must come from and lead to; signing may lead on to the leader.
TARGETS = {"publish": "published", "sign": "signed", "submit": "submitted", "withdraw": "withdrawn"}


class Bureau:
    """The people of the bureau, and their articles."""

    def __init__(self, front: Front) -> None:
        self.county = County(front)
        self.last: object = None
        self._browsers: dict[str, tuple[Browser, datetime]] = {}
        self._revisions: dict[int, list[int]] = {}
        with self.county.everywhere():
            _hire()
        with self.county.inside(BUREAU):
            self._column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
            kept = [keep(f"附件{n}", "txt", f"{n}\n".encode(), person("slj.editor")) for n in range(2)]
            self.files, self.tokens = [one.id for one in kept], [one.token for one in kept]

    def start(self, who: str, form: Mapping[str, object]) -> int:
        """Save a new article; return its id, or 0 if that was refused."""
        answer = self._browser(who).post(f"/{BUREAU}/articles/", data={"column_id": self._column, **form})
        self.last = (who, "start", answer.status_code)
        if answer.status_code != 303:
            return 0
        article_id = int(answer.location.rpartition("/")[2])
        self.note_newest(article_id)
        return article_id

    def send(self, who: str, article_id: int, path: str, data: Mapping[str, object]) -> int:
        """Send a form about an article's newest text with all it can ask; return 1 if it was accepted."""
        sent = {
            "revision": self.seen(article_id, is_old=False),
            "column_id": self._column,
            "reason": "情况有变",
            "proof": pyotp.TOTP(SECOND_FACTOR).at(now()),
            **data,
        }
        answer = self._browser(who).post(f"/{BUREAU}/articles/{article_id}/{path}", data=sent)
        self.last = (who, path, data, answer.status_code)
        assert answer.status_code in {303, 403, 404, 409, 422}, self.last
        return int(answer.status_code == 303)

    def submit(
        self, who: str, article_id: int, seen: int, minute: datetime | None, weights: tuple[str, ...]
    ) -> int:
        """Hand an article in."""
        data: dict[str, object] = {"revision": seen, "weight": list(weights)}
        if minute:
            data["at"] = f"{minute.astimezone(COUNTY_ZONE):%Y-%m-%dT%H:%M}"
        return self.send(who, article_id, "submit", data)

    def lift(self, who: str, article_id: int, mark: str) -> int:
        """Take a mark away that is named by its rule, and by its weight where a person set it."""
        rule, _, weight = mark.partition(" ")
        with self.county.inside(BUREAU):
            flags = db.session.scalars(select(Flag).where(Flag.article_id == article_id)).all()
            (flag_id,) = [
                flag.id
                for flag in flags
                if flag.rule == rule and flag.lifted_at is None and weight in ("", flag.weight.value)
            ]
        return self.send(who, article_id, f"flags/{flag_id}/lift", {})

    def seen(self, article_id: int, *, is_old: bool) -> int:
        """Return the id of the newest text, or of the first one."""
        return self._revisions[article_id][0 if is_old else -1]

    def is_newest(self, article_id: int, revision: int) -> bool:
        """Say whether a text is the newest."""
        return self._revisions[article_id][-1] == revision

    def note_newest(self, article_id: int) -> None:
        """Remember the text that was just saved."""
        self._revisions.setdefault(article_id, []).append(self.county.head_of(BUREAU, article_id))

    def audit(self, papers: Mapping[int, Paper]) -> None:
        """Hold the tables beside what was done, and prove the record of acts whole."""
        with self.county.inside(BUREAU) as bureau:
            logins = {one.id: one.login for one in db.session.scalars(select(Account))}
            for article_id, paper in papers.items():
                _compare_texts(article_id, paper, logins)
                _compare_moves(article_id)
            assert list(flaws(bureau.id)) == []
        with self.county.inside(PORTAL) as portal:
            assert list(flaws(portal.id)) == []

    def _browser(self, who: str) -> Browser:
        browser, until = self._browsers.get(who, (None, now()))
        if browser is None or until <= now():
            browser = self.county.staff(who)
            self._browsers[who] = (browser, now() + SESSION)
        return browser


def _hire() -> None:
    """Give the bureau people with several offices, and everybody a second factor."""
    tenants = {one.slug: one.id for one in db.session.scalars(select(Tenant))}
    for login, held in SEVERAL.items():
        memberships = [Membership(tenant_id=tenants[slug], role=role) for slug, role in held]
        db.session.add(Account(login=login, name=login, state=AccountState.ACTIVE, memberships=memberships))
    db.session.flush()
    for account in db.session.scalars(select(Account)):
        account.second_factor = seal(SECOND_FACTOR)


def _compare_texts(article_id: int, paper: Paper, logins: Mapping[int, str]) -> None:
    """Hold signatures, emergencies and the article itself beside the law's."""
    article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
    revisions = db.session.scalars(
        select(Revision).where(Revision.article_id == article_id).order_by(Revision.id)
    ).all()
    assert [one.title for one in revisions] == [one.title for one in paper.texts]
    assert (article.state.value, article.is_secret) == (paper.state, paper.is_secret)
    assert (article.unsigned_since is not None) == paper.is_unsigned
    for revision, text in zip(revisions, paper.texts, strict=True):
        signatures = db.session.scalars(
            select(SignOff).where(SignOff.revision_id == revision.id).order_by(SignOff.id)
        ).all()
        assert [(one.level, logins[one.account_id]) for one in signatures] == text.signed
        assert all(one.digest == revision.digest for one in signatures)
        assert all(one.account_id != revision.author_id for one in signatures)
        pressed = db.session.scalars(
            select(Emergency).where(Emergency.revision_id == revision.id).order_by(Emergency.id)
        )
        assert [logins[one.account_id] for one in pressed] == text.pressed
        assert (article.published_id == revision.id) == (paper.shown is text)


def _compare_moves(article_id: int) -> None:
    """Follow the recorded steps: each begins where the last one ended, or with a text saved since."""
    moves = db.session.scalars(select(Move).where(Move.article_id == article_id).order_by(Move.id)).all()
    stands, signer = "draft", 0
    for one in moves:
        assert one.source.value in {stands, "draft"}, (one.step, stands)
        if one.step in ACTS:
            assert one.source.value in ACTS[one.step].states
        if one.step in ("sign", "countersign"):
            signer = one.account_id
        if one.step in ("approve", "counterapprove"):
            assert one.account_id != signer
        stands = one.target.value
    signed = Counter(one.step for one in moves)
    assert signed["approve"] <= signed["sign"]
