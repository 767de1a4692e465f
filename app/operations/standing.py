"""The office's list of what the last rescan found in public texts, by unit."""

from typing import Any, ClassVar

from flask import url_for

from app.accounts.permissions import Permission
from app.checks.hits import Severity
from app.checks.models import CheckHit
from app.checks.rulebook import rulebook
from app.content.models import Article
from app.core.clock import today
from app.core.database import db
from app.operations.guard import within
from app.operations.tables import OfficeTable, equals
from app.tenancy.models import Tenant
from app.web.cells import Cell, Link


class StandingTable(OfficeTable):
    """Hits in texts that readers see now; what was corrected since is left out."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})
    list_template = "office/standing.html"
    purpose = "最近一次复查发现的问题，按单位排列，可导出后发给单位整改。复查用 flask checks rescan。"
    searched = (Tenant.name, Tenant.slug, CheckHit.rule, CheckHit.place, CheckHit.why)
    natural_order = (Tenant.portal_id.is_not(None), Tenant.position, CheckHit.severity.desc())
    column_filters = (equals("级别", "severity", CheckHit.severity, Severity),)
    cells: ClassVar[dict[str, Cell]] = {
        "unit": Cell("单位", lambda row: row.unit.name, Tenant.name),
        "severity": Cell("级别", lambda row: row.severity.label, CheckHit.severity),
        "rule": Cell("规则", lambda row: row.rule_title, CheckHit.rule),
        "place": Cell("位置", lambda row: Link(row.place, row.address), CheckHit.place, wraps=True),
        "why": Cell("问题", lambda row: row.why, wraps=True),
        "excerpt": Cell("原文（已遮盖）", lambda row: row.excerpt, wraps=True),
        "found": Cell("发现时间", lambda row: row.found_at, CheckHit.found_at),
    }

    def limited(self, query: Any) -> Any:
        is_shown = (Article.published_id == CheckHit.revision_id) & (Article.tenant_id == CheckHit.tenant_id)
        joined = query.join(Tenant, Tenant.id == CheckHit.tenant_id).join(Article, is_shown)
        return joined.filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[CheckHit]]:
        count, rows = super().get_list(*args, **kwargs)
        units = db.session.query(Tenant).filter(Tenant.id.in_({row.tenant_id for row in rows}))
        known = {unit.id: unit for unit in units}
        rules = rulebook(today())
        for row in rows:
            row.unit = known[row.tenant_id]
            row.rule_title = rules[row.rule].title if row.rule in rules else row.rule
            row.address = url_for("publishing.show", slug=row.unit.slug, article_id=row.article_id)
        return count, rows
