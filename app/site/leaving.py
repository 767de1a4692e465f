"""The page that says where a link out of the county leads (ZY-18)."""

from flask import abort, g, request

from app.tenancy.places import canonical, here
from app.theming.leaving_pages import LeavePage
from app.theming.pages import Link, Meta
from app.web.blueprints import PublicBlueprint
from app.web.leaving import PATH, host_of, is_signed

bp = PublicBlueprint("leaving", __name__)


@bp.page(PATH)
def leave() -> LeavePage:
    """Name the target of a link that a page of ours holds; any other address is no page here."""
    address = request.args.get("to", "")
    if not is_signed(address, request.args.get("by", "")):
        abort(404)
    g.leaves_for = address
    return LeavePage(
        title="您即将离开本网站",
        canonical=canonical(PATH),
        meta=Meta((("robots", "noindex, nofollow"),)),
        trail=(Link("首页", here("/")),),
        host=host_of(address) or address[:60],
        address=address,
        back=here("/"),
    )
