"""A world in which every unit has the same things, and everybody's browser."""

import secrets
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from app.accounts.credentials.sealing import token_hash
from app.accounts.models import Account, AccountState, HandOver, Membership, StaffSession
from app.accounts.permissions import Role
from app.checks.models import Waiver, WordEntry
from app.content.attachments import keep
from app.content.models import Attachment, Column, Revision, Section
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.disclosure.models import CatalogueRow
from app.documents.models import Collection, CollectionEntry, DocumentLink, Exemption, Kind
from app.intake.models import Findings, IntakeRecord
from app.ledger.models import Ledger
from app.participation.models import Contribution
from app.profile.models import CardKind
from app.profile.services import propose
from app.publishing.models import Flag, Weight
from app.site import short_codes
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from tests.app.participation.consultation import a_hearing, an_opinion
from tests.architecture.routes import ROLES
from tests.browser import Browser
from tests.databases import Database
from tests.worlds import BUREAU, CONSOLE, LIBRARY, PORTAL, TOWN, County

MISSING = 2_000_000_000


@dataclass
class World:
    """The county with an article in each state in each unit, and the ids of things."""

    county: County
    browsers: dict[str, Browser] = field(default_factory=dict)
    #: What no test changes, by unit and state of the article.
    kept: dict[tuple[str, ArticleState], dict[str, object]] = field(default_factory=dict)
    #: The library's public document, once there is one.
    acting: int = 0

    def browser(self, login: str) -> Browser:
        """Return somebody's browser; the same one each time."""
        if login not in self.browsers:
            self.browsers[login] = self.county.staff(login) if login else self._stranger()
        return self.browsers[login]

    def _stranger(self) -> Browser:
        """Return the browser of somebody who has a form, but never signed in."""
        secret = secrets.token_hex(20)
        browser = Browser(self.county.front, host=CONSOLE, token=self.county.form_token(secret))
        self.put_cookie(browser, {"csrf_token": secret})
        return browser

    def halfway(self, login: str) -> Browser:
        """Return the browser of somebody who has shown the password only."""
        token, secret = secrets.token_urlsafe(32), secrets.token_hex(20)
        with self.county.front.console.app_context():
            account = db.session.scalars(select(Account).where(Account.login == login)).one()
            db.session.add(StaffSession(account_id=account.id, token_hash=token_hash(token)))
            db.session.commit()
        browser = Browser(self.county.front, host=CONSOLE, token=self.county.form_token(secret))
        self.put_cookie(browser, {"_user_id": token, "_fresh": True, "csrf_token": secret})
        return browser

    def put_cookie(self, browser: Browser, content: dict[str, object]) -> None:
        """Sign a session as the console does."""
        console = self.county.front.console
        serializer = console.session_interface.get_signing_serializer(console)  # type: ignore[attr-defined]
        browser.set_cookie(console.config["SESSION_COOKIE_NAME"], serializer.dumps(content), domain=CONSOLE)

    def kept_things(self, slug: str, state: ArticleState) -> dict[str, object]:
        """Return what a path may name in a unit, for those who look or are refused: the same each time."""
        if (slug, state) not in self.kept:
            self.kept[slug, state] = self.things(slug, state)
        return self.kept[slug, state]

    def public_things(self, slug: str) -> dict[str, object]:
        """Return what a public path may name in a unit."""
        things = self.kept_things(slug, ArticleState.PUBLISHED)
        article = things["article"]
        assert isinstance(article, int)
        path = self.county.path_of(slug, article)
        short = short_codes.code_of(short_codes.Kind.ARTICLE, article)
        return {**things, "path": path, "stem": path.removesuffix(".html"), "short": short}

    def things(self, slug: str, state: ArticleState) -> dict[str, object]:
        """Make what a path may name, anew in a unit; the people are the unit's own."""
        self.acting = self.acting or self.county.an_article(LIBRARY, state=ArticleState.PUBLISHED)
        article = self.county.an_article(slug, state=state, files=(self._file(slug),))
        heard = self._hearing(slug, article)
        with self.county.inside(slug) as tenant:
            related = _relate(tenant.id, article, is_public=state is ArticleState.PUBLISHED)
            token = db.session.scalars(select(Attachment.token).order_by(Attachment.id.desc()).limit(1)).one()
            newest = select(Revision.id).where(Revision.article_id == article).order_by(Revision.id.desc())
            revision = db.session.scalars(newest.limit(1)).one()
            people, colleague = _people(tenant.id)
            db.session.add(self._taken_in(tenant.id, article, token))
            flag = _mark(article, revision, tenant.id)
            word = WordEntry(tenant_id=tenant.id, text=secrets.token_hex(8))
            waiver = self._waiver(tenant, article, revision)
            ledger = _sheet(tenant.id, colleague)
            db.session.add_all([word, waiver, ledger])
            db.session.flush()
            return {
                **heard,
                **people,
                "word": word.id,
                "ledger": ledger.id,
                "waiver": waiver.id,
                "article": article,
                "flag": flag,
                "revision": revision,
                "token": token,
                "request": self._request(tenant.id, article),
                **related,
                **self._card(slug),
                **_disclosed(tenant.id),
            }

    @staticmethod
    def _card(slug: str) -> dict[str, object]:
        """Return a leader of a unit who waits for a signature."""
        editor = db.session.scalars(select(Account).where(Account.login == f"{slug}.editor")).one()
        change = propose(CardKind.LEADER, None, {"name": "张三演", "post": "局长"}, editor, base=0)
        return {"leader": change.card_id, "change": change.id}

    def _request(self, unit_id: int, article: int) -> int:
        """Return what the library's document wants to do to an article of another unit."""
        with reaching(Reach.COUNTY):
            link = DocumentLink(
                tenant_id=db.session.scalars(select(Tenant.id).where(Tenant.slug == LIBRARY)).one(),
                article_id=self.acting,
                kind=Kind.AMENDS,
                unit_id=unit_id,
                target_id=article,
                signed_at=now(),
            )
            db.session.add(link)
            db.session.flush()
            return link.id

    def _hearing(self, slug: str, article: int) -> dict[str, object]:
        """Return what names an open hearing, and something that was sent to it."""
        hearing = a_hearing(self.county, slug, article_id=article)
        reference = an_opinion(self.county, hearing, slug)
        with self.county.inside(slug):
            sent = select(Contribution.id).where(Contribution.reference == reference)
            found = db.session.scalars(sent).one()
        return {"hearing": hearing, "reference": reference, "contribution": found}

    @staticmethod
    def _waiver(tenant: Tenant, article: int, revision: int) -> Waiver:
        """Return what the unit's editor asks of its signers."""
        asking = select(Account.id).where(Account.login == f"{tenant.slug}.editor")
        return Waiver(
            tenant_id=tenant.id,
            article_id=article,
            revision_id=revision,
            rule="personal.mobile",
            fingerprint="x",
            asked_by_id=db.session.scalars(asking).one(),
            reason="公开的值班电话",
        )

    @staticmethod
    def _taken_in(tenant_id: int, article: int, token: str) -> IntakeRecord:
        file = db.session.scalars(select(Attachment.id).where(Attachment.token == token)).one()
        found = Findings({}).written()
        return IntakeRecord(
            tenant_id=tenant_id, article_id=article, attachment_id=file, name="x.txt", findings=found
        )

    def newcomer(self) -> str:
        """Return the login of an operator who has not set up the second factor yet."""
        login = "portal.newcomer"
        portal = self.tenant_id(PORTAL)
        with self.county.front.console.app_context():
            if db.session.scalar(select(Account.id).where(Account.login == login)) is None:
                role = Membership(tenant_id=portal, role=Role.OPERATOR)
                account = Account(login=login, name="新来的", state=AccountState.ACTIVE, memberships=[role])
                db.session.add(account)
                db.session.commit()
        return login

    def digest_of(self, slug: str, token: object) -> str:
        """Return the hash of a file's bytes."""
        with self.county.inside(slug):
            return db.session.scalars(select(Attachment.sha256).where(Attachment.token == token)).one()

    def _file(self, slug: str) -> int:
        with self.county.inside(slug):
            editor = db.session.scalars(select(Account).where(Account.login == f"{slug}.editor")).one()
            attachment = keep("附件", "txt", b"one line\n", editor)
            return attachment.id

    def tenant_id(self, slug: str) -> int:
        """Return a tenant's id."""
        with self.county.front.console.app_context():
            return db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()


