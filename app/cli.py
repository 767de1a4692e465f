"""The commands that ``flask`` offers besides its own."""

from flask import Flask

from app.accounts.cli import account
from app.audit.cli import audit
from app.checks.cli import checks
from app.provisioning.cli import article, county, unit
from app.schema import database


def init_app(app: Flask) -> None:
    """Add every feature's commands."""
    for group in (database, county, unit, account, article, checks, audit):
        app.cli.add_command(group)
