"""The office's page of the banners over its county's pages."""

from http import HTTPStatus

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core.clock import now
from app.core.database import db
from app.operations import queries
from app.operations.banners import Wanted, end_banner, set_banner
from app.operations.guard import OfficeView, at, within
from app.portal.banners import Banner, Level, titled
from app.tenancy.models import Tenant, TenantState

MOST_SHOWN = 50


class BannersView(OfficeView):
    """The banners of the person's county, and a form for another."""

    @at("/", "GET", "POST")
    def index(self) -> ResponseReturnValue:
        """Show the banners; set the one that is sent."""
        if request.method == "GET":
            return self._page()
        form = request.form
        wanted = Wanted(
            article=form.get("article", 0, type=int) or 0,
            level=form.get("level", ""),
            begins=form.get("begins", ""),
            ends=form.get("ends", ""),
            units=frozenset(form.getlist("units")),
        )
        portal = self._portal()
        says = "已设置：到时自动出现，结束后自动消失；信息撤回时也马上消失。"
        if self.attempt(lambda: set_banner(portal, wanted), says):
            return redirect(self.get_url(".index"), HTTPStatus.SEE_OTHER)
        return self._page(), HTTPStatus.CONFLICT

    @at("/end/", "POST")
    def end(self) -> ResponseReturnValue:
        """Take a banner away now, or call it off."""
        asked = request.form.get("id", -1, type=int)
        found = select(Banner).where(Banner.portal_id.in_(self.portals), Banner.id == asked)
        row = db.session.scalar(found) if 0 < asked < 2**31 else None
        if row is None:
            abort(HTTPStatus.NOT_FOUND)
        self.attempt(lambda: end_banner(row), "已结束：横幅不再显示。")
        return redirect(self.get_url(".index"), HTTPStatus.SEE_OTHER)

    def _page(self) -> str:
        portal = self._portal()
        of_portal = select(Banner).where(Banner.portal_id == portal.id)
        rows = db.session.scalars(of_portal.order_by(Banner.ends_at.desc()).limit(MOST_SHOWN)).all()
        units = select(Tenant).where(within({portal.id}), Tenant.state == TenantState.OPEN)
        found = db.session.scalars(units.order_by(Tenant.portal_id.is_not(None), Tenant.position)).all()
        return self.render(
            "office/banners.html",
            rows=[(row, next(iter(titled(portal.id, row.article_id)), None)) for row in rows],
            texts=titled(portal.id),
            levels=list(Level),
            units=found,
            names={unit.id: unit.name for unit in found},
            portals=queries.portals_among(self.portals),
            portal=portal,
            typed=request.form,
            now=now(),
        )

    def _portal(self) -> Tenant:
        portals = queries.portals_among(self.portals)
        wanted = request.values.get("portal", portals[0].slug)
        return next((one for one in portals if one.slug == wanted), None) or abort(HTTPStatus.NOT_FOUND)
