"""What is made once must not hold for whom it was made first (app/core/prepared.py)."""

import ast

from app.config import ROOT

#: What tells of this request, or of this moment.
PASSING = {"current_tenant", "current_account", "place", "here", "g", "request", "now", "today", "session"}


def test_prepared_statements_know_nothing_of_the_request() -> None:
    found, knowing = set(), []
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not _is_prepared(node):
                continue
            found.add(node.name)
            named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            named |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            knowing += [(path.name, node.name, one) for one in sorted(named & PASSING)]
    assert "listing" in found
    assert knowing == []


def test_only_shapes_tell_prepared_statements_apart() -> None:
    """An id among the arguments would make one statement for every tenant or article."""
    named = [
        (path.name, node.name, argument.arg)
        for path in sorted((ROOT / "app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _is_prepared(node)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.arg == "id" or argument.arg.endswith(("_id", "_ids"))
    ]
    assert named == []


def _is_prepared(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "prepared" for one in node.decorator_list)
