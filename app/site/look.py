"""A look on trial: a subsite's front page with its own content, for staff only, kept nowhere (S-44)."""

from dataclasses import replace

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.look import queries
from app.look.design import Design, design_of
from app.site import home
from app.site.frame import current_site
from app.tenancy.current import current_tenant
from app.tenancy.places import place
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
