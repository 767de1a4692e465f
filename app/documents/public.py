"""The library for visitors: official documents by facets and by number, of one unit or of all."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, g, request
from sqlalchemy import select

from app.content.genres import Genre
from app.content.states import Validity
from app.content.vocabulary import subjects
from app.core.database import db
from app.documents import holdings
from app.documents.asked import Asked
from app.documents.holdings import Counts
from app.documents.numbers import LONGEST, number_in
from app.documents.rows import row_of, siblings, trail
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantState
from app.tenancy.places import canonical, here, place
from app.tenancy.shared import shared
from app.theming.documents_pages import Facet, FacetValue, LibraryPage, NumberForm
from app.theming.pages import Link
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

HOME = "/documents/"
#: What may stand in the address, in the order in which it is written there.
NAMES = ("number", "unit", "genre", "subject", "year", "validity", "sort")
UNREADABLE = "没有认出文号。可以这样填：永政办发〔2007〕89号、[2007]89、2007 89号、89号。"
NOTHING = "没有找到这个文号的文件。请核对年份和序号，或者只填序号再找。"
Value = TypeVar("Value")

bp = PublicBlueprint("documents", __name__)


@bp.page(HOME)
def shelf() -> LibraryPage:
    """Show official documents, of the unit or of the whole county (S-20)."""
    g.menu_at = "documents"
    given = _given()
    asked, number = _asked(given), page_number()
    is_readable = not given.get("number") or asked.number is not None
    counted = _counted(given, "counts", partial(holdings.counts, asked)) if is_readable else Counts(0, {})
    pages = pager(number, counted.total, _address(given))
    offset = (number - 1) * PER_PAGE
    found = holdings.documents(asked, limit=PER_PAGE, offset=offset) if counted.total else []
    return LibraryPage(
        title="文件库",
        canonical=canonical(_path(given, number)),
        description=f"{place().tenant.unit}公开的政策性、规范性文件，可以按文号、体裁、主题、年份和有效性查找。",
        trail=trail(),
        rows=tuple(row_of(one) for one in found),
        facets=tuple(facet for facet in _facets(asked, given, counted) if facet.values),
        form=_form(given, is_readable=is_readable, has_found=bool(counted.total)),
        sorts=(
            Link("按发布日期", _address(given | {"sort": ""}), current=not asked.by_date),
            Link("按成文日期", _address(given | {"sort": "formed"}), current=asked.by_date),
        ),
        pager=pages,
        siblings=siblings(HOME),
    )


def _given() -> dict[str, str]:
    """Return what the address asks for, of what may be asked; what was not asked is left out."""
    sent = {name: " ".join(request.args.get(name, "").split()) for name in NAMES}
    return {name: value[: 2 * LONGEST] for name, value in sent.items() if value}


def _asked(given: dict[str, str]) -> Asked:
    """Read the address; a value that no link leads to answers 404."""
    asked = Asked(
        portal_id=current_tenant.home_portal_id,
        tenant_id=_unit(given.get("unit", "")),
        number=number_in(given.get("number", "")),
        by_date=given.get("sort") == "formed",
    )
    try:
        genre = Genre(given["genre"]) if "genre" in given else None
        validity = Validity(given["validity"]) if "validity" in given else None
    except ValueError:
        abort(404)
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdecimal() and len(year) == len("2007")):
        abort(404)
    if genre and genre not in asked.genres:
        abort(404)
    return replace(
        asked,
        genre=genre,
        validity=validity,
        subject=given.get("subject", "") if given.get("subject", "") in subjects() else "",
        year=int(year) if year else None,
    )


def _unit(slug: str) -> int | None:
    """Return whose documents are asked for: a unit's own subsite has no others."""
    if not current_tenant.is_portal:
        return current_tenant.id
    if not slug:
        return None
    of_portal = (Tenant.portal_id == current_tenant.id) | (Tenant.id == current_tenant.id)
    found = select(Tenant.id).where(Tenant.slug == slug, of_portal, Tenant.state == TenantState.OPEN)
    return db.session.scalar(found) or abort(404)


def _counted(given: dict[str, str], what: str, count: Callable[[], Value]) -> Value:
    """Count; what is counted of a library that nobody has narrowed is the same on each of its pages."""
    return shared(f"documents.{what}", count) if given.keys() <= {"sort"} else count()


def _facets(asked: Asked, given: dict[str, str], counted: Counts) -> list[Facet]:
    labels: dict[str, dict[Any, str]] = {
        "genre": {genre: genre.label for genre in Genre},
        "subject": dict(subjects()),
        "year": {year: f"{year} 年" for year in sorted(counted.of.get("year", {}), reverse=True)},
        "validity": {validity: validity.label for validity in Validity},
    }
    titles = {"genre": "体裁", "subject": "主题", "year": "年份", "validity": "有效性"}
    facets = [
        _facet(
            titles[name],
            name,
            given,
            [(str(value), label, counted.of.get(name, {}).get(value, 0)) for value, label in of_name.items()],
        )
        for name, of_name in labels.items()
    ]
    if current_tenant.is_portal and counted.of:
        facets.append(_of_units(asked, given))
    return facets


def _of_units(asked: Asked, given: dict[str, str]) -> Facet:
    units, of_all = _counted(given, "units", partial(holdings.counts_by_unit, asked))
    further = of_all - len(units)
    others = Link(f"还有 {further} 个单位，文件见各单位子站", here("/units/")) if further else None
    return replace(_facet("单位", "unit", given, units), others=others)


def _facet(title: str, name: str, given: dict[str, str], values: list[tuple[str, str, int]]) -> Facet:
    chosen = given.get(name, "")
    return Facet(
        title,
        Link("全部", _address(given | {name: ""}), current=not chosen),
        tuple(
            FacetValue(Link(label, _address(given | {name: value}), current=value == chosen), count)
            for value, label, count in values
            if count or value == chosen
        ),
    )


def _form(given: dict[str, str], *, is_readable: bool, has_found: bool) -> NumberForm:
    written = given.get("number", "")
    says = "" if is_readable else UNREADABLE
    if written and is_readable and not has_found:
        says = NOTHING
    kept = tuple((name, value) for name, value in given.items() if name != "number")
    return NumberForm(here(HOME), written, kept, says)


def _address(given: dict[str, str]) -> str:
    return here(HOME) + _query(given)


def _path(given: dict[str, str], number: int) -> str:
    return HOME + _query(given | ({"page": str(number)} if number > 1 else {}))


def _query(given: dict[str, str]) -> str:
    kept = {name: value for name, value in given.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
