"""The world that tests begin with: a county with a portal, a bureau, a township, a library, and people.

One tenant cannot show a leak: every test has at least three.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from app.accounts.credentials.passwords import hashed
from app.accounts.credentials.sealing import seal, token_hash
from app.accounts.models import Account, AccountState, Membership, StaffSession
from app.accounts.permissions import COUNTY_ROLES, UNIT_ROLES, Role
from app.content.models import Article, Column, article_path
from app.content.services import Text, start_article
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.front import Front
from app.provisioning.apply import apply_county
from app.publishing import endings, escalation
from app.publishing import services as publishing
from app.publishing.models import Weight
from app.schema import upgrade
from app.tenancy.current import entered
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from tests.browser import Browser

MANIFEST = Path(__file__).parent / "county" / "county.toml"
PORTAL, BUREAU, TOWN, LIBRARY = "portal", "slj", "qiaotou", "tsg"
HOSTS = {
    PORTAL: "www.yj.localhost",
    BUREAU: "slj.yj.localhost",
    TOWN: "qiaotou.yj.localhost",
    LIBRARY: "tsg.yj.localhost",
}
CONSOLE = "console.yj.localhost"
PASSWORD = "楠溪江-2007-Wenzhou"  # noqa: S105 - of the people in tests
#: What a signer sends besides the revision: the password once more, and that the findings were seen.
PROOF = {"proof": PASSWORD, "confirmed": "yes"}
SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def found(front: Front) -> None:
    """Make the tables, the county, and a person for each role, such as ``slj.editor``."""
    with front.console.app_context():
        upgrade()
        with reaching(Reach.COUNTY):
            for _ in apply_county(MANIFEST):
                pass
            password_hash = hashed(PASSWORD)
            for tenant in db.session.scalars(select(Tenant)).all():
                roles = UNIT_ROLES if tenant.portal_id else (*UNIT_ROLES, *COUNTY_ROLES)
                db.session.add_all(_person(tenant, role, password_hash) for role in roles)
            db.session.commit()


def _person(tenant: Tenant, role: Role, password_hash: str) -> Account:
    return Account(
        login=f"{tenant.slug}.{role.value}",
        name=f"{tenant.name[:6]}{role.label[:4]}",
        state=AccountState.ACTIVE,
        password_hash=password_hash,
        second_factor=seal(SECOND_FACTOR) if role is Role.OPERATOR else "",
        memberships=[Membership(tenant_id=tenant.id, role=role, since=date(2020, 1, 1))],
    )


@dataclass
class County:
    """The founded county, and what tests do in it."""

    front: Front

    def visitor(self, slug: str = BUREAU) -> Browser:
        """Return a visitor's browser on a subsite."""
        return Browser(self.front, host=HOSTS.get(slug, f"{slug}.yj.localhost"))

    def stranger(self) -> Browser:
        """Return a browser in the console in which nobody is signed in."""
        return Browser(self.front, host=CONSOLE)

    def staff(self, login: str) -> Browser:
        """Return the browser of somebody who has signed in, whatever factors that takes."""
        token, secret = secrets.token_urlsafe(32), secrets.token_hex(20)
        with self.front.console.app_context():
            account = db.session.scalars(select(Account).where(Account.login == login)).one()
            db.session.add(
                StaffSession(
                    account_id=account.id,
                    token_hash=token_hash(token),
                    verified_at=now(),
                    address_hash="0" * 64,
                )
            )
            db.session.commit()
        console = self.front.console
        serializer = console.session_interface.get_signing_serializer(console)  # type: ignore[attr-defined]
        browser = Browser(self.front, host=CONSOLE, token=self.form_token(secret))
        cookie = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": secret})
        browser.set_cookie(console.config["SESSION_COOKIE_NAME"], cookie, domain=CONSOLE)
        return browser

    def form_token(self, secret: str) -> str:
        """Return what a form of a session with this secret carries."""
        key = str(self.front.console.config["SECRET_KEY"])
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))

    @contextmanager
    def inside(self, slug: str) -> Iterator[Tenant]:
        """Work on a tenant as a command would; committed at the end."""
        with self.front.console.app_context():
            tenant = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
            with entered(tenant):
                yield tenant
                db.session.commit()

    @contextmanager
    def everywhere(self) -> Iterator[None]:
        """Look at all tenants' rows, as operators do; committed at the end."""
        with self.front.console.app_context(), reaching(Reach.COUNTY):
            yield
            db.session.commit()

    def account_id(self, login: str) -> int:
        """Return a person's id."""
        with self.front.console.app_context():
            return db.session.scalars(select(Account.id).where(Account.login == login)).one()

    def an_article(
        self,
        slug: str = BUREAU,
        *,
        column: str = "tzgg",
        title: str = "关于城区停水的通知",
        body: str = "<p>因管道检修，定于周三停水。</p>",
        state: ArticleState = ArticleState.DRAFT,
        **fields: Any,
    ) -> int:
        """File an article of a unit by its editor and take it to a state; return its id."""
        with self.inside(slug):
            editor, signer = (
                db.session.scalars(select(Account).where(Account.login == f"{slug}.{role}")).one()
                for role in ("editor", "signer")
            )
            of_slug = db.session.scalars(select(Column).where(Column.slug == column)).one()
            article = start_article(of_slug, Text(title, body, **fields), editor)
            self._take(article, state, editor, signer)
            return article.id

    @staticmethod
    def _take(article: Article, state: ArticleState, editor: Account, signer: Account) -> None:
        head = article.head_id
        assert head is not None
        if state is ArticleState.DRAFT:
            return
        if state is ArticleState.DISCARDED:
            publishing.discard(article, editor, revision=head)
            return
        publishing.submit(article, editor, revision=head)
        if state is ArticleState.SIGNED:
            escalation.tick(article, {Weight.POLICY}, editor)
        if state in (ArticleState.SIGNED, ArticleState.PUBLISHED, ArticleState.WITHDRAWN):
            publishing.publish(article, signer, revision=head)
        if state is ArticleState.WITHDRAWN:
            endings.withdraw(article, signer, revision=head, reason="内容有误")

    def head_of(self, slug: str, article_id: int) -> int:
        """Return the id of an article's newest revision."""
        with self.inside(slug):
            found = db.session.scalars(select(Article.head_id).where(Article.id == article_id)).one()
            assert found is not None
            return found

    def path_of(self, slug: str, article_id: int) -> str:
        """Return the public path of a published article."""
        with self.inside(slug):
            moment, column = db.session.execute(
                select(Article.first_published_at, Column.slug)
                .join(Column, Column.id == Article.column_id)
                .where(Article.id == article_id)
            ).one()
            assert moment is not None
            return article_path(column, moment, article_id)
