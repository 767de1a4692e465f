"""Which look holds for the current tenant, which one is prepared, and which ones there were."""

from flask import g
from sqlalchemy import select

from app.core.database import db
from app.core.lookup import one_or_404
from app.look.design import Design, design_of
from app.look.models import Look, LookDraft
from app.tenancy.models import Tenant
from app.tenancy.places import place

MOST_VERSIONS = 100


def design_now() -> Design:
    """Return the look in which pages are made: the one in force, in a preview the one that is previewed."""
    previewed = g.get("previewed_design")
    return previewed if isinstance(previewed, Design) else design_in_force(place().tenant)


def design_in_force(tenant: Tenant) -> Design:
    """Return the look that a tenant's visitors see."""
    data = {**tenant.look, "theme": tenant.theme, "palette": tenant.palette}
    return design_of(data, theme=tenant.theme, palette=tenant.palette)


def preview_in(design: Design) -> None:
    """Let the rest of the request make pages in another look."""
    g.previewed_design = design


def is_preview() -> bool:
    """Say whether pages are made for staff who try a look."""
    return "previewed_design" in g


def draft() -> LookDraft | None:
    """Return what the bound tenant prepares, if anything."""
    return db.session.scalar(select(LookDraft))


def prepared_design(of: LookDraft | None) -> Design:
    """Return the look that is prepared, in the theme in force; without one, what visitors see."""
    tenant = place().tenant
    if of is None:
        return design_in_force(tenant)
    return design_of({**of.design, "theme": tenant.theme}, theme=tenant.theme, palette=tenant.palette)


def stamp(of: LookDraft | None) -> str:
    """Return what a form was made from: the look in force and how often its successor was saved."""
    return f"{place().tenant.look.get('number', 0)}.{of.revised if of else 0}"


def versions() -> list[Look]:
    """Return the bound tenant's looks, the newest first."""
    return list(db.session.scalars(select(Look).order_by(Look.number.desc()).limit(MOST_VERSIONS)))


def version(number: int) -> Look:
    """Return one of the bound tenant's looks, or answer 404."""
    return one_or_404(select(Look).where(Look.number == number))
