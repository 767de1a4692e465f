"""What all pages of a subsite share must not know for which page it was made (app/tenancy/shared.py)."""

import ast

from app.config import ROOT

#: What tells of one request, or of this moment: a period's minutes are turns of the validity.
PASSING = {
    *("request", "g", "now", "today", "current_account", "current_mode", "current_toolbar", "page_path"),
    *("page_number", "is_traditional", "session"),
}


def test_what_pages_share_knows_nothing_of_the_request() -> None:
    found, knowing = set(), []
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not _is_shared(node):
                continue
            found.add(node.name)
            named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            knowing += [(path.name, node.name, one) for one in sorted(named & PASSING)]
            knowing += [(path.name, node.name, argument.arg) for argument in node.args.args]
    assert "columns" in found
    assert knowing == []


def _is_shared(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "shared_by_pages" for one in node.decorator_list)
