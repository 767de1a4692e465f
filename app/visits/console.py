"""The unit's page of its visits."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.tenancy.current import current_tenant
from app.visits import queries
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("visits", __name__, template_folder="templates")


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Show the last days as a chart, and what was read most."""
    return render_template(
        "visits/index.html",
        chart=queries.chart([current_tenant.id]),
        pages=queries.pages(),
        columns=queries.of_columns(),
    )
