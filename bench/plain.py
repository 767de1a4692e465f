"""What a programmer would write for three of our pages alone: Flask, SQLAlchemy Core, one Jinja template.

It reads the same database as the platform: the tenant by its host; for a home the columns and the newest
entries of each; for a column one page of its entries and how many there are; for an article its text. It has
no tenancy fence, no roles of the database, no menus, no metadata, no neighbours, relations, attachments or
short addresses, no display settings, no theme or look of a unit, no security headers, no kept pages, no
visits counted, no redirect and no notice about anything that is gone.

It shows so many of its list rows once more as the address asks (``?more=40&blanks=12``): a page of ours
carries what is left out above, and two pages are compared that are equally long.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import cycle, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, abort, render_template, request
from sqlalchemy import Connection, DateTime, TextClause, create_engine, text

PER_PAGE, IN_BLOCK = 20, 7
ZONE = ZoneInfo("Asia/Shanghai")
TENANT = text(
    "SELECT tenant.id, tenant.name, tenant.unit, tenant.phone, tenant.address"
    " FROM host JOIN tenant ON tenant.id = host.tenant_id WHERE host.name = :host"
)
FIELDS = (
    "article.id, site_column.slug, site_column.title AS heading, revision.title,"
    " revision.document_number, article.first_published_at"
)
PUBLISHED = (
    " FROM article JOIN revision ON revision.id = article.published_id"
    " JOIN site_column ON site_column.id = article.column_id"
)


def _dated(*parts: str) -> TextClause:
    """Return a statement whose moments come as such from every database."""
    return text("".join(parts)).columns(first_published_at=DateTime(timezone=True))  # type: ignore[return-value]


NEWEST = _dated(
    "SELECT * FROM (SELECT ",
    FIELDS,
    ", site_column.position, row_number() OVER (PARTITION BY article.column_id"
    " ORDER BY article.first_published_at DESC, article.id DESC) AS place",
    PUBLISHED,
    " WHERE article.tenant_id = :tenant AND site_column.section = 'main'",
    " AND site_column.layout = 'list') AS listed WHERE place <= :limit ORDER BY position, place",
)
COLUMN = text("SELECT id, title, description FROM site_column WHERE tenant_id = :tenant AND slug = :slug")
COUNT = text("SELECT count(*) FROM article WHERE column_id = :column AND published_id IS NOT NULL")
LISTED = _dated(
    f"SELECT {FIELDS}{PUBLISHED} WHERE article.column_id = :column"
    " ORDER BY article.first_published_at DESC, article.id DESC LIMIT :limit OFFSET :offset"
)
ARTICLE = _dated(
    f"SELECT {FIELDS}, revision.body, revision.source{PUBLISHED}"
    " WHERE article.tenant_id = :tenant AND article.id = :article"
)


class Plain(Flask):
    """The application; gunicorn's configuration calls what builds ours."""

    def build(self) -> None:
        """Do nothing."""


app = Plain(__name__, template_folder=".", static_folder=None)
engine = create_engine(os.environ.get("PLAIN_DATABASE_URL", "sqlite://"))


@app.get("/readyz")
def ready() -> str:
    """Say that the worker serves."""
    return "ok"


@app.get("/")
def home() -> str:
    """Show the newest entries of each column."""
    with engine.connect() as link:
        tenant = _tenant(link)
        found = _rows(link, NEWEST, tenant=tenant["id"], limit=IN_BLOCK)
    blocks = [(slug, list(rows)) for slug, rows in groupby(found, key=itemgetter("slug"))]
    return _page(tenant, tenant["name"], found, blocks=blocks)


@app.get("/<slug>/")
def column(slug: str) -> str:
    """Show a page of a column's entries, newest first."""
    number = max(1, request.args.get("page", 1, type=int))
    with engine.connect() as link:
        tenant = _tenant(link)
        shown = _one(link, COLUMN, tenant=tenant["id"], slug=slug)
        total = link.scalar(COUNT, {"column": shown["id"]}) or 0
        listed = {"column": shown["id"], "limit": PER_PAGE, "offset": PER_PAGE * (number - 1)}
        found = _rows(link, LISTED, **listed)
    pager = {"number": number, "pages": -(-total // PER_PAGE)}
    return _page(tenant, shown["title"], found, column=shown, rows=found, slug=slug, **pager)


@app.get("/<slug>/<yyyy>/<mm>/<int:article_id>.html")
def article(slug: str, yyyy: str, mm: str, article_id: int) -> str:  # noqa: ARG001 - parts of the address
    """Show one article."""
    with engine.connect() as link:
        tenant = _tenant(link)
        (found,) = _rows(link, ARTICLE, tenant=tenant["id"], article=article_id) or abort(404)
    return _page(tenant, found["title"], [found], article=found)


def _tenant(link: Connection) -> Mapping[str, Any]:
    return _one(link, TENANT, host=request.host.partition(":")[0].lower())


def _one(link: Connection, statement: TextClause, **values: object) -> Mapping[str, Any]:
    found = link.execute(statement, values).mappings().first()
    return dict(found) if found else abort(404)


def _rows(link: Connection, statement: TextClause, **values: object) -> list[dict[str, Any]]:
    found = link.execute(statement, values).mappings()
    return [{**row, "moment": _local(row["first_published_at"])} for row in found]


def _local(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZONE)


def _page(tenant: Mapping[str, Any], title: str, found: Iterable[Any], /, **words: object) -> str:
    more = islice(cycle(found), request.args.get("more", 0, type=int))
    blanks = " " * request.args.get("blanks", 0, type=int)
    return render_template("plain.html", tenant=tenant, title=title, more=more, blanks=blanks, **words)


def address(data: Path) -> dict[str, str]:
    """Return the setting that leads to a demonstration's data."""
    return {"PLAIN_DATABASE_URL": f"sqlite:///{data / 'ziwang.db'}"}
