"""The commands that ``flask`` offers besides its own."""

from flask import Flask

from app.accounts.cli import account
from app.audit.cli import audit
from app.checks.cli import checks
from app.content.cli import pictures
from app.documents.cli import documents
from app.exports.cli import export
from app.mail.cli import mail
from app.participation.cli import participation
from app.provisioning.cli import article, county, unit
from app.publishing import handover_cli
from app.schema import database
from app.search.cli import search
from app.theming.kit.cli import themes
from app.visits.cli import visits


def init_app(app: Flask) -> None:
    """Add every feature's commands."""
    groups = (
        *(database, county, unit, account, article, checks, documents, search, participation),
        *(audit, mail, pictures, themes, visits),
    )
    for group in groups:
        app.cli.add_command(group)
    account.add_command(handover_cli.hand_over)
    unit.add_command(export)
