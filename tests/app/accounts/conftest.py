"""A county with its people, and browsers for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.credentials import authenticator, passwords
from app.accounts.models import Account, AccountState, LinkPurpose, Membership
from app.accounts.permissions import Role
from app.accounts.services import issue_link
from app.audit.models import AuditRow
from app.core.database import db
from app.front import Front
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from tests.browser import Browser
from tests.worlds import CONSOLE, County

PASSWORD = "Green-hill-77x"  # noqa: S105 - the tests' people have no secrets
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - as above
START = "2026-03-02 09:00:00"


@cache
def hash_of_password() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def dear_passwords(
    quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PasswordHasher]:
    """Compare passwords as the site does, slowly."""
    made = (hash_of_password, passwords._nobodys_hash)  # noqa: SLF001 - both are made once
    for one in made:
        one.cache_clear()
    monkeypatch.setattr(passwords, "_hasher", quick_passwords)
    yield quick_passwords
    for one in made:
        one.cache_clear()


class Desk:
    """One person's browser in the console, coming from one address."""

    def __init__(self, front: Front, address: str) -> None:
        self._browser = Browser(front, host=CONSOLE)
        self._origin = {"REMOTE_ADDR": address}
        self._console = front.console
        interface = self._console.session_interface
        self._serializer = interface.get_signing_serializer(self._console)  # type: ignore[attr-defined]

    def get(self, path: str) -> TestResponse:
        return self._browser.get(path, environ_base=self._origin)

    def post(self, path: str, **fields: Any) -> TestResponse:
        return self.post_telling({}, path, **fields)

    def post_telling(self, headers: Mapping[str, str], path: str, **fields: Any) -> TestResponse:
        """Send a form with headers of the sender's making."""
        session = self.session
        raw = session.setdefault("csrf_token", "a token of the tests")
        self.session = session
        key = self._console.config["SECRET_KEY"]
        token = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw)
        data = {"csrf_token": token, **fields}
        return self._browser.post(path, data=data, headers=headers, environ_base=self._origin)

    def post_bare(self, path: str, **fields: Any) -> TestResponse:
        """Send a form without what only our own pages can know."""
        return self._browser.post(path, data=fields, environ_base=self._origin)

    @property
    def session(self) -> dict[str, Any]:
        """What the cookie says."""
        cookie = self._browser.get_cookie(self._console.config["SESSION_COOKIE_NAME"], domain=CONSOLE)
        return dict(self._serializer.loads(cookie.value)) if cookie else {}

    @session.setter
    def session(self, session: dict[str, Any]) -> None:
        name = self._console.config["SESSION_COOKIE_NAME"]
        self._browser.set_cookie(name, self._serializer.dumps(session), domain=CONSOLE)

    def sign_in(self, login: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        return self.post("/login", login=login, password=password, **fields)

    def show(self, code: str) -> TestResponse:
        return self.post("/login/second-factor", code=code)

    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200


@dataclass
class Offices:
    """The founded county with people of our own, who sign in as people do."""

    front: Front

    @property
    def app(self) -> Flask:
        return self.front.console

    def browser(self, address: str = "10.1.1.1") -> Desk:
        return Desk(self.front, address)

    def person(self, login: str, *roles: tuple[str, Role], **columns: Any) -> str:
        """Put a person who can sign in where the roles say, and return the login."""
        with self.app.app_context():
            columns = {"state": AccountState.ACTIVE, "password_hash": hash_of_password(), **columns}
            account = Account(login=login, name=columns.pop("name", "王小海"), **columns)
            account.memberships = [Membership(tenant_id=self.id_of(slug), role=role) for slug, role in roles]
            db.session.add(account)
            db.session.commit()
        return login

    def operator(self, login: str = "liming") -> str:
        """Put an operator with a second factor, whose secret is SECRET."""
        self.person(login, ("portal", Role.OPERATOR), name="李明")
        with self.app.app_context():
            authenticator.turn_on(account_of(login), SECRET)
            db.session.commit()
        return login

    def link(self, login: str, purpose: LinkPurpose = LinkPurpose.ACTIVATE) -> str:
        """Return the path of a new link for a person."""
        with self.app.app_context():
            url = issue_link(account_of(login), purpose)
            db.session.commit()
        return "/activate/" + url.rpartition("/")[2]

    def account_id(self, login: str) -> int:
        with self.app.app_context():
            return account_of(login).id

    def acts(self) -> list[str]:
        """Return what was recorded, in order."""
        with self.app.app_context(), reaching(Reach.COUNTY):
            return list(
                db.session.scalars(
                    select(AuditRow.act).where(AuditRow.act.like("account.%")).order_by(AuditRow.id)
                )
            )

    @staticmethod
    def id_of(slug: str) -> int:
        return db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()


def account_of(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def code_at(moment: datetime, step: int = 0) -> str:
    return pyotp.TOTP(SECRET).generate_otp(int(moment.timestamp()) // 30 + step)


@pytest.fixture
def staffed(county: County) -> Offices:
    """Return the offices of 永嘉县, 水利局 and 桥头镇."""
    return Offices(county.front)
