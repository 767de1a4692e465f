"""Clerks who write, hand in, sign and withdraw over HTTP while workers die, and note what they were told."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from argon2 import PasswordHasher
from sqlalchemy import select

from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import Role
from app.content.models import Column
from app.core.database import db
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, CONSOLE, HOSTS, PASSWORD, PORTAL, County

#: The hash says how costly it is to verify: a signature shall take no longer than any other act.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PATIENCE = 30  # seconds
TITLE = re.compile(r"第\d+号工位第\d+篇")


@dataclass
class Session:
    """The cookie of somebody signed in, and what their forms carry."""

    cookie: str
    token: str


@dataclass
class Notes:
    """What a clerk was told: acts by article, and how often there was no answer."""

    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)


class Clerk(threading.Thread):
    """One desk at which articles are written, handed in, signed, and some of them withdrawn."""

    def __init__(self, county: County, port: int, number: int, stop: threading.Event) -> None:
        super().__init__(name=f"clerk {number}")
        self._port, self._number, self._enough = port, number, stop
        self._writer, self._signer = (_signed_in(county, login) for login in logins(number))
        with county.inside(BUREAU):
            self._column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
        self._random = Random(number)  # noqa: S311 - which articles are withdrawn is of no matter
        self.notes = Notes()

    def run(self) -> None:
        """Work until told to stop."""
        done = 0
        while not self._enough.is_set():
            done += 1
            try:
                self._file(f"第{self._number}号工位第{done}篇")
            except Exception as fault:  # noqa: BLE001 - a thread has nobody to tell but the test
                self.notes.faults.append(repr(fault))
                return

    def _file(self, title: str) -> None:
        status, location = self._send(
            self._writer,
            f"/{BUREAU}/articles/",
            column_id=self._column,
            title=title,
            body=f"<p>{title}</p>",
            genre="notice",
        )
        if status != http.client.SEE_OTHER:
            return  # Nobody knows whether it was saved; another one is begun.
        article_id = int(location.rpartition("/")[2])
        self.notes.acknowledged.append((article_id, "start"))
        head = self._head_of(article_id)
        if not self._insist(self._writer, article_id, "submit", revision=head):
            return
        if self._insist(self._signer, article_id, "publish", revision=head, proof=PASSWORD):
            self._look(title, is_there=True)
        if self._random.random() < 1 / 4 and self._insist(
            self._signer, article_id, "withdraw", revision=head, reason="有误", ending="error"
        ):
            self._look(title, is_there=False)

    def _insist(self, session: Session, article_id: int, act: str, **fields: object) -> bool:
        """Send a form until it is answered; a later try is refused where an earlier one had come about."""
        tries = 0
        while not self._enough.is_set():
            tries += 1
            status, _ = self._send(session, f"/{BUREAU}/articles/{article_id}/{act}", **fields)
            if status == http.client.SEE_OTHER:
                self.notes.acknowledged.append((article_id, act))
                return True
            if status == http.client.CONFLICT and tries > 1:
                return True
            if status not in (0, http.client.SERVICE_UNAVAILABLE):
                raise AssertionError(f"{act} of {article_id} answers {status}")
        return False

    def _head_of(self, article_id: int) -> int:
        """Read from the article's page which text it shows, as the form does."""
        while not self._enough.is_set():
            status, page = self._ask("GET", CONSOLE, f"/{BUREAU}/articles/{article_id}", self._writer)
            if status == http.client.OK:
                return int(page.partition('name="revision" value="')[2].partition('"')[0])
        return 0

    def _look(self, title: str, *, is_there: bool) -> None:
        """See at once on the subsite and on the portal what was acknowledged, whichever worker answers."""
        for host in (HOSTS[BUREAU], HOSTS[PORTAL]):
            status = 0
            while status != http.client.OK and not self._enough.is_set():
                status, page = self._ask("GET", host, "/tzgg/", None)
            if status == http.client.OK and (title in TITLE.findall(page)) != is_there:
                raise AssertionError(f"{title} on {host}: {not is_there}")

    def _send(self, session: Session, path: str, **fields: object) -> tuple[int, str]:
        return self._ask("POST", CONSOLE, path, session, {"csrf_token": session.token, **fields})

    def _ask(
        self,
        method: str,
        host: str,
        path: str,
        session: Session | None,
        fields: dict[str, object] | None = None,
    ) -> tuple[int, str]:
        """Return status and text, or where a redirect leads; status 0 where the answer never came."""
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Host": host, **({"Cookie": session.cookie} if session else {})}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request(method, path, urlencode(fields) if fields else None, headers)
            answer = link.getresponse()
            text = answer.read().decode()
            return answer.status, answer.headers.get("Location", text)
        except (OSError, http.client.HTTPException):
            self.notes.unanswered += 1
            time.sleep(0.01)
            return 0, ""
        finally:
            link.close()


def logins(number: int) -> tuple[str, str]:
    """Return who writes and who signs at a desk."""
    return f"desk{number}.writer", f"desk{number}.signer"


def hire(county: County, desks: int) -> None:
    """Give the bureau a writer and a signer for each desk."""
    with county.everywhere():
        bureau = db.session.scalars(select(Tenant.id).where(Tenant.slug == BUREAU)).one()
        for number in range(desks):
            for login, role in zip(logins(number), (Role.EDITOR, Role.SIGNER), strict=True):
                db.session.add(
                    Account(
                        login=login,
                        name=login,
                        state=AccountState.ACTIVE,
                        password_hash=CHEAP.hash(PASSWORD),
                        memberships=[Membership(tenant_id=bureau, role=role)],
                    )
                )


def _signed_in(county: County, login: str) -> Session:
    browser = county.staff(login)
    name = str(county.front.console.config["SESSION_COOKIE_NAME"])
    cookie = browser.get_cookie(name, domain=CONSOLE)
    assert cookie is not None
    return Session(f"{name}={cookie.value}", browser.token)
