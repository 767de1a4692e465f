"""The office's list of all units' columns: titles, update limits, where on the portal they lead."""

from http import HTTPStatus
from typing import Any, ClassVar

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView
from wtforms import SelectChoice

from app.content.models import Column, Section
from app.core.database import db
from app.operations import merging, services
from app.operations.forms import NO_COLUMN, ColumnForm
from app.operations.guard import at, within
from app.operations.tables import ChoiceFilter, OfficeTable
from app.tenancy.models import Tenant
from app.web.cells import Cell

SECTIONS = {Section.MAIN: "主栏目", Section.DISCLOSURE: "信息公开", Section.FOOTER: "页脚"}


class ColumnTable(OfficeTable):
    """All columns of the operator's portals and their units."""

    list_template = "office/columns.html"
    edit_template = "office/column.html"
    can_edit = True
    edit_view = ModelView.edit_view
    purpose = "各单位的栏目、更新期限，以及汇聚到门户的哪个栏目。"
    searched = (Column.title, Column.slug, Tenant.name, Tenant.slug)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position, Column.position)
    column_filters = (
        ChoiceFilter(
            "位置",
            "section",
            {
                one.value: (label, lambda one=one: Column.section == one)  # type: ignore[misc]  # The default binds it.
                for one, label in SECTIONS.items()
            },
        ),
        ChoiceFilter(
            "汇聚",
            "portal",
            {
                "yes": ("汇聚到门户", lambda: Column.portal_column_id.is_not(None)),
                "no": ("不汇聚", lambda: Column.portal_column_id.is_(None)),
            },
        ),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "title": Cell("栏目", lambda row: row.title, Column.title),
        "unit": Cell("单位", lambda row: row.unit_name, Tenant.name, wraps=True),
        "section": Cell("位置", lambda row: SECTIONS[row.section], Column.section),
        "limit": Cell(
            "更新期限", lambda row: row.max_gap_days and f"{row.max_gap_days} 天", Column.max_gap_days
        ),
        "portal": Cell("门户栏目", lambda row: row.portal_title),
        "visible": Cell("显示", lambda row: row.is_visible, Column.is_visible),
    }

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == Column.tenant_id).filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[Column]]:
        count, rows = super().get_list(*args, **kwargs)
        units = _names_of(Tenant, Tenant.name, {row.tenant_id for row in rows})
        titles = _names_of(Column, Column.title, {row.portal_column_id for row in rows})
        for row in rows:
            row.unit_name = units[row.tenant_id]
            row.portal_title = titles.get(row.portal_column_id)
        return count, rows

    def edit_form(self, obj: Column | None = None) -> ColumnForm:
        form: ColumnForm = super().edit_form(obj)
        assert obj is not None
        known = services.portal_columns(db.session.get_one(Tenant, obj.tenant_id))
        form.portal_column_id.choices = [
            SelectChoice(NO_COLUMN, "不汇聚"),
            *(SelectChoice(one.id, one.title) for one in known),
        ]
        return form

    @at("/merge/", "GET", "POST")
    def merge(self) -> ResponseReturnValue:
        """Show what merging a column means, and do it (ZY-14)."""
        column = self.get_one(request.values.get("id", "")) or abort(HTTPStatus.NOT_FOUND)
        targets = merging.targets_for(column)
        if request.method == "POST" and self._merge(column, targets):
            return self.back()
        return self.render(
            "office/merge.html",
            column=column,
            unit=db.session.get_one(Tenant, column.tenant_id),
            targets=targets,
            count=merging.count_in(column),
        )

    def _merge(self, column: Column, targets: list[Column]) -> bool:
        wanted = request.form.get("into", -1, type=int)
        into = next((one for one in targets if one.id == wanted), None)
        if into is None:
            flash("请选择并入哪个栏目。", "warning")
            return False
        says = f"“{column.title}”已并入“{into.title}”，原来的网址会自动转到新栏目。"
        return self.attempt(lambda: merging.merge_column(column, into), says)

    def scaffold_form(self) -> type[ColumnForm]:
        return ColumnForm

    def update_model(self, form: ColumnForm, model: Column) -> bool:
        return self.attempt(
            lambda: services.change_column(
                model,
                title=form.title.data,
                max_gap_days=form.max_gap_days.data,
                portal_column_id=form.portal_column_id.data or None,
                is_visible=form.is_visible.data,
                has_pictures=form.has_pictures.data,
            )
        )


def _names_of(of: Any, name: Any, ids: set[Any]) -> dict[int, str]:
    return dict(db.session.query(of.id, name).filter(of.id.in_(ids - {None})).all())
