"""What browsers and researchers look for at fixed addresses: the manifest, and whom to tell of weaknesses."""

import json
import re
from datetime import datetime

from flask import Response, abort

from app.core.clock import COUNTY_ZONE, now
from app.tenancy.places import canonical, here, place
from app.theming.registry import registry
from app.web.blueprints import PublicBlueprint

#: For how many months a contact may be trusted without asking again; the standard advises under a year.
GOOD_FOR = 6
_DIGITS = re.compile(r"\D+")

bp = PublicBlueprint("standards", __name__)


@bp.answer("/manifest.webmanifest")
def manifest() -> Response:
    """Name the subsite for a home screen; it opens in the browser, as the address has to stay visible."""
    tenant = place().tenant
    theme = registry().worn_by(tenant.theme)
    icons = [{"src": theme.asset_url("icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    said = {
        "name": tenant.name,
        "short_name": tenant.name[:12],
        "lang": "zh-CN",
        "start_url": here("/"),
        "scope": here("/"),
        "display": "browser",
        "icons": icons,
    }
    return Response(json.dumps(said, ensure_ascii=False), mimetype="application/manifest+json")


@bp.answer("/.well-known/security.txt")
def security() -> Response:
    """Say whom to tell of a weakness (RFC 9116): the unit, or else its portal; 404 while neither has said."""
    where = place()
    email = where.tenant.email or where.portal.email
    phone = _DIGITS.sub("", where.tenant.phone or where.portal.phone)
    contacts = [f"mailto:{email}"] if email else []
    contacts += [f"tel:+86{phone.removeprefix('0')}"] if phone else []
    if not contacts:
        abort(404)
    lines = [f"Contact: {one}" for one in contacts]
    lines += [
        f"Expires: {_expiry().isoformat()}",
        "Preferred-Languages: zh",
        f"Canonical: {canonical('/.well-known/security.txt')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _expiry() -> datetime:
    """Return the first of a month half a year ahead, so that the file changes once a month only."""
    today = now().astimezone(COUNTY_ZONE)
    years, month = divmod(today.month - 1 + GOOD_FOR, 12)
    return datetime(today.year + years, month + 1, 1, tzinfo=COUNTY_ZONE)
