"""Whatever happens to a county, a kept page is the page that would be made now (DESIGN 8).

Two workers of one machine keep pages; a third keeps none. After each act all three are asked, and must agree.
TWIN_STEPS=1000 takes more than the few steps of every run; over HTTP tests/faults/test_twin.py does the same.
"""

import os
from collections.abc import Iterator
from random import Random

import pytest

from app.core.database import db
from app.front import Front
from tests.app.pagecache.asking import ask
from tests.app.pagecache.life import Life
from tests.databases import FIXED, SETTINGS, Database
from tests.worlds import County

STEPS = int(os.environ.get("TWIN_STEPS", "0")) or 6


@pytest.fixture
def workers(county: County, database: Database) -> Iterator[list[Front]]:
    """Return two workers that keep pages, and their twin that keeps none."""
    settings = {**SETTINGS, **FIXED, "DATA_DIR": str(database.folder), **database.address()}
    made = [Front(settings), Front({**settings, "PAGE_MEMORY": 0, "PAGE_FOLDER": 0})]
    yield [county.front, *made]
    for front in made:
        for app in (front.public, front.console):
            with app.app_context():
                db.engine.dispose()


def test_kept_pages_agree_with_a_twin_that_keeps_none(county: County, workers: list[Front]) -> None:
    chance = Random(20240811)  # noqa: S311 - the same acts each time
    life = Life(county, chance)
    for step in range(STEPS):
        act = life.act()
        for _ in range(3):
            compare(workers, chance, life, f"step {step}, after {act}")


def compare(workers: list[Front], chance: Random, life: Life, when: str) -> None:
    """Ask all workers for one page, the keeping ones twice, in any order."""
    host, path, mode = life.page(chance)
    cookies = {"Cookie": f"ziwang-display={mode}"} if mode else {}
    *keeping, twin = workers
    expected = ask(twin, path, host, **cookies)
    for front in chance.sample([*keeping, *keeping], 2 * len(keeping)):
        found = ask(front, path, host, **cookies)
        where = f"{when}: {host}{path} in mode {mode!r}"
        assert found.status_code == expected.status_code, where
        assert found.data == expected.data, where
        assert said(found.headers.items()) == said(expected.headers.items()), where


def said(headers: object) -> set[tuple[str, str]]:
    """Return what an answer says but for what the keeping itself adds, and the time."""
    found: list[tuple[str, str]] = list(headers)  # type: ignore[call-overload]
    return {(name, value) for name, value in found if name not in ("Date", "ETag", "Last-Modified", "Vary")}
