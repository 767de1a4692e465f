"""People, what each of them is on which tenant, and their ways in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.permissions import COUNTY_ROLES, GRANTS, Permission, Role
from app.core.clock import now, today
from app.core.database import Model, choice
from app.tenancy.models import Tenant


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

    def has_role(self, *roles: Role) -> bool:
        """Say whether the person has one of the roles anywhere."""
        return any(membership.role in roles and membership.is_held for membership in self.memberships)

    def __str__(self) -> str:
        return f"{self.name}（{self.login}）"


class Membership(Model):
    """A role of a person on a tenant; county roles are held on a portal."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "tenant_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    #: The office held, as it is written under a signature: 副局长.
    office: Mapped[str] = mapped_column(String(40), default="")
    #: The roster's dates (S-54): from this day on, and to this day inclusive; None: no end.
    since: Mapped[date] = mapped_column(default=today)
    until: Mapped[date | None]

    @property
    def is_held(self) -> bool:
        """Say whether the person has the role today."""
        return self.since <= today() and (self.until is None or today() <= self.until)

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