def _people(tenant_id: int) -> tuple[dict[str, object], int]:
    """Return what names a colleague who left work to somebody, and the colleague's id."""
    colleague = Account(login=secrets.token_hex(8), name="同事", state=AccountState.ACTIVE)
    roles = [Membership(tenant_id=tenant_id, role=role) for role in (Role.EDITOR, Role.SIGNER)]
    colleague.memberships = roles
    db.session.add(colleague)
    db.session.flush()
    note = HandOver(tenant_id=tenant_id, leaver_id=colleague.id, successor_id=colleague.id, roles="信息员")
    db.session.add(note)
    db.session.flush()
    return {"member": colleague.id, "membership": roles[1].id, "hand_over": note.id}, colleague.id


def _relate(tenant_id: int, article_id: int, *, is_public: bool) -> dict[str, object]:
    """Give a unit a relation of an article, signed where that is public, and a collection with it."""
    signed_at = now() if is_public else None
    link = DocumentLink(
        tenant_id=tenant_id,
        article_id=article_id,
        kind=Kind.ADOPTS,
        unit_id=tenant_id,
        target_id=article_id,
        signed_at=signed_at,
        agreed_at=signed_at,
    )
    collection = Collection(tenant_id=tenant_id, title="汇编")
    exemption = Exemption(
        tenant_id=tenant_id,
        article_id=article_id,
        reason="x",
        account_id=db.session.scalars(select(Account.id).limit(1)).one(),
    )
    db.session.add_all([link, collection, exemption])
    db.session.flush()
    entry = CollectionEntry(
        tenant_id=tenant_id, collection_id=collection.id, unit_id=tenant_id, article_id=article_id, position=1
    )
    db.session.add(entry)
    db.session.flush()
    return {"link": link.id, "collection": collection.id, "entry": entry.id}


