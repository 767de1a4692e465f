"""The office's page of the days of mourning (MG-01)."""

from http import HTTPStatus

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core.clock import now
from app.core.database import db
from app.operations import queries
from app.operations.guard import OfficeView, at, within
from app.operations.mourning import Period, end_mourning, set_mourning
from app.tenancy.models import Mourning, Tenant, TenantState

FIELDS = ("begins", "ends", "reason")
MOST_SHOWN = 50


class MourningView(OfficeView):
    """The periods of the person's county, and a form for another."""

    @at("/", "GET", "POST")
    def index(self) -> ResponseReturnValue:
        """Show the periods; set the one that is sent."""
        if request.method == "GET":
            return self._page()
        form = request.form
        begins, ends, reason = (form.get(name, "") for name in FIELDS)
        typed = Period(begins, ends, reason, frozenset(form.getlist("units")))
        says = "已设置：到时页面自动变灰，结束后自动恢复。"
        if self.attempt(lambda: set_mourning(self._portal(), typed), says):
            return redirect(self.get_url(".index"), HTTPStatus.SEE_OTHER)
        return self._page(), HTTPStatus.CONFLICT

    @at("/end/", "POST")
    def end(self) -> ResponseReturnValue:
        """End a period now, or call it off."""
        asked = request.form.get("id", "")
        wanted = select(Mourning).where(Mourning.portal_id.in_(self.portals))
        row = db.session.scalar(wanted.where(Mourning.id == int(asked))) if _is_id(asked) else None
        if row is None:
            abort(HTTPStatus.NOT_FOUND)
        self.attempt(lambda: end_mourning(row), "已结束：页面恢复原来的颜色。")
        return redirect(self.get_url(".index"), HTTPStatus.SEE_OTHER)

    def _page(self) -> str:
        periods = select(Mourning).where(Mourning.portal_id.in_(self.portals))
        units = select(Tenant).where(within(self.portals), Tenant.state == TenantState.OPEN)
        found = db.session.scalars(units.order_by(Tenant.portal_id.is_not(None), Tenant.position)).all()
        return self.render(
            "office/mourning.html",
            periods=db.session.scalars(periods.order_by(Mourning.ends_at.desc()).limit(MOST_SHOWN)).all(),
            units=found,
            names={unit.id: unit.name for unit in found},
            portals=queries.portals_among(self.portals),
            typed=request.form,
            now=now(),
        )

    def _portal(self) -> Tenant:
        portals = queries.portals_among(self.portals)
        wanted = request.form.get("portal", portals[0].slug)
        return next((one for one in portals if one.slug == wanted), None) or abort(HTTPStatus.NOT_FOUND)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004 - within an integer column
