"""The office's lists of words: the county's, which hold for all units, and the units' own to look at."""

from typing import Any, ClassVar

from flask.typing import ResponseReturnValue
from flask_admin.contrib.sqla import ModelView

from app.checks.models import WordEntry, WordKind
from app.checks.wordlists import drop_word, put_word
from app.checks.words_console import WordForm
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations import queries
from app.operations.guard import at, within
from app.operations.tables import OfficeTable, equals
from app.tenancy.current import entered
from app.tenancy.models import Tenant
from app.web.cells import Cell

ONLY_PORTAL = "单位的词由单位自己的子站管理员维护。"


class WordTable(OfficeTable):
    """The words of the operator's portals and their units."""

    list_template = "office/words.html"
    create_template = "office/word.html"
    can_create = True
    create_view = ModelView.create_view
    create_label = "增加县级的词"
    purpose = "县级的词对所有单位有效，单位的词只对本单位有效。改动后用 flask checks rescan 复查。"
    searched = (WordEntry.text, WordEntry.correction, Tenant.name, Tenant.slug)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position, WordEntry.text)
    column_filters = (equals("处理", "kind", WordEntry.kind, WordKind),)
    cells: ClassVar[dict[str, Cell]] = {
        "text": Cell("词", lambda row: row.text, WordEntry.text),
        "unit": Cell("谁的词表", lambda row: row.unit_name, Tenant.name, wraps=True),
        "kind": Cell("处理", lambda row: row.kind.label, WordEntry.kind),
        "correction": Cell("正确写法", lambda row: row.correction, WordEntry.correction),
        "note": Cell("说明", lambda row: row.note, wraps=True),
        "changed": Cell("最近改动", lambda row: row.changed_at, WordEntry.changed_at),
    }

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == WordEntry.tenant_id).filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[WordEntry]]:
        count, rows = super().get_list(*args, **kwargs)
        units = db.session.query(Tenant.id, Tenant.name).filter(
            Tenant.id.in_({row.tenant_id for row in rows})
        )
        names: dict[int, str] = dict(units.all())
        for row in rows:
            row.unit_name = names[row.tenant_id]
            row.is_county = row.tenant_id in self.portals
        return count, rows

    def scaffold_form(self) -> type[WordForm]:
        return WordForm

    def create_model(self, form: WordForm) -> bool:
        return self.attempt(lambda: self._put(form))

    def _put(self, form: WordForm) -> None:
        """Put a word on the list of each of the operator's portals; usually there is one."""
        for portal in queries.portals_among(self.portals):
            with entered(portal):
                put_word(
                    form.text.data,
                    WordKind(form.kind.data),
                    correction=form.correction.data or "",
                    note=form.note.data or "",
                )

    @at("/remove/", "POST")
    def remove(self) -> ResponseReturnValue:
        """Take a word from the county's list."""
        entry = self.asked()
        text = entry.text
        self.attempt(lambda: self._drop(entry), f"“{text}”已从县级词表移除。")
        return self.back()

    def _drop(self, entry: WordEntry) -> None:
        if entry.tenant_id not in self.portals:
            raise RuleBroken(ONLY_PORTAL)
        drop_word(entry)
