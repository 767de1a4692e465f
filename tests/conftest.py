"""Fixtures that every test may ask for: a county on each database, and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from app.accounts.credentials import passwords
from tests.databases import Database, Postgresql, Sqlite
from tests.engines import postgresql
from tests.engines.chromium import chromium
from tests.turns import DATABASES, names_one, standing_back
from tests.worlds import County, found

#: Each takes a minute.
LONGEST = ("tests/start/test_run.py", "tests/journeys/test_in_the_browser_looks.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever wants it run every test on both databases."""
    parser.addoption("--both-databases", action="store_true", help="让每个测试都在两种数据库上运行")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let tests take turns on the databases, and begin with what takes longest.

    At the end one process would wait for another that is busy with it.
    """
    if not config.getoption("both_databases") and not names_one([*config.args, config.option.keyword]):
        taking_turns = (item for item in items if not item.get_closest_marker("both_databases"))
        back = standing_back(item.nodeid for item in taking_turns)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in back])
        items[:] = [item for item in items if item.nodeid not in back]
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[PasswordHasher]:
    """Compare passwords in no time, but where servers run; return what makes it slow, for tests of that."""
    dear = passwords._hasher  # noqa: SLF001 - no setting can make it cheaper, and none should
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield dear


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """Return a PostgreSQL server of this test process."""
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Return a database with the founded county; turns.py says which of the two a test meets."""
    folder = tmp_path_factory.mktemp(request.param)
    made: Database
    if request.param == "sqlite":
        made = Sqlite(folder)
    else:
        made = Postgresql(folder, request.getfixturevalue("postgresql_server"))
    found(made.front)
    made.remember()
    yield made
    made.end()


@pytest.fixture
def county(database: Database) -> County:
    """Return the county as it was founded."""
    database.reset()
    return County(database.front)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that the set-up has installed."""
    found_browser = chromium()
    os.environ.update(found_browser.environment)
    return {
        **browser_type_launch_args,
        "executable_path": str(found_browser.executable),
        "args": list(found_browser.arguments),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path
