"""What stands beside a title and a text, parts of official documents and genres; and beside a file."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class Particulars:
    """Mixin of the revision: what only some genres have; empty everywhere else."""

    #: What else stands on an official document: 发文机关 签发人 主送 抄送 印发机关 附注.
    issuer: Mapped[str] = mapped_column(String(80), default="")
    signatory: Mapped[str] = mapped_column(String(40), default="")
    recipients: Mapped[str] = mapped_column(String(300), default="")
    copies: Mapped[str] = mapped_column(String(500), default="")
    printer: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(120), default="")
    #: Codes of tenants/rules/subjects.toml and audiences.toml: two of the four ways to classify.
    subject: Mapped[str] = mapped_column(String(20), default="")
    audience: Mapped[str] = mapped_column(String(20), default="")
    #: From which day a document holds, and its last day, where it names them.
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    #: Of a public notice period (公示): from which minute to which the public may object, and where (S-21).
    period_from: Mapped[datetime | None]
    period_until: Mapped[datetime | None]
    contact: Mapped[str] = mapped_column(String(120), default="")
    #: Of a plan: the years it is for, such as 十四五 or 2026年 (S-23).
    plan_period: Mapped[str] = mapped_column(String(20), default="")
    #: Of a clarification: the rumour that it answers (GK-12).
    answers: Mapped[str] = mapped_column(String(200), default="")


class Measures:
    """Mixin of the file: what only pictures have."""

    #: In dots; None where it is no picture, or was not measured.
    width: Mapped[int | None]
    height: Mapped[int | None]
    #: The names of its smaller sizes, with a space between them, such as ``480.jpg 480.webp``.
    sizes: Mapped[str] = mapped_column(String(120), default="", server_default="")
