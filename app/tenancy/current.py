"""The tenant that the current request is for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, cast

from flask import g
from werkzeug.local import LocalProxy

from app.tenancy.models import Tenant, TenantKind, TenantState
from app.tenancy.scope import bound_to

#: What a request remembers of the tenant it is for.
PER_TENANT = ("tenant", "place", "shared", "shared_in_county")


@dataclass(frozen=True)
class CurrentTenant:
    """A tenant as it was when the request came in.

    A copy rather than the row: a row expires at commit, and reading it again from
    within the tenant guard would ask the guard for the tenant.
    """

    id: int
    slug: str
    kind: TenantKind
    state: TenantState
    name: str
    unit: str
    portal_id: int | None
    theme: str
    palette: str

    @classmethod
    def of(cls, row: Tenant) -> Self:
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})

    @property
    def is_portal(self) -> bool:
        return self.kind is TenantKind.PORTAL

    @property
    def home_portal_id(self) -> int:
        """The portal that shows this tenant's articles; a portal is its own."""
        return self.portal_id or self.id


current_tenant = cast("CurrentTenant", LocalProxy(lambda: g.tenant))


@contextmanager
def entered(row: Tenant) -> Iterator[None]:
    """Make a tenant the current one for a block of a command, and bind its rows."""
    before = {name: g.pop(name) for name in PER_TENANT if name in g}
    g.tenant = CurrentTenant.of(row)
    try:
        with bound_to(row.id):
            yield
    finally:
        for name in PER_TENANT:
            g.pop(name, None)
        for name, value in before.items():
            setattr(g, name, value)
