"""Where the console begins: the choice of a unit, the inbox over all units, one unit's desk, the preview."""

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import Who, current_account
from app.content import desk_queries
from app.core.clock import today
from app.inspection.findings import by_rule, findings
from app.publishing.console.page import may_read
from app.site.preview import preview_html
from app.site.waiting import waiting_now
from app.site.workload import workload_of
from app.tenancy.models import TenantKind
from app.web.blueprints import DeskBlueprint, PersonBlueprint
from app.web.workplace import units_of

start = PersonBlueprint("start", __name__, template_folder="templates")
bp = DeskBlueprint("desk", __name__, template_folder="templates")


@start.page("/", who=Who.SIGNED_IN)
def chooser() -> ResponseReturnValue:
    """Let the person choose a unit; who has only one is taken there."""
    units = units_of(current_account())
    if len(units) == 1:
        return redirect(url_for("desk.home", slug=units[0].slug))
    of_kinds = ((kind, [unit for unit in units if unit.kind is kind]) for kind in TenantKind)
    groups = [(kind.label, of_kind) for kind, of_kind in of_kinds if of_kind]
    return render_template("site/chooser.html", groups=groups, total=len(units))


@start.page("/inbox", who=Who.SIGNED_IN)
def inbox() -> ResponseReturnValue:
    """Show what waits for the person, in all units."""
    return render_template("site/inbox.html", waiting=waiting_now())


@bp.page("/", may=Permission.READ_DESK)
def home() -> ResponseReturnValue:
    """Show what waits for the person in this unit, what is begun, and what is overdue."""
    return render_template(
        "site/desk.html", load=workload_of(current_account()), found=findings(), date=today()
    )


@bp.page("/findings", may=Permission.READ_DESK)
def problems() -> ResponseReturnValue:
    """Show all that an inspector would find in the unit."""
    return render_template("site/findings.html", groups=by_rule(findings()))


@bp.page("/articles/<int:article_id>/preview", may=Permission.READ_DESK)
def preview(article_id: int) -> ResponseReturnValue:
    """Show the newest text as it will look on the subsite."""
    article = desk_queries.article_on_desk(article_id)
    if not may_read(article):
        abort(403)
    assert article.head is not None
    g.allows_own_frame = True
    return preview_html(article, article.head)
