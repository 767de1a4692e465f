"""A tenant is one subsite: a township's, a department's, an institution's or the county portal."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import now
from app.core.database import Model, choice


class TenantKind(StrEnum):
    """What sort of body runs the subsite; each kind has a file in tenants/kinds/."""

    PORTAL = "portal"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    INSTITUTION = "institution"
    INDEPENDENT = "independent"

    @property
    def label(self) -> str:
        """The kind's name on the screen."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    TenantKind.PORTAL: "县门户",
    TenantKind.TOWNSHIP: "乡镇街道",
    TenantKind.DEPARTMENT: "县直部门",
    TenantKind.INSTITUTION: "事业单位",
    TenantKind.INDEPENDENT: "独立网站",
}


class TenantState(StrEnum):
    """Whether a subsite answers its visitors."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state's name on the screen."""
        return {"open": "开通", "closed": "关停"}[self]


class Tenant(Model):
    """One subsite and what identifies it."""

    __tablename__ = "tenant"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[TenantKind] = mapped_column(choice(TenantKind))
    state: Mapped[TenantState] = mapped_column(choice(TenantState), default=TenantState.OPEN)
    #: The name of the site as visitors read it.
    name: Mapped[str] = mapped_column(String(60))
    #: The unit's full name where it differs from the site's.
    unit: Mapped[str] = mapped_column(String(60))
    #: The portal that shows what this tenant publishes; None for a portal of its own.
    portal_id: Mapped[int | None] = mapped_column(ForeignKey("tenant.id"), index=True)
    theme: Mapped[str] = mapped_column(String(40), default="base")
    palette: Mapped[str] = mapped_column(String(40), default="")
    #: The look in force with its number, as app/look/design.py reads it: here, since every page reads this
    #: row before a tenant is bound. Its history is the tenant's own rows.
    look: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    #: Of a portal: when its county's pages are grey or carry a banner (app/portal/banners.py), here for the
    #: same reason.
    periods: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    #: Part of every kept page's key: raising it makes all pages of the tenant unreachable.
    generation: Mapped[int] = mapped_column(default=1)
    #: When that was done last, in seconds since 1970, never earlier than the time before; what two changes
    #: of one second mean for readers stands in app/pagecache/moments.py.
    changed_second: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    position: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    is_demo: Mapped[bool] = mapped_column(default=False)

    county: Mapped[str] = mapped_column(String(40), default="")
    #: Under which the county's subsites have their hosts; set on a portal.
    domain: Mapped[str] = mapped_column(String(200), default="")
    #: The footer (ZY-09); what a unit leaves empty is taken from its portal.
    sponsor: Mapped[str] = mapped_column(String(80), default="")
    organizer: Mapped[str] = mapped_column(String(80), default="")
    site_code: Mapped[str] = mapped_column(String(12), default="")
    icp: Mapped[str] = mapped_column(String(60), default="")
    police: Mapped[str] = mapped_column(String(60), default="")
    #: Under which the mark of party and state bodies is registered.
    mark_code: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    email: Mapped[str] = mapped_column(String(80), default="")
    support_phone: Mapped[str] = mapped_column(String(40), default="")
    #: The unified social credit code; one open site a unit (ZY-02).
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    #: The address of a unit's own site elsewhere (S-05).
    external_url: Mapped[str] = mapped_column(String(200), default="")

    hosts: Mapped[list["Host"]] = relationship(
        back_populates="tenant", lazy="raise_on_sql", order_by="Host.name", cascade="all, delete-orphan"
    )

    def __str__(self) -> str:
        return self.name


class Host(Model):
    """A name under which a tenant answers; one of them is primary, the others redirect to it."""

    __tablename__ = "host"
    __table_args__ = (
        Index(
            "uq_host_primary",
            "tenant_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Lower case, without port and trailing dot, in ASCII.
    name: Mapped[str] = mapped_column(String(253), unique=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    is_primary: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    tenant: Mapped[Tenant] = relationship(back_populates="hosts", lazy="raise_on_sql")

    def __str__(self) -> str:
        return self.name


class Turn(Model):
    """A minute at which a tenant's pages change by themselves: part of every kept page's key (DESIGN 15)."""

    __tablename__ = "turn"

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)


class Mourning(Model):
    """A period in which a county's pages are grey (MG-01), from minute to minute without anybody's doing."""

    __tablename__ = "mourning"
    __table_args__ = (Index(None, "portal_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: The subsites that turn grey; empty: all of the county, with the portal.
    unit_ids: Mapped[list[int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(80), default="")
