"""Where code may cross tenants, leave the ORM or make markup: named places and no others (DESIGN 4, C4)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT
from app.core.database import Base
from app.tenancy.scope import TenantOwned

#: Packages and modules that look across tenants, and why.
REACHING = {
    "app/disclosure/": "the portal shows areas over all units; index numbers are unique in the county",
    "app/look/switching.py": "the county changes the theme of its units and lists those changes",
    "app/checks/": "the same document number is looked for in all units' public texts; all are checked again",
    "app/portal/": "a portal shows its units' articles, and takes them up",
    "app/search/": "the portal's search is over what all its units have published",
    "app/documents/": "documents abolish and explain those of other units; one library for all",
    "app/content/cli.py": "smaller sizes are made for old pictures of all units",
    "app/disclosure/numbering.py": "no two units have one index number",
    "app/participation/county.py": "the portal lists what all its units ask about",
    "app/exports/": "a portal's catalogue tells of all its units",
    "app/operations/": "the county office sees all units",
    "app/provisioning/": "opening a subsite writes into it",
    "app/accounts/": "acts about a person stand in the chains of the person's tenants",
    "app/audit/": "all chains are verified",
    "app/profile/overview.py": "a portal lists its units with their leaders",
    "app/publishing/inbox.py": "one inbox over the units in which the person holds a role",
    "app/start.py": "the demonstration is founded",
    "app/tenancy/scope.py": "the definition",
}
#: Who speaks to the database in SQL, and why.
PLAIN_SQL = {
    "app/tenancy/scope.py": "the two settings of row-level security",
    "app/core/database.py": "settings of an engine, and whether its role is bound by row-level security",
    "app/schema.py": "grants",
    "app/pagecache/watch.py": "a channel of PostgreSQL is listened to by no other words",
    "app/tenancy/directory.py": "the table of hosts, which is no tenant's, in a transaction of its own",
    "app/tenancy/models.py": "the condition of a partial index",
    "app/accounts/models.py": "the condition of a partial index",
    "app/content/models.py": "the condition of a partial index",
    "app/portal/models.py": "the condition of a partial index",
}
#: Who makes markup of text, and why.
MARKUP = {
    "app/core/html.py": "cleans first",
    "app/theming/render.py": "the page of an error when no theme can be asked",
    "app/theming/kit/preview.py": "the list of the gallery's files",
    "app/theming/samples/pages.py": "sample pages of themes, of our own words",
    "app/theming/samples/profiles.py": "as above",
}
SQL_CALLS = {"text", "literal_column", "exec_driver_sql", "from_statement"}
#: Session methods that go round the guard's two events.
UNGUARDED = {
    "bulk_save_objects",
    "bulk_insert_mappings",
    "bulk_update_mappings",
    "raw_connection",
    "merge",
}
#: What is merged there are the cells of a Word table, not rows of ours.
MERGING = {"app/exports/word.py": "merged cells"}
#: Foreign keys between tenant-owned tables that hold the tenant by another name: they cross on purpose.
CROSSING = {
    ("portal_entry", ("unit_id", "article_id")),
    ("document_link", ("unit_id", "target_id")),
    ("collection_entry", ("unit_id", "article_id")),
    ("site_column", ("portal_id", "portal_column_id")),
}
SOURCES = sorted(path for path in (ROOT / "app").rglob("*.py"))
OWNED = {
    str(one.local_table.description): one.class_
    for one in Base.registry.mappers
    if issubclass(one.class_, TenantOwned)
}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of a module with the last word of what is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield name, node


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_named(path: Path, places: dict[str, str]) -> bool:
    return any(
        where(path) == place or (place.endswith("/") and where(path).startswith(place)) for place in places
    )


def callers(of: set[str], but: dict[str, str]) -> list[str]:
    """Return the modules that call one of the names, without those that may."""
    others = (path for path in SOURCES if not is_named(path, but))
    return [where(path) for path in others if {name for name, _ in calls(path)} & of]


def test_only_named_places_look_across_tenants() -> None:
    assert callers({"reaching"}, REACHING) == []


def test_only_named_places_speak_sql() -> None:
    others = [path for path in SOURCES if not is_named(path, PLAIN_SQL)]
    assert [where(path) for path in others if any(_is_sql(*call) for call in calls(path))] == []
    assert callers(UNGUARDED, MERGING) == []


def _is_sql(name: str, call: ast.Call) -> bool:
    """Leave out methods of our own that are called text, such as a form's."""
    if name in {"connect", "begin"}:
        return "engine" in ast.unparse(call.func)
    return name in SQL_CALLS and (name != "text" or isinstance(call.func, ast.Name))


def test_tables_are_asked_for_by_their_classes() -> None:
    """The guard refuses a table; this finds it before it is run."""
    asking = [path for path in SOURCES if "__table__" in path.read_text(encoding="utf-8")]
    assert [where(path) for path in asking] == []


def test_tenants_rows_are_not_taken_by_key() -> None:
    """What the session has loaded before is not asked of the guard again."""
    classes = {one.__name__ for one in OWNED.values()}
    taken = [
        (where(path), ast.unparse(call))
        for path in SOURCES
        for name, call in calls(path)
        if name in {"get", "get_one"} and call.args and ast.unparse(call.args[0]) in classes
    ]
    assert taken == []


def test_only_named_places_make_markup() -> None:
    assert callers({"Markup"}, MARKUP) == []


def test_no_template_trusts_text() -> None:
    trusting = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
    templates = [*(ROOT / "app").rglob("*.html"), *(ROOT / "themes").rglob("*.html")]
    assert templates
    assert not [where(path) for path in templates if trusting.search(path.read_text(encoding="utf-8"))]


def test_keys_between_tenants_tables_carry_the_tenant() -> None:
    faults, crossing = [], set()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if table.name not in OWNED or key.referred_table.name not in OWNED:
                continue
            columns = tuple(column.name for column in key.columns)
            referred = tuple(element.column.name for element in key.elements)
            if "tenant_id" not in referred:
                faults.append((table.name, columns))
            elif columns[referred.index("tenant_id")] != "tenant_id":
                crossing.add((table.name, columns))
    assert not faults
    assert crossing == CROSSING


def test_no_other_column_points_at_tenants_rows() -> None:
    """A column named after a tenant-owned table without a key would be a way across."""
    nouns = {"article", "revision", "attachment", "column", "portal_entry"}
    loose = [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.removesuffix("_id") in nouns
        and column.name.endswith("_id")
        and not any(column in set(key.columns) for key in table.foreign_key_constraints)
    ]
    assert not loose


def test_the_lists_name_only_what_is_there() -> None:
    for places in (REACHING, PLAIN_SQL, MARKUP):
        assert [place for place in places if not (ROOT / place).exists()] == []
