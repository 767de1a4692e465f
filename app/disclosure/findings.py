"""What an inspector would find of a unit's disclosure: the empty and the late (GK-02, GK-04, GK-08)."""

from app.core.clock import today
from app.core.rules import rule_in_force
from app.disclosure import overdue, queries
from app.disclosure.standing import FILE, State
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.web.findings import Finding

NODES, CATALOGUE, OVERDUE = "disclosure/", "disclosure/catalogue", "disclosure/overdue"

#: More empty columns than these are counted, not named.
MOST_NAMED = 5


def findings() -> list[Finding]:
    """Return what the bound tenant has to mend; nothing of a unit that discloses on a site elsewhere."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        return []
    return [*_of_nodes(), *_of_columns(), *_of_rows(), *_of_articles()]


def _of_nodes() -> list[Finding]:
    found = []
    for node in queries.nodes():
        where = f"{NODES}#node-{node.column.id}"
        if node.is_missing:
            what = f"法定公开内容“{node.column.title}”还没有信息。请发布，或写明理由标为不适用。"
            found.append(Finding("GK-02", what, where))
        elif not node.applies and not node.reason:
            what = f"“{node.column.title}”标为不适用，没有写理由。请补写理由。"
            found.append(Finding("GK-02", what, where))
        elif not node.applies and node.amount.count:
            what = f"“{node.column.title}”标为不适用，但有 {node.amount.count} 条信息。请恢复为应当公开。"
            found.append(Finding("GK-02", what, where))
    return found


def _of_columns() -> list[Finding]:
    """Name the columns with nothing to read: menus leave them out, inspectors count them (ZY-14)."""
    empty = queries.empty_columns()
    if not empty:
        return []
    named = "、".join(column.title for column in empty[:MOST_NAMED])
    more = f"等 {len(empty)} 个栏目" if len(empty) > MOST_NAMED else ""
    what = f"{named}{more}还没有内容，菜单里不显示。请发布信息；用不上的，请县里在“栏目”里隐藏。"
    return [Finding("ZY-14", what, "articles/")]


def _of_rows() -> list[Finding]:
    return [
        Finding(
            "GK-04",
            f"公开目录“{one.row.first}：{one.row.second}”超期：{one.why}",
            f"{CATALOGUE}/{one.row.id}",
        )
        for one in queries.standings()
        if one.state is State.OVERDUE
    ]


def _of_articles() -> list[Finding]:
    found = []
    if late := overdue.late():
        newest = f"最近一篇晚了 {late[0].workdays_over} 个工作日"
        what = f"有 {len(late)} 篇信息公开晚了，{newest}。请查明原因，以后按时提交审签。"
        found.append(Finding("GK-04", what, OVERDUE))
    if over := [one for one in overdue.waiting() if one.is_over]:
        what = f"有 {len(over)} 篇信息超过公开时限还没有发布。请尽快审签发布。"
        found.append(Finding("GK-04", what, OVERDUE))
    if closed := overdue.to_review():
        months = rule_in_force(FILE, "review", on=today())["months"]
        what = f"有 {len(closed)} 篇不主动公开的信息满 {months} 个月没有再评估。请复核能不能公开。"
        found.append(Finding("GK-08", what, OVERDUE))
    return found
