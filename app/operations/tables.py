"""What all lists of the office are: tables of an operator's portals, searched, filtered and exported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView
from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_admin.model.base import ViewArgs
from sqlalchemy import func, or_
from wtforms import Form

from app.core.clock import today
from app.core.database import db
from app.operations.guard import OfficeView, at
from app.web.cells import Cell, csv_of

LONGEST_SEARCH = 60
LAST_PAGE = 100_000
LARGEST_ID = 2**63 - 1
MOST_EXPORTED = 20_000


class ChoiceFilter(BaseSQLAFilter):
    """Keeps the rows for which one of a few conditions holds, chosen from a drop-down list."""

    def __init__(self, name: str, key: str, choices: Mapping[str, tuple[str, Callable[[], Any]]]) -> None:
        super().__init__(None, name)
        #: The name in the address.
        self.key = f"flt_{key}"
        self.choices = choices

    def validate(self, value: str) -> bool:
        """Say whether the value is one of the choices."""
        return value in self.choices

    def apply(self, query: Any, value: str, alias: Any = None) -> Any:  # noqa: ARG002 - called by Flask-Admin
        """Add the chosen condition."""
        return query.filter(self.choices[value][1]())

    def operation(self) -> str:
        """Name the comparison, which Flask-Admin asks for."""
        return "是"


def equals(name: str, key: str, column: Any, members: Iterable[Any]) -> ChoiceFilter:
    """Return a filter by the value of an enumeration."""

    def is_one(member: Any) -> Callable[[], Any]:
        return lambda: column == member

    return ChoiceFilter(name, key, {one.value: (one.label, is_one(one)) for one in members})


class OfficeTable(OfficeView, ModelView):
    """A list of rows, with what the office may do to each; nothing is ever deleted or edited in place."""

    list_template = "office/list.html"
    edit_template = "office/edit.html"
    create_template = "office/edit.html"
    can_create = False
    can_edit = False
    can_delete = False
    page_size = 30

    # What Flask-Admin would also answer to, and the office has no use for.
    ajax_lookup = None
    ajax_update = None
    action_view = None
    delete_view = None
    details_view = None
    create_view: Any = None
    edit_view = None

    #: What the list shows, from left to right.
    cells: ClassVar[dict[str, Cell]] = {}
    #: What the search looks into.
    searched: ClassVar[tuple[Any, ...]] = ()
    #: One sentence under the heading.
    purpose = ""
    #: How the newest come first, or whatever order is natural.
    natural_order: ClassVar[tuple[Any, ...]] = ()

    def limited(self, query: Any) -> Any:
        """Join what the list shows, and keep to the rows of the operator's portals."""
        raise NotImplementedError

    def loaded(self, query: Any) -> Any:
        """Load with each row what its cells show."""
        return query

    def get_query(self) -> Any:
        """Return the query for the list and for a single row."""
        return self.loaded(self.limited(db.session.query(self.model)))

    def get_count_query(self) -> Any:
        """Return the query for the number of rows."""
        return self.limited(db.session.query(func.count(self.model.id)).select_from(self.model))

    def get_one(self, id: Any) -> Any:  # noqa: A002 - Flask-Admin's name
        """Return one of the operator's rows; what is another portal's does not exist."""
        wanted = str(id)
        if not wanted.isascii() or not wanted.isdecimal() or int(wanted) > LARGEST_ID:
            abort(404)
        return self.get_query().filter(self.model.id == int(wanted)).one_or_none() or abort(404)

    def asked(self) -> Any:
        """Return the row that a sent form is about."""
        return self.get_one(request.form.get("id", ""))

    @at("/export/csv/")
    def export(self) -> ResponseReturnValue:
        """Hand out the rows that the list shows, as a file for a spreadsheet."""
        asked = self._get_list_extra_args()
        _, rows = self.get_list(
            0, self._sort_of(asked), asked.sort_desc, asked.search, asked.filters, page_size=MOST_EXPORTED
        )
        cells = self.cells.values()
        table = csv_of([cell.label for cell in cells], ([cell.of(row) for cell in cells] for row in rows))
        name = f"{self.endpoint.removeprefix('office_')}-{today():%Y%m%d}.csv"
        return Response(
            table, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def export_url(self) -> str:
        """Return where the rows that the list shows can be had as a file."""
        asked = self._get_list_extra_args()
        kept = {"sort": asked.sort, "desc": 1 if asked.sort_desc else None, "search": asked.search}
        return str(self.get_url(".export", **kept, **self._get_filters(asked.filters)))

    # What follows tells Flask-Admin how this table answers its questions.

    def get_list_columns(self) -> list[tuple[str, str]]:
        return [(name, cell.label) for name, cell in self.cells.items()]

    def get_export_columns(self) -> list[tuple[str, str]]:
        return self.get_list_columns()

    def get_sortable_columns(self) -> dict[str, Any]:
        return {name: cell.sort for name, cell in self.cells.items() if cell.sort is not None}

    def init_search(self) -> bool:
        return bool(self.searched)

    def scaffold_form(self) -> type[Form]:
        return Form  # type: ignore[no-any-return]  # WTForms says nothing of its types.

    def handle_filter(self, filter: ChoiceFilter) -> ChoiceFilter:  # noqa: A002 - Flask-Admin's name
        return filter

    def _refresh_filters_cache(self) -> None:
        self._filters = self.get_filters()
        self._filter_groups = None
        self._filter_args = None

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        asked = [
            (index, one.name, request.args.get(one.key, "")) for index, one in enumerate(self._filters or ())
        ]
        return [(index, name, value) for index, name, value in asked if self._filters[index].validate(value)]

    def _get_filters(self, filters: Sequence[tuple[int, str, str]] | None) -> dict[str, str]:
        return {self._filters[index].key: value for index, _, value in filters or ()}

    def _get_list_extra_args(self) -> ViewArgs:
        """Read the address; what is not ours must not reach the making of other addresses."""
        page = request.args.get("page", 0, type=int)
        words = request.args.get("search", "").replace("\x00", "").strip()
        return ViewArgs(
            page=min(max(page, 0), LAST_PAGE),
            sort=request.args.get("sort", None, type=int),
            sort_desc=request.args.get("desc", None, type=int),
            search=words[:LONGEST_SEARCH],
            filters=self._get_list_filter_args(),
        )

    def _apply_search(
        self, query: Any, count_query: Any, joins: Any, count_joins: Any, search: str
    ) -> tuple[Any, Any, Any, Any]:
        for word in search.split():
            found = or_(*(column.icontains(word, autoescape=True) for column in self.searched))
            query, count_query = query.filter(found), count_query.filter(found)
        return query, count_query, joins, count_joins

    def _apply_sorting(self, query: Any, joins: Any, sort_column: Any, sort_desc: bool) -> tuple[Any, Any]:  # noqa: FBT001
        asked = self._sortable_columns.get(sort_column)
        if asked is not None:
            query = query.order_by(asked.desc() if sort_desc else asked)
        return query.order_by(*self.natural_order, self.model.id), joins

    def _sort_of(self, asked: ViewArgs) -> str | None:
        found = self._get_column_by_idx(asked.sort)
        return found[0] if found else None
