"""What no page can be asked for is left out of every request; one list has what they can be asked for."""

from typing import Any

import pytest
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from app.display.steps import PARAMETER
from app.pagecache.keys import QUESTIONS
from tests.architecture.conftest import World
from tests.architecture.routes import OPEN, PUBLIC
from tests.worlds import BUREAU, PORTAL

API = "/api/"


class Noted(ImmutableMultiDict[str, str]):
    """Parameters that note which of them were looked for."""

    looked_for: set[str]

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.looked_for.add(key)
        return super().get(key, *args, **kwargs)

    def __getitem__(self, key: str) -> Any:
        self.looked_for.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.looked_for.add(str(key))
        return super().__contains__(key)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whatever_a_page_looks_for_is_a_question(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[str] = set()

    class Noting(Noted):
        looked_for = found

    monkeypatch.setattr(Request, "parameter_storage_class", Noting)
    things = world.public_things(BUREAU)
    asked = "&".join(f"{name}=2" for name in sorted(QUESTIONS - {PARAMETER}))
    paths = [route.path.format(**things) for route in PUBLIC.values()]
    for path in (*paths, *(path.partition("?")[0] for path in OPEN.values())):
        if not path.startswith(API):
            for slug in (BUREAU, PORTAL):
                for query in ("", f"?{asked}"):
                    world.county.visitor(slug).get(path + query).close()
    assert found == QUESTIONS, "app/pagecache/keys.py lists what pages look for"
