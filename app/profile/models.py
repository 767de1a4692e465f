"""What a unit says of itself: its profile, its leaders, its offices; and every change of them (S-17 to S-19).

The rows of the three cards hold what was signed, and nothing else: what somebody proposes stands in the
change until another person has signed it (S-60). Changes and what was decided about them are never altered.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class CardKind(StrEnum):
    """What a change is about."""

    PROFILE = "profile"
    LEADER = "leader"
    OFFICE = "office"
    LEADER_ORDER = "leader_order"
    OFFICE_ORDER = "office_order"

    @property
    def label(self) -> str:
        """The kind's name on the screen."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    CardKind.PROFILE: "单位概况",
    CardKind.LEADER: "领导",
    CardKind.OFFICE: "机构",
    CardKind.LEADER_ORDER: "领导排序",
    CardKind.OFFICE_ORDER: "机构排序",
}


class Outcome(StrEnum):
    """What became of a proposed change."""

    SIGNED = "signed"
    GIVEN_BACK = "given_back"
    TAKEN_BACK = "taken_back"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        """The outcome's name on the screen."""
        return {
            "signed": "已审签公开",
            "given_back": "已退回",
            "taken_back": "已收回",
            "replaced": "被后来的修改代替",
        }[self]


class Card(TenantOwned):
    """What the three cards share: visitors see one with a signature, and nothing of one without."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    #: The decision by which the values of this row became public.
    signed_id: Mapped[int | None]


class Profile(Card, Model):
    """The unit itself (S-17), and its disclosure office as the guide names it (GK-05)."""

    __tablename__ = "profile"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        ForeignKeyConstraint(["tenant_id", "map_id"], ["attachment.tenant_id", "attachment.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "signed_id"], ["profile_decision.tenant_id", "profile_decision.id"]
        ),
    )

    name: Mapped[str] = mapped_column(String(80), default="")
    #: Clean HTML.
    duties: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    office_hours: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    fax: Mapped[str] = mapped_column(String(60), default="")
    mailbox: Mapped[str] = mapped_column(String(80), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    map_id: Mapped[int | None]
    #: The map's name in addresses: its token and extension, for readers of other tenants.
    map_file: Mapped[str] = mapped_column(String(48), default="")
    #: The number under which the map was examined (ZY-15).
    map_number: Mapped[str] = mapped_column(String(60), default="")
    contact_office: Mapped[str] = mapped_column(String(80), default="")
    contact_address: Mapped[str] = mapped_column(String(120), default="")
    contact_hours: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    contact_fax: Mapped[str] = mapped_column(String(60), default="")
    contact_web: Mapped[str] = mapped_column(String(200), default="")
    #: When the disclosure office's data changed, and when a signer found the guide still right.
    contact_changed_at: Mapped[datetime | None]
    guide_confirmed_at: Mapped[datetime | None]


class Termed(Card):
    """A card with a place in an order, and days from and to which it is shown, both inclusive."""

    name: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int] = mapped_column(default=0)
    since: Mapped[date | None]
    until: Mapped[date | None]


class Leader(Termed, Model):
    """One of the unit's leaders (S-18, ZY-16)."""

    __tablename__ = "leader"
    __table_args__ = (
        Index("uq_leader_tenant_id_id", "tenant_id", "id", unique=True),
        ForeignKeyConstraint(["tenant_id", "portrait_id"], ["attachment.tenant_id", "attachment.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "signed_id"], ["profile_decision.tenant_id", "profile_decision.id"]
        ),
    )

    post: Mapped[str] = mapped_column(String(80), default="")
    #: What the person answers for, as plain text.
    division: Mapped[str] = mapped_column(String(1000), default="")
    #: Clean HTML.
    resume: Mapped[str] = mapped_column(default="")
    portrait_id: Mapped[int | None]
    portrait_file: Mapped[str] = mapped_column(String(48), default="")


class Speech(TenantOwned, Model):
    """A text of the unit that is a speech of a leader (ZY-16)."""

    __tablename__ = "leader_speech"
    __table_args__ = (
        UniqueConstraint("tenant_id", "leader_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "leader_id"], ["leader.tenant_id", "leader.id"]),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    leader_id: Mapped[int]
    article_id: Mapped[int]


class OfficeSort(StrEnum):
    """Whether an office is part of the unit, or a body under it."""

    INNER = "inner"
    UNDER = "under"

    @property
    def label(self) -> str:
        """The sort's name on the screen."""
        return {"inner": "内设机构", "under": "下设机构"}[self]


class Office(Termed, Model):
    """One of the unit's offices, perhaps within another one (S-19)."""

    __tablename__ = "office"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id", "parent_id"], ["office.tenant_id", "office.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "signed_id"], ["profile_decision.tenant_id", "profile_decision.id"]
        ),
    )

    head: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    duties: Mapped[str] = mapped_column(String(1000), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    sort: Mapped[OfficeSort] = mapped_column(choice(OfficeSort), default=OfficeSort.INNER)
    parent_id: Mapped[int | None]


class Change(TenantOwned, Model):
    """One proposed change of a card or of an order; never altered (a trigger sees to it)."""

    __tablename__ = "profile_change"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_profile_change_card", "tenant_id", "kind", "card_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[CardKind] = mapped_column(choice(CardKind))
    #: The card's id by its kind; 0 for an order.
    card_id: Mapped[int] = mapped_column(default=0)
    #: What the card is called after the change.
    title: Mapped[str] = mapped_column(String(80))
    #: JSON of all values: those that were public, and those that are proposed.
    before: Mapped[str]
    after: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)

    author: Mapped[Account] = relationship(lazy="raise_on_sql")
    decision: Mapped["Decision | None"] = relationship(
        lazy="raise_on_sql",
        uselist=False,
        foreign_keys="Decision.change_id",
        primaryjoin="and_(Decision.change_id == Change.id, Decision.tenant_id == Change.tenant_id)",
        viewonly=True,
    )

    @property
    def is_open(self) -> bool:
        """Whether who proposed it goes on from it: nothing is decided, or it came back to be mended."""
        return self.decision is None or self.decision.outcome is Outcome.GIVEN_BACK


class Decision(TenantOwned, Model):
    """What became of a change, on whose word; once each, and its author never signs it (S-64)."""

    __tablename__ = "profile_decision"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "change_id"),
        ForeignKeyConstraint(["tenant_id", "change_id"], ["profile_change.tenant_id", "profile_change.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    change_id: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: Name and office as they were when it was decided.
    person: Mapped[str] = mapped_column(String(40))
    office: Mapped[str] = mapped_column(String(40), default="")
    #: How who signed showed once more who they are; empty where nothing was signed.
    method: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(default=now)
