"""The county gives its units another theme while they are read: no page is half in one, half in the other.

S-44. Every page is in one theme, and in the new one for whoever asks once the county was told that it is
done. FAULTS_UNITS=1000 opens so many units besides (with --timeout=0); every run has a few.
"""

import logging
import os
import re
import time
from random import Random

from bench.opening import open_another
from tests.databases import Database
from tests.faults.lines import Answer
from tests.faults.machines import Page, Reading, lines, machine
from tests.worlds import HOSTS, PORTAL, County

UNITS = int(os.environ.get("FAULTS_UNITS", "0")) or 4
THEMES = ("sober", "township", "department")
READERS, LINES = 2, 4
PATHS = ("/", "/tzgg/")
WORN = re.compile(r'href="/static/([a-z_]+)/')
_log = logging.getLogger(__name__)


def test_s_44_no_page_is_half_in_one_theme_and_half_in_another(county: County, database: Database) -> None:
    hosts = [*HOSTS.values(), *(open_another(county.front) for _ in range(UNITS))]
    operator = county.staff("portal.operator")

    def anything(chance: Random) -> Page:
        return chance.choice(hosts), chance.choice(PATHS), ""

    with (
        machine(database, database.folder) as server,
        lines(server, LINES) as asking,
        Reading([server.port] * READERS, anything, judge=is_in_one) as reading,
    ):
        for theme in THEMES:
            began = time.monotonic()
            sent = {"theme": f"{theme}:", "stage": "all"}
            assert operator.post(f"/{PORTAL}/look/themes/", data=sent).status_code == 303
            _log.info("%d subsites: %.1f s", len(hosts), time.monotonic() - began)
            for turn, host in enumerate(hosts):
                answer = asking[turn % LINES].ask(host, PATHS[turn % len(PATHS)])
                assert (answer.status, worn_by(answer)) == (200, {theme}), host
    assert reading.faults == []
    assert reading.asked > 0


def worn_by(answer: Answer) -> set[str]:
    """Return the themes whose files a page asks for."""
    return set(WORN.findall(answer.text))


def is_in_one(page: Page, answer: Answer) -> str:
    """Say so where a page is in no theme or in two."""
    return "" if answer.status == 200 and len(worn_by(answer)) == 1 else f"{page}: {worn_by(answer)}"
