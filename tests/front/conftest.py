"""nginx before the platform: once with nobody behind it, once with gunicorn."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.served import Server, free_port, gunicorn
from tests.databases import SETTINGS, Database
from tests.engines import nginx
from tests.worlds import County

#: A web server reads the folder of pages, and that is the same on both databases.
ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def alone(county: County, database: Database, folder: Path) -> Iterator[Server]:
    """Return an nginx that has the folder and nobody to ask."""
    assert county.front is database.front
    with nginx.running(database.folder, free_port(), folder=folder) as server:
        yield server


@pytest.fixture
def both(county: County, database: Database, folder: Path) -> Iterator[tuple[Server, Server]]:
    """Return an nginx and the gunicorn behind it."""
    assert county.front is database.front
    with ExitStack() as stack:
        behind = stack.enter_context(gunicorn("wsgi:app", free_port(), environ(database)))
        yield stack.enter_context(nginx.running(database.folder, behind.port, folder=folder)), behind


def environ(database: Database, **others: str) -> dict[str, str]:
    """Return the variables under which gunicorn serves a test's county behind a web server."""
    settings = {
        **SETTINGS,
        **database.address(),
        "DATA_DIR": str(database.folder),
        "TRUSTED_PROXIES": "127.0.0.1",
        "FILES_THROUGH": "nginx",
        **others,
    }
    return {f"ZIWANG_{name}": str(value) for name, value in settings.items()}
