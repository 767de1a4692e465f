"""What search keeps: an entry for each public text, the text's tokens, and how often words were asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.database import Model
from app.tenancy.scope import TenantOwned


class Tokens(TypeDecorator[Any]):
    """Tokens as each engine indexes them: exactly these, for no parser of an engine is to cut them anew.

    They are letters and digits only (segment.py), so that quoting them is safe.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        quote = "'" if dialect.name == "postgresql" else ""
        return " ".join(f"{quote}{token}{quote}" for token in value or ())


class SearchEntry(TenantOwned, Model):
    """A text that readers see, or will see at its minute."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        ForeignKeyConstraint(["tenant_id", "revision_id"], ["revision.tenant_id", "revision.id"]),
        Index("ix_search_entry_title", "title_key"),
    )

    #: The second of the publication and the article (placed_at): whoever counts down meets the newest first.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int]
    #: The text whose tokens are kept, by which it is seen whether they are those of what readers see.
    revision_id: Mapped[int]
    #: The title without spaces, signs and widths: who asks for a title finds it.
    title_key: Mapped[str] = mapped_column(String(120))
    #: The column's type as it was told to the index.
    column_type: Mapped[str] = mapped_column(String(20))


class SearchText(Model):
    """The tokens of an entry, by its id: a table of FTS5 on SQLite, two vectors with GIN on PostgreSQL.

    They stand apart from the entry because of PostgreSQL's row-level security: under a policy an index serves
    only operators that are marked leakproof, and @@ is none: every search would read every row. What stands
    here is a heap of fragments; who asks gets to it by way of the entry, which the policies do guard.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        Index("ix_search_text_title", "title", postgresql_using="gin"),
        Index("ix_search_text_everything", "everything", postgresql_using="gin"),
    )

    rowid: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: Title and numbers; and what a search may be narrowed by (facets.py).
    title: Mapped[Any] = mapped_column(Tokens())
    #: The same, and body, particulars and files.
    everything: Mapped[Any] = mapped_column(Tokens())


class SearchCount(TenantOwned, Model):
    """How often a term was asked for on a subsite on a day; nothing says by whom."""

    __tablename__ = "search_count"
    __table_args__ = (
        UniqueConstraint("tenant_id", "day", "term"),
        Index("ix_search_count_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    term: Mapped[str] = mapped_column(String(40))
    count: Mapped[int] = mapped_column(default=0)
    without_result: Mapped[int] = mapped_column(default=0)
