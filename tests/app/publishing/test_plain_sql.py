"""Who goes around the application meets the database, as the web's role and as the owner (D1, F1)."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from app.content.genres import Attribute, Secrecy
from app.content.models import Revision
from app.content.states import ArticleState
from app.core.database import db
from app.publishing import emergency
from tests.app.publishing.acts import article_of, head_of, person
from tests.databases import OWNER, WEB, Database, Postgresql
from tests.worlds import BUREAU, TOWN, County

pytestmark = pytest.mark.both_databases
REFUSED = re.compile(
    r"(?i)open and signed|never changed|permission denied|foreign key|row-level security|syntax error"
)
SIGNATURE = (
    "INSERT INTO sign_off (tenant_id, article_id, revision_id, level, digest, account_id, signer_name,"
    " office, method, at) VALUES ({tenant}, {article}, {head}, {level}, '{digest}', {account}, '', '',"
    " 'command', '2026-01-01 00:00:00+00')"
)
MARK = (
    "INSERT INTO flag (tenant_id, article_id, revision_id, weight, rule, evidence, raised_at, lifted_reason)"
    " VALUES ({tenant}, {article}, {head}, 'policy', 'writer', '', '2026-01-01 00:00:00+00', '')"
)
PUBLISH = "UPDATE article SET published_id = head_id WHERE id = {article}"


def signed(account: str, level: int = 1, digest: str = "{digest}") -> str:
    """Return the statement that puts a signature under the draft."""
    return (
        SIGNATURE.replace("{account}", f"{{{account}}}")
        .replace("{level}", str(level))
        .replace("{digest}", digest)
    )


#: What is written first, and is not refused; the last one of all is the publication.
WAYS: dict[str, tuple[str, ...]] = {
    "unsigned": (),
    "own signature": (signed("writer"),),
    "another digest": (signed("signer", digest="0" * 64),),
    "the leader alone": (signed("leader", level=2),),
    "without the leader": (MARK, signed("signer")),
    "the leader's digest is another": (MARK, signed("signer"), signed("leader", 2, "0" * 64)),
    "one person signs twice": (MARK, signed("signer"), signed("signer", 2)),
    "the writer as leader": (MARK, signed("signer"), signed("writer", 2)),
}
CHANGES = [
    *(
        f"UPDATE {table} SET article_id = article_id"
        for table in ("sign_off", "move", "revision", "emergency")
    ),
    *(f"DELETE FROM {table}" for table in ("sign_off", "move", "revision", "emergency", "audit_row")),
    "UPDATE sign_off SET digest = 'x'",
    "UPDATE revision SET body = '<p>改</p>'",
    "UPDATE revision SET digest = 'x'",
    "UPDATE move SET reason = ''",
    "UPDATE emergency SET reason = ''",
    "UPDATE audit_row SET actor = ''",
    "UPDATE article SET first_published_at = '2020-01-01 00:00:00+00' WHERE id = {public}",
    "UPDATE article SET first_published_at = NULL WHERE id = {public}",
    "UPDATE article SET published_id = NULL, first_published_at = NULL WHERE id = {public}",
    "UPDATE article SET first_published_at = '2099-01-01 00:00:00+00' WHERE id = {public}",
    # SQLite knows no TRUNCATE, and says so.
    *(f"TRUNCATE {table} CASCADE" for table in ("sign_off", "move", "emergency", "audit_row")),
]


@dataclass
class Door:
    """A way into the database that knows nothing of the application."""

    link: Any
    tenant: int

    def run(self, *statements: str, **values: object) -> None:
        """Execute statements in one transaction."""
        for statement in statements:
            self.link.execute(statement.format(tenant=self.tenant, **values))

    def refuses(self, last: str, *first: str, **values: object) -> bool:
        """Say whether the last statement is refused after others that are not; leave nothing of them."""
        self.link.execute("SAVEPOINT before")
        self.run(*first, **values)
        try:
            self.run(last, **values)
        except (sqlite3.Error, psycopg.Error) as refusal:
            return bool(REFUSED.search(str(refusal)))
        finally:
            self.link.execute("ROLLBACK TO before")
        return False


@contextmanager
def opened(database: Database, tenant: int, role: str) -> Iterator[Door]:
    """Open the database as one of its roles, bound to the tenant as the web would be."""
    if not isinstance(database, Postgresql):
        with closing(sqlite3.connect(database.folder / "ziwang.db", isolation_level=None)) as file:
            file.execute("PRAGMA foreign_keys=ON")
            file.execute("BEGIN IMMEDIATE")
            yield Door(file, tenant)
        return
    with closing(psycopg.connect(f"host={database.server.folder} user={role} dbname=ziwang")) as link:
        link.execute(f"SELECT set_config('app.tenant', '{tenant}', false)")
        yield Door(link, tenant)


@pytest.fixture(params=[WEB, OWNER])
def role(request: pytest.FixtureRequest, database: Database) -> str:
    """Return each role that a connection may have; SQLite knows none, and takes the first for both."""
    return str(request.param)


def _draft(county: County, **fields: Any) -> dict[str, object]:
    """File a draft; return what statements about it need."""
    article_id = county.an_article(**fields)
    with county.inside(BUREAU) as bureau:
        head = db.session.scalars(select(Revision).where(Revision.article_id == article_id)).one()
        people = {role: person(f"slj.{role}").id for role in ("signer", "leader")}
        return {
            **people,
            "writer": head.author_id,
            "bureau": bureau.id,
            "article": article_id,
            "head": head.id,
            "digest": head.digest,
        }


def _tenant(county: County, slug: str = BUREAU) -> int:
    with county.inside(slug) as tenant:
        return tenant.id


def test_what_is_not_duly_signed_is_not_published(county: County, database: Database, role: str) -> None:
    draft = _draft(county)
    with opened(database, _tenant(county), role) as door:
        assert [way for way, first in WAYS.items() if not door.refuses(PUBLISH, *first, **draft)] == []


def test_what_is_closed_or_secret_is_not_published_whoever_signs(
    county: County, database: Database, role: str
) -> None:
    closed = [_draft(county, attribute=one) for one in (Attribute.CLOSED, Attribute.ON_REQUEST)]
    drafts = [*closed, _draft(county, secrecy=Secrecy.CLASSIFIED)]
    with opened(database, _tenant(county), role) as door:
        for draft in drafts:
            assert door.refuses(PUBLISH, signed("signer"), signed("leader", 2), **draft)


def test_what_is_duly_signed_is_published(county: County, database: Database, role: str) -> None:
    """The refusals above are not of everything."""
    draft = _draft(county)
    with opened(database, _tenant(county), role) as door:
        door.run(MARK, signed("signer"), signed("leader", 2), PUBLISH, **draft)
        found = door.link.execute("SELECT published_id FROM article WHERE id = {article}".format(**draft))
        assert found.fetchone()[0] == draft["head"]


def test_an_article_is_not_born_published(county: County, database: Database, role: str) -> None:
    draft = _draft(county)
    copied = (
        "INSERT INTO article (tenant_id, column_id, state, head_id, published_id, created_at, changed_at)"
        " SELECT tenant_id, column_id, 'published', head_id, head_id, created_at, changed_at FROM article"
        " WHERE id = {article}"
    )
    with opened(database, _tenant(county), role) as door:
        assert door.refuses(copied, **draft)


def test_what_was_signed_or_recorded_stays(county: County, database: Database, role: str) -> None:
    public = _public_and_pressed(county)
    with opened(database, _tenant(county), role) as door:
        assert [change for change in CHANGES if not door.refuses(change, public=public)] == []


def test_another_tenants_signature_does_not_count(county: County, database: Database, role: str) -> None:
    draft, town = _draft(county), _tenant(county, TOWN)
    with opened(database, town, role) as door:
        assert door.refuses(signed("signer"), **draft)


def _public_and_pressed(county: County) -> int:
    """Publish one article with a signature and another in an emergency; return the first."""
    public, pressed = county.an_article(state=ArticleState.PUBLISHED), county.an_article()
    with county.inside(BUREAU):
        article = article_of(pressed)
        emergency.publish_at_once(
            article, person("portal.operator"), revision=head_of(article), reason="台风"
        )
    return public
