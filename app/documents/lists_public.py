"""Plans by period, and notices of five kinds with their periods, for visitors (S-21, S-23)."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import abort, g, request

from app.content.genres import Genre
from app.core.clock import now
from app.documents import holdings, notices
from app.documents.asked import Asked
from app.documents.queries import Related
from app.documents.rows import notice_of, row_of, siblings, trail
from app.documents.shown import Document
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.documents_pages import Facet, FacetValue, NoticesPage, PlanPeriod, PlanRow, PlansPage
from app.theming.pages import Link
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

PLANS, NOTICES = "/documents/plans/", "/notices/"
#: What stands for plans that name no period, on the screen and in the address.
NO_PERIOD, WITHOUT = "未注明规划期", "none"

bp = PublicBlueprint("notices", __name__)


@bp.page(PLANS)
def plans() -> PlansPage:
    """Show plans by their period; of one period, all of them in pages."""
    g.menu_at = "documents"
    asked = replace(_asked(), genre=Genre.PLAN)
    periods = notices.periods(asked)
    chosen = request.args.get("period", "")
    if chosen:
        return _plans_of(asked, "" if chosen == WITHOUT else chosen, dict(periods))
    by_period = notices.plans_by_period(asked) if periods else {}
    adopters = notices.adopters_of([one for shown in by_period.values() for one in shown])
    return PlansPage(
        title="规划计划",
        canonical=canonical(PLANS),
        description=f"{place().tenant.unit}的中长期发展规划和年度计划，按规划期排列。",
        trail=trail("/documents/"),
        periods=tuple(_period(name, total, by_period.get(name, []), adopters) for name, total in periods),
        pager=None,
        siblings=siblings(PLANS),
    )


@bp.page(NOTICES)
def notices_page() -> NoticesPage:
    """Show notices; what the public can still object to and what was cleared up lately stands first."""
    g.menu_at = "documents"
    asked, kind, number = _asked(), _kind(), page_number()
    counts = holdings.counts(asked).of.get("genre", {})
    total = counts.get(kind, 0) if kind else sum(counts.values())
    shown = replace(asked, genre=kind)
    address = here(NOTICES) + (f"?kind={kind.value}" if kind else "")
    pages, moment = pager(number, total, address), now()
    rows = holdings.documents(shown, limit=PER_PAGE, offset=(number - 1) * PER_PAGE) if total else []
    heads = (kind,) if kind else notices.KINDS
    pinned, running = notices.standing(asked, [one for one in heads if one in counts] if number == 1 else ())
    return NoticesPage(
        title="通知公告",
        canonical=canonical(NOTICES + _query(kind, number)),
        description=f"{place().tenant.unit}的通知、通告、公告、公示、决定和辟谣澄清。",
        trail=trail("/documents/"),
        pinned=tuple(notice_of(one, moment, is_pinned=True) for one in pinned),
        running=tuple(notice_of(one, moment) for one in running),
        rows=tuple(notice_of(one, moment) for one in rows),
        kinds=_kinds(kind, counts),
        pager=pages,
        siblings=siblings(NOTICES),
    )


def _asked() -> Asked:
    is_portal = current_tenant.is_portal
    return Asked(
        portal_id=current_tenant.home_portal_id,
        tenant_id=None if is_portal else current_tenant.id,
        genres=frozenset(notices.KINDS),
    )


def _kind() -> Genre | None:
    asked = request.args.get("kind", "")
    if asked and asked not in notices.KINDS:
        abort(404)
    return Genre(asked) if asked else None


def _kinds(kind: Genre | None, counts: dict[Genre, int]) -> Facet:
    return Facet(
        "种类",
        Link("全部", here(NOTICES), current=kind is None),
        tuple(
            FacetValue(Link(one.label, here(f"{NOTICES}?kind={one.value}"), current=one is kind), counts[one])
            for one in notices.KINDS
            if one in counts
        ),
    )


def _query(kind: Genre | None, number: int) -> str:
    given = {"kind": kind.value if kind else "", "page": str(number) if number > 1 else ""}
    kept = {name: value for name, value in given.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _plans_of(asked: Asked, period: str, totals: dict[str, int]) -> PlansPage:
    total, number = totals.get(period) or abort(404), page_number()
    address = f"{PLANS}?{urlencode({'period': period or WITHOUT})}"
    pages = pager(number, total, here(address))
    shown = notices.plans_of(asked, period, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return PlansPage(
        title=f"规划计划：{period or NO_PERIOD}",
        canonical=canonical(address if number == 1 else f"{address}&page={number}"),
        trail=trail("/documents/", PLANS),
        periods=(_period(period, total, shown, notices.adopters_of(shown)),),
        pager=pages,
        siblings=siblings(PLANS),
    )


def _period(
    name: str, total: int, plans: list[Document], adopters: dict[tuple[int, int], Related]
) -> PlanPeriod:
    address = here(f"{PLANS}?{urlencode({'period': name or WITHOUT})}")
    return PlanPeriod(
        Link(name or NO_PERIOD, address),
        total,
        tuple(PlanRow(row_of(one), _adopter(adopters.get((one.unit_id, one.article_id)))) for one in plans),
    )


def _adopter(related: Related | None) -> Link | None:
    return Link(related.document_number or related.title, related.url) if related else None
