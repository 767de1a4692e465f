"""A look on trial: a subsite's front page with its own content, for staff only, kept nowhere (S-44)."""

from dataclasses import replace

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.content.attachments import answer, asked_for
from app.content.shown_files import published_file
from app.core.lookup import one_or_404
from app.look import queries
from app.look.design import Design, design_of
from app.site import home
from app.site.frame import current_site
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.tenancy.places import place
from app.tenancy.scope import bound_to
from app.theming.registry import registry
from app.theming.render import render
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("look_preview", __name__)


@bp.page("/preview", may=Permission.READ_DESK)
def preview() -> ResponseReturnValue:
    """Show the front page in the prepared look, in an earlier one, or in another theme."""
    queries.preview_in(_asked())
    g.allows_own_frame = True
    g.menu_at = "/"
    page = home.portal_home() if current_tenant.is_portal else home.unit_home(is_tried=True)
    return _unkept(render(page, current_site()))


@bp.page("/preview/files/<unit>/<name>", may=Permission.READ_DESK)
def file(unit: str, name: str) -> ResponseReturnValue:
    """Answer a file that visitors see of one of the portal's units.

    Their pictures stand on the portal's front page, whose staff have no part in the units' desks.
    """
    owner = one_or_404(select(Tenant).where(Tenant.slug == unit, Tenant.portal_id == current_tenant.id))
    token, size = asked_for(name)
    with bound_to(owner.id):
        found = published_file(token)
    return answer(found, size)


def _asked() -> Design:
    tenant = place().tenant
    number, theme = request.args.get("version", ""), request.args.get("theme", "")
    if number.isascii() and number.isdecimal() and len(number) < 10:  # noqa: PLR2004 - digits of a number of the database
        kept = queries.version(int(number)).design
        return design_of({**kept, "theme": tenant.theme}, theme=tenant.theme, palette=tenant.palette)
    if theme in registry().themes:
        design = queries.design_in_force(tenant)
        return replace(design, theme=theme, palette=request.args.get("palette", ""))
    return queries.prepared_design(queries.draft())


def _unkept(html: str) -> Response:
    response = make_response(html)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
