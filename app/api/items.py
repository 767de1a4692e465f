"""The rows of the interface: how what is published is written for programs."""

from typing import Any

from flask import abort
from sqlalchemy import select

from app.content import queries as content
from app.content.attachments import file_path
from app.content.models import Article, Revision, Section
from app.core.database import db
from app.core.html import FILES, shown
from app.disclosure.amounts import NOTHING
from app.disclosure.deadlines import parsed
from app.disclosure.queries import column_amounts, decisions_by_column, rows
from app.exports import queries
from app.exports.queries import Disclosed
from app.portal import queries as portal
from app.portal.units import units_of_county
from app.tenancy.addresses import home_of_tenant
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, place
from app.tenancy.scope import bound_to

#: What a row of the catalogue says as it is stored.
IN_ROW = ("code", "area", "first", "second", "content", "basis", "channels", "audience")
PLAIN = (*("source", "source_url", "keywords", "printed_on", "effective_on", "expires_on", "correction"),)


def listed(one: Disclosed) -> dict[str, Any]:
    """Return a text as lists have it."""
    return {
        "id": one.article_id,
        "index_number": one.index_number,
        "title": one.title,
        "document_number": one.document_number,
        "unit": one.unit,
        "unit_code": one.unit_slug,
        "genre": one.genre.value,
        "genre_label": one.genre.label,
        "subject": one.subject,
        "formed_on": one.formed_on,
        "published_at": one.published_at,
        "attribute": one.attribute.label,
        "validity": one.validity.value,
        "validity_label": one.validity.label,
        "column": one.column_slug,
        "column_title": one.column,
        "summary": one.summary,
        "url": one.url,
    }


def whole(article_id: int) -> dict[str, Any]:
    """Return a text with its body and files; 404 for what this host does not tell of."""
    found = queries.one(current_tenant, article_id) or abort(404)
    with bound_to(found.tenant_id):  # What is asked further is its own unit's.
        article, revision = db.session.execute(
            select(Article, Revision)
            .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
            .where(Article.id == article_id)
        ).one()
        home = home_of_tenant(found.tenant_id)
        files = content.files_of(revision)
        return {
            **listed(found),
            **{name: getattr(revision, name) for name in PLAIN},
            "body": str(shown(revision.body, files=home + FILES)),
            "corrected_at": article.corrected_at if revision.correction else None,
            "attachments": [
                {
                    "title": file.title,
                    "url": home + file_path(file),
                    "media_type": file.media_type,
                    "size": file.size,
                    "sha256": file.sha256,
                }
                for file in files
            ],
        }


def units() -> list[dict[str, Any]]:
    """Return the units that this host tells of."""
    if not current_tenant.is_portal:
        own = place().tenant
        return [_unit(own.slug, own, place().home)]
    return [_unit(one.slug, one, one.home) for one in units_of_county().values()]


def nodes() -> list[dict[str, Any]]:
    """Return the disclosure columns of the site that was asked: whether each applies, how much it shows."""
    is_portal = current_tenant.is_portal
    amounts, decisions = column_amounts(), decisions_by_column()
    reasons = {column_id: one.reason for column_id, one in decisions.items() if not one.applies}
    return [
        {
            "code": one.slug,
            "title": one.title,
            "block": one.block,
            "source": one.source,
            "applies": one.id not in reasons,
            "reason": reasons.get(one.id, ""),
            "count": amounts.get(one.id, NOTHING).count,
            "url": canonical(one.path),
        }
        for one in content.menu_columns(content.menu_of(portal.fills()) if is_portal else content.own_menu())
        if one.section is Section.DISCLOSURE
    ]


def catalogue_rows() -> list[dict[str, Any]]:
    """Return the rows of the catalogue of the site that was asked, in their order."""
    return [
        {
            **{name: getattr(row, name) for name in IN_ROW},
            "deadline": parsed(row.deadline).label,
            "mode": row.mode.label,
            "level": row.level.label,
            "url": canonical(row.path),
        }
        for row in rows()
    ]


def _unit(code: str, one: Any, home: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": one.name,
        "kind": one.kind.value,
        "kind_label": one.kind.label,
        "url": f"{home}/",
        "phone": one.phone,
        "address": one.address,
    }
