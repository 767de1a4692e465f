"""Bringing the database to the state the code expects by numbered migrations; the web's rights to it."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, Engine, create_engine, make_url

from app.accounts import models as _accounts
from app.audit import models as _audit
from app.checks import models as _checks
from app.config import ROOT
from app.content import former as _former
from app.content import lease as _lease
from app.content import models as _content
from app.core.commands import CommandGroup
from app.core.database import Base, set_up
from app.disclosure import models as _disclosure
from app.documents import models as _documents
from app.extraction import models as _extraction
from app.intake import models as _intake
from app.ledger import models as _ledger
from app.look import models as _look
from app.mail import models as _mail
from app.participation import models as _participation
from app.portal import banners as _banners
from app.portal import models as _portal
from app.profile import models as _profile
from app.publishing import models as _publishing
from app.search import models as _search
from app.tenancy import models as _tenancy
from app.visits import models as _visits
from app.web.challenge import models as _challenge

#: Importing them is what fills the metadata.
TABLE_MODULES = (
    *(_tenancy, _accounts, _content, _former, _lease, _extraction),
    *(_profile, _disclosure, _documents, _search, _checks, _publishing, _portal, _intake, _audit, _mail),
    *(_challenge, _participation, _ledger, _look, _visits, _banners),
)
#: What the web may only add to: the record of acts and what was signed.
APPEND_ONLY = frozenset(
    {
        *("audit_row", "revision", "move", "sign_off", "emergency", "hand_over", "look"),
        *("profile_change", "profile_decision", "openness_review", "hearing_terms", "hearing_sign_off"),
    }
)

database = CommandGroup("database", help="数据库：升级、回退、检查版本。")


@database.command("upgrade", help="升级到当前版本的表结构，并授予网站账号所需的权限。")
def upgrade_command() -> None:
    """Run the missing migrations."""
    upgrade()
    click.echo("数据库已是最新版本。")


@database.command("version", help="显示数据库所处的版本与程序要求的版本。")
def version_command() -> None:
    """Show where the database is and where it should be."""
    with _owner_engine().connect() as connection:
        click.echo(f"数据库：{version_of(connection) or '空'}；程序：{head()}")


def upgrade(revision: str = "head") -> None:
    """Run the migrations that are missing, as the role that owns the tables."""
    engine = _owner_engine()
    if engine.dialect.name == "sqlite":
        Path(current_app.config["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        _reach_all_rows(connection)
        command.upgrade(_alembic(connection), revision)
        grant(connection)
    engine.dispose()


def downgrade(revision: str) -> None:
    """Go back to an earlier migration; what the later ones held is lost."""
    engine = _owner_engine()
    with engine.begin() as connection:
        _reach_all_rows(connection)
        command.downgrade(_alembic(connection), revision)
    engine.dispose()


def head() -> str:
    """Return the newest migration of the code."""
    return str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())


def version_of(connection: Connection) -> str | None:
    """Return the migration a database is at, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def grant(connection: Connection) -> None:
    """Let the web's role read and write, but only add where nothing may ever change."""
    web_role = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).username
    if connection.dialect.name != "postgresql" or web_role == connection.engine.url.username:
        return
    role = connection.dialect.identifier_preparer.quote(str(web_role))
    for table in Base.metadata.sorted_tables:
        rights = "SELECT, INSERT" if table.name in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f'GRANT {rights} ON "{table.name}" TO {role}')
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _reach_all_rows(connection: Connection) -> None:
    """Let a migration see the rows that it carries over: the policies bind the owner of the tables too."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT set_config('app.reach', 'county', true)")


def _owner_engine() -> Engine:
    url = current_app.config["OWNER_DATABASE_URL"] or current_app.config["SQLALCHEMY_DATABASE_URI"]
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        set_up(engine)
    return engine


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config
