"""People, what each of them is on which tenant, and their ways in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.permissions import COUNTY_ROLES, GRANTS, Permission, Role
from app.core.clock import now, today
from app.core.database import Model, choice
from app.tenancy.models import Tenant
from app.tenancy.scope import TenantOwned


class AccountState(StrEnum):
    """Whether a person may sign in."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The state's name on the screen."""
        return {"invited": "待激活", "active": "正常", "ended": "已停用"}[self]


class Account(Model):
    """One person; accounts are never shared and never deleted, since the record names them."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    #: Where reminders go; empty: nowhere.
    email: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[AccountState] = mapped_column(choice(AccountState), default=AccountState.INVITED)
    #: argon2id; empty until the person has chosen a password.
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    #: Sealed with the secret key; empty while there is no second factor.
    second_factor: Mapped[str] = mapped_column(String(200), default="")
    #: The last time step whose code was accepted, so that none is accepted twice (D9).
    second_factor_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_sign_in_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", lazy="selectin", cascade="all, delete-orphan"
    )

    def may(self, permission: Permission, tenant_id: int, portal_id: int) -> bool:
        """Say whether one of the person's roles on the tenant, or on its portal, grants the permission."""
        return any(
            membership.role in GRANTS[permission]
            and membership.is_held
            and (
                membership.tenant_id == tenant_id
                or (membership.role in COUNTY_ROLES and membership.tenant_id == portal_id)
            )
            for membership in self.memberships
        )

    def units_where(self, permission: Permission) -> list[int]:
        """Return the tenants on which one of the person's own roles grants the permission now."""
        roles = GRANTS[permission]
        return sorted({one.tenant_id for one in self.memberships if one.is_held and one.role in roles})

    def office_at(self, tenant_id: int) -> str:
        """Return the office that the person holds at a unit now; empty where none is written down."""
        held = (one for one in self.memberships if one.tenant_id == tenant_id and one.is_held)
        return next((one.office for one in held if one.office), "")

    def has_role(self, *roles: Role) -> bool:
        """Say whether the person has one of the roles anywhere."""
        return any(membership.role in roles and membership.is_held for membership in self.memberships)

    def __str__(self) -> str:
        return f"{self.name}（{self.login}）"


class Membership(Model):
    """A role of a person on a tenant for a time, never deleted (S-54); county roles are held on a portal."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open",
            "account_id",
            "tenant_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    #: The office held, as it is written under a signature: 副局长.
    office: Mapped[str] = mapped_column(String(40), default="")
    #: The roster's dates (S-54): from this day on, and to this day inclusive; None: no end.
    since: Mapped[date] = mapped_column(default=today)
    until: Mapped[date | None]
    #: When it was taken away or handed over, which holds at once, whatever the dates say.
    ended_at: Mapped[datetime | None]

    @property
    def is_held(self) -> bool:
        """Say whether the person has the role today."""
        return self.since <= today() and not self.is_over

    @property
    def is_over(self) -> bool:
        """Say whether the role is history; one that begins later is not."""
        return self.ended_at is not None or (self.until is not None and self.until < today())

    account: Mapped[Account] = relationship(back_populates="memberships", lazy="raise_on_sql")
    tenant: Mapped[Tenant] = relationship(lazy="raise_on_sql")


class LinkPurpose(StrEnum):
    """What a single-use link is for."""

    ACTIVATE = "activate"
    RESET = "reset"


class AccountLink(Model):
    """A single-use link with a time limit; only its hash is kept (D8)."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    #: SHA-256 of the token, in hexadecimal.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A code that replaces the second factor once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class StaffSession(Model):
    """One signed-in browser; the cookie carries the token, the row decides."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: From where, as a keyed hash: strangers cannot lock a person out of an address known from here (D7).
    address_hash: Mapped[str] = mapped_column(String(64), default="")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    #: None until the second factor was shown, where the account has one.
    verified_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class FailedSignIn(Model):
    """A refused attempt; who tried is kept only as a keyed hash (D5, D7)."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in_login", "login_hash", "at"),
        Index("ix_failed_sign_in_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)


class HandOver(TenantOwned, Model):
    """One person's work in a unit given to another; never changed (a trigger sees to it, S-54)."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    leaver_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    #: None where a command did it.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: The roles that went over, with the leaver's offices, as they were then.
    roles: Mapped[str] = mapped_column(String(300))
    #: The office that the successor got with them.
    office: Mapped[str] = mapped_column(String(40), default="")
    #: How many articles the successor looks after from then on.
    articles: Mapped[int] = mapped_column(default=0)
    #: Whether the leaver had nothing left anywhere, so that the account ended.
    has_ended_account: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(300), default="")

    leaver: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[leaver_id])
    successor: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[successor_id])
    by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[by_id])