def _disclosed(tenant_id: int) -> dict[str, object]:
    """Make a kind of statutory information and a row of the catalogue that nobody has decided anything of."""
    slug = f"x{secrets.token_hex(8)}"
    column = Column(
        tenant_id=tenant_id, slug=slug, title="类别", section=Section.DISCLOSURE, block="statutory"
    )
    row = CatalogueRow(tenant_id=tenant_id, code=slug, first="事项", second="事项", deadline="20wd")
    db.session.add_all([column, row])
    db.session.flush()
    return {"node": column.id, "row": row.id}


def _sheet(tenant_id: int, account_id: int) -> Ledger:
    """Return a sheet that waits to be imported."""
    return Ledger(
        tenant_id=tenant_id,
        name="目录.csv",
        created_by_id=account_id,
        heads='["名称"]',
        rows='[[2, ["停水的通知"]]]',
    )


def _mark(article_id: int, revision_id: int, tenant_id: int) -> int:
    """Give an article a mark that a signer may lift; return its id."""
    flag = Flag(
        tenant_id=tenant_id,
        article_id=article_id,
        revision_id=revision_id,
        weight=Weight.SENSITIVE,
        rule="writer",
    )
    db.session.add(flag)
    db.session.flush()
    return flag.id


MISSING_THINGS: dict[str, object] = {
    "article": MISSING,
    "revision": MISSING,
    "token": "0" * 32,
    "member": MISSING,
    "membership": MISSING,
    "flag": MISSING,
    "waiver": MISSING,
    "word": MISSING,
    "ledger": MISSING,
    "hand_over": MISSING,
    "request": MISSING,
    "link": MISSING,
    "collection": MISSING,
    "entry": MISSING,
    "leader": MISSING,
    "change": MISSING,
    "node": MISSING,
    "row": MISSING,
    "hearing": MISSING,
    "contribution": MISSING,
    "reference": "Y261124-22222222",
}
#: Who is nothing on the bureau: the township's people, and the portal's who have no role of the county.
ELSEWHERE = [*(f"{TOWN}.{ROLES[letter]}" for letter in "ESLMY"), f"{PORTAL}.manager"]


def login_of(letter: str, slug: str = BUREAU) -> str:
    """Return who has a role at a unit; operators and auditors are the portal's."""
    return f"{PORTAL if letter in 'OA' else slug}.{ROLES[letter]}"


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    """Return the county as founded, once for each file of tests."""
    database.reset()
    county = County(database.front)
    for slug in (BUREAU, TOWN):
        for state in (ArticleState.DRAFT, ArticleState.PUBLISHED):
            county.an_article(slug, state=state, title=f"{slug}的通知")
    return World(county)
