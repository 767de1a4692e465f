"""Tests take turns on the two databases, and none is lost by it."""

import ast
from pathlib import Path

from tests.turns import DATABASES, ON_BOTH, names_one, standing_back

ROOT = Path(__file__).parents[2]
MARK = "both_databases"
#: What only a test has that asks what a database does.
ASK_DATABASES = {"Barrier", "DBAPIError", "DatabaseError", "IntegrityError", "OWNER", "ThreadPoolExecutor"}


def test_of_two_twins_one_runs_and_each_database_has_its_share() -> None:
    pairs = [[f"tests/app/web/test_x.py::test_{number}[{one}]" for one in DATABASES] for number in range(200)]

    back = standing_back(name for pair in pairs for name in pair)

    assert all(len(back.intersection(pair)) == 1 for pair in pairs)
    on_sqlite = sum("sqlite" in name for name in back)
    assert 70 < on_sqlite < 130


def test_the_turn_is_the_same_whatever_part_is_run_and_in_whichever_order() -> None:
    names = [f"tests/app/web/test_x.py::test_{n}[{one}]" for n in range(50) for one in DATABASES]

    everything = standing_back(names)

    assert standing_back(reversed(names)) == everything
    assert standing_back(names[:10]) == everything.intersection(names[:10])


def test_who_has_no_twin_runs() -> None:
    names = ["test_a.py::test_one[postgresql]", "test_a.py::test_two", "test_a.py::test_three[sqlite-x]"]

    assert standing_back(names) == set()


def test_what_asks_what_a_database_does_meets_both() -> None:
    names = [f"{place}::test_it[{one}]" for place in ON_BOTH for one in DATABASES]

    assert standing_back(names) == set()
    assert [place for place in ON_BOTH if not (ROOT / place).exists()] == []


def test_who_meets_at_one_moment_or_is_refused_by_the_database_does_so_on_both() -> None:
    silent = []
    for path in sorted((ROOT / "tests" / "app").rglob("test_*.py")):
        module, place = ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).as_posix()
        if not place.startswith(ON_BOTH) and not _is_marked(module):
            silent += [f"{place}::{one.name}" for one in _functions(module) if _asks_databases(one)]

    assert silent == []


def _functions(module: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions of a module that nobody has marked."""
    functions = [one for one in module.body if isinstance(one, ast.FunctionDef)]
    return [one for one in functions if not any(MARK in ast.unparse(each) for each in one.decorator_list)]


def _is_marked(module: ast.Module) -> bool:
    return any(isinstance(one, ast.Assign) and MARK in ast.unparse(one.value) for one in module.body)


def _asks_databases(function: ast.FunctionDef) -> bool:
    names = {getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(function)}
    return not ASK_DATABASES.isdisjoint(names)


def test_whoever_names_a_test_or_a_database_gets_it() -> None:
    assert names_one(["tests/app/web/test_x.py::test_1[sqlite]"])
    assert names_one(["tests/app/web", "not postgresql and text"])
    assert not names_one(["tests/app/web", "text"])
