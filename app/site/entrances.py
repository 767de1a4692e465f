"""The entrances to government information disclosure, on every front page."""

from app.content.models import Section
from app.site.frame import columns, link_to
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import here
from app.theming.pages import Link


def disclosure_links() -> tuple[Link, ...]:
    """Return the four blocks of disclosure in their fixed order (GK-10); a site elsewhere has none."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        return ()
    of_block = {column.block: column for column in columns() if column.section is Section.DISCLOSURE}
    links = [link_to(of_block[name]) for name in ("guide", "rules") if name in of_block]
    links.append(Link("法定主动公开内容", here("/xxgk/#statutory")))
    if annual := of_block.get("annual"):
        links.append(link_to(annual))
    return tuple(links)
