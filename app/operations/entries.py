"""What the portal shows of its units: pinning, hiding with a reason, adopting from any column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func

from app.accounts.session import current_account
from app.content.models import Article, Column, Revision
from app.core.database import db
from app.operations import queries
from app.operations.guard import at
from app.operations.tables import ChoiceFilter, OfficeTable, equals
from app.portal import services
from app.portal.models import Origin, PortalEntry
from app.tenancy.models import Tenant
from app.tenancy.scope import bound_to
from app.web.cells import Cell, Link

#: The text that the entry stands for: the one readers see, else the newest.
TEXT = func.coalesce(Article.published_id, Article.head_id)


@dataclass(frozen=True)
class Shown:
    """An entry with what is known of its article."""

    id: int
    entry: PortalEntry
    title: str
    unit: str
    column: str
    slug: str

    @property
    def href(self) -> str:
        """Where the office reads the article, whatever has become of it."""
        return url_for("publishing.show", slug=self.slug, article_id=self.entry.article_id)

    @property
    def published_at(self) -> datetime:
        return self.entry.published_at

    @property
    def standing(self) -> str:
        """Say in a word what has become of the entry."""
        entry = self.entry
        words = (
            (entry.hidden_at, f"已隐藏：{entry.hidden_reason}"),
            (not entry.is_listed, "已撤下"),
            (entry.same_as_id, "与另一条同文，合并显示"),
            (entry.pinned_at, "置顶"),
        )
        return next((word for holds, word in words if holds), "正常")


class EntryTable(OfficeTable):
    """The entries of the operator's portals."""

    list_template = "office/entries.html"
    purpose = "各单位发布后自动汇聚到门户的信息。置顶、隐藏只影响门户，不改动单位自己的页面。"
    searched = (Revision.title, Tenant.name, Tenant.slug, Column.title)
    natural_order = (PortalEntry.published_at.desc(),)
    column_filters = (
        equals("来源", "origin", PortalEntry.origin, Origin),
        ChoiceFilter(
            "状态",
            "standing",
            {
                "pinned": ("置顶", lambda: PortalEntry.pinned_at.is_not(None)),
                "hidden": ("已隐藏", lambda: PortalEntry.hidden_at.is_not(None)),
                "withdrawn": ("已撤下", lambda: PortalEntry.is_listed.is_(False)),
            },
        ),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "title": Cell("标题", lambda row: Link(row.title, row.href), Revision.title),
        "unit": Cell("单位", lambda row: row.unit, Tenant.name, wraps=True),
        "column": Cell("门户栏目", lambda row: row.column, Column.title),
        "origin": Cell("来源", lambda row: row.entry.origin.label, PortalEntry.origin),
        "standing": Cell("状态", lambda row: row.standing, wraps=True),
        "published": Cell("发布时间", lambda row: row.published_at, PortalEntry.published_at),
    }

    def limited(self, query: Any) -> Any:
        return (
            query.join(Tenant, Tenant.id == PortalEntry.unit_id)
            .join(
                Article, (Article.id == PortalEntry.article_id) & (Article.tenant_id == PortalEntry.unit_id)
            )
            .join(Revision, (Revision.id == TEXT) & (Revision.tenant_id == Article.tenant_id))
            .join(Column, (Column.id == PortalEntry.column_id) & (Column.tenant_id == PortalEntry.tenant_id))
            .filter(PortalEntry.tenant_id.in_(self.portals))
        )

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[Shown]]:
        count, rows = super().get_list(*args, **kwargs)
        ids = [row.id for row in rows]
        told = self.limited(
            db.session.query(
                PortalEntry.id, Revision.title, Tenant.name, Column.title, Tenant.slug
            ).select_from(PortalEntry)
        )
        of_id = {found[0]: found for found in told.filter(PortalEntry.id.in_(ids))}
        return count, [Shown(row.id, row, *tuple(of_id[row.id])[1:]) for row in rows]

    @at("/pin/", "POST")
    def pin(self) -> ResponseReturnValue:
        """Hold an entry at the head of its list."""
        return self._act(lambda entry: services.pin(entry, current_account(), is_pinned=True), "已置顶。")

    @at("/unpin/", "POST")
    def unpin(self) -> ResponseReturnValue:
        """Let a pinned entry go."""
        return self._act(
            lambda entry: services.pin(entry, current_account(), is_pinned=False), "已取消置顶。"
        )

    @at("/hide/", "POST")
    def hide(self) -> ResponseReturnValue:
        """Take an entry off the portal's lists, with a reason."""
        reason = request.form.get("reason", "")[:200]
        return self._act(
            lambda entry: services.hide(entry, current_account(), reason=reason),
            "已从门户的列表中隐藏，单位自己的页面不受影响。",
        )

    @at("/show/", "POST")
    def show(self) -> ResponseReturnValue:
        """List a hidden entry again."""
        return self._act(lambda entry: services.show(entry, current_account()), "已恢复显示。")

    @at("/adopt/", "GET", "POST")
    def adopt(self) -> ResponseReturnValue:
        """Look for a public article of any unit, and list it in a column of the portal."""
        portals = queries.portals_among(self.portals)
        asked = request.values.get("portal", portals[0].slug)
        portal = next((one for one in portals if one.slug == asked), None) or abort(HTTPStatus.NOT_FOUND)
        if request.method == "POST" and self._adopt(portal):
            return self.back()
        words = request.values.get("words", "").replace("\x00", "")[:60]
        return self.render(
            "office/adopt.html",
            portals=portals,
            portal=portal,
            words=words,
            columns=queries.list_columns_of(portal.id),
            found=queries.adoptable(portal.id, words=words) if words.strip() else None,
        )

    def _adopt(self, portal: Tenant) -> bool:
        article, unit, column = (
            request.form.get(name, -1, type=int) for name in ("article", "unit", "column")
        )
        portal_id = portal.id

        def act() -> None:
            with bound_to(portal_id):
                services.adopt(article, unit, column, current_account())

        return self.attempt(act, "已采用，门户栏目中立即可见。")

    def _act(self, act: Callable[[PortalEntry], None], says: str) -> ResponseReturnValue:
        entry = self.asked()
        self.attempt(lambda: act(entry), says)
        return self.back()
