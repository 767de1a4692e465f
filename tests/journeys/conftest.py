"""Fixtures of the journeys in a real browser: the served county, and the people who come to it."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from tests.journeys.person import DESKTOP, PHONE, Person, Screen
from tests.journeys.service import Service, serving

#: Of a journey that needs no second walk: who writes sits at a desk, and whom it concerns has a phone.
AT_A_DESK = pytest.mark.parametrize("screen", [DESKTOP], indirect=True, ids=[DESKTOP.name])
Arrives = Callable[..., Person]
#: Nobody shares an address with another, as little as the limits of one with those of another.
ADDRESSES = (f"198.18.{number // 250}.{number % 250 + 1}" for number in count())


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Return the county that gunicorn serves; journeys share it, each with texts of its own."""
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(params=[DESKTOP, PHONE], ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest) -> Screen:
    """Return what the people of a journey have before them; most journeys are walked on both."""
    chosen: Screen = request.param
    return chosen


@pytest.fixture
def arrives(new_context: Callable[..., Any], screen: Screen, service: Service) -> Arrives:
    """Return how somebody comes: with a browser of their own, on the journey's screen or on a phone."""

    def arrive(*, has_script: bool = True, by_phone: bool = False) -> Person:
        coming_from = {"X-Forwarded-For": next(ADDRESSES)}
        own = PHONE if by_phone else screen
        context = new_context(**own.options, java_script_enabled=has_script, extra_http_headers=coming_from)
        return Person(context, own, service, has_script=has_script)

    return arrive
