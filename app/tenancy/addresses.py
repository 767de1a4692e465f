"""Absolute addresses of subsites: always from what is stored, never from what a request claims (B2)."""

from typing import Any

from flask import current_app
from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.database import db
from app.tenancy.models import Host, Tenant


def _primary_host(tenant_id: InstrumentedAttribute[Any]) -> ScalarSelect[str]:
    of_tenant = select(Host.name).where(Host.tenant_id == tenant_id, Host.is_primary)
    return of_tenant.correlate(Tenant).scalar_subquery()


#: The primary host of a tenant, and that of its portal: home_of asks for both. They are looked up beside each
#: row rather than joined: PostgreSQL tries the orders in which tables can be joined, and with two more it
#: planned a list of units' articles for 20 milliseconds where 4 are enough.
OWN_HOST = _primary_host(Tenant.id)
PORTALS_HOST = _primary_host(Tenant.portal_id)


def origin(host: str) -> str:
    """Return scheme, host and port of a host of ours."""
    config = current_app.config
    port = f":{config['PUBLIC_PORT']}" if config["PUBLIC_PORT"] else ""
    return f"{config['SCHEME']}://{host}{port}"


def console_origin() -> str:
    """Return where staff work."""
    return origin(current_app.config["CONSOLE_HOST"])


def is_by_path() -> bool:
    """Say whether the portal's /u/<slug>/ is a subsite's canonical address in this deployment."""
    return bool(current_app.config["CANONICAL"] == "path")


def home_of(slug: str, host: str, portal_host: str | None) -> str:
    """Return a subsite's canonical home, without the closing slash."""
    if is_by_path() and portal_host:
        return f"{origin(portal_host)}/u/{slug}"
    return origin(host)


def homes() -> Select[int, str, str, str]:
    """Select id, slug, primary host and the portal's primary host of every tenant."""
    return select(Tenant.id, Tenant.slug, OWN_HOST, PORTALS_HOST)


def home_of_tenant(tenant_id: int) -> str:
    """Return the canonical home of one tenant, without the closing slash."""
    _, slug, host, portal_host = db.session.execute(homes().where(Tenant.id == tenant_id)).one()
    return home_of(slug, host, portal_host)
