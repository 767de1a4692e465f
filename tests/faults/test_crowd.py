"""However many ask for a page that has just become invalid, it is made once, and nobody meets an error.

FAULTS_VISITORS=2000 is the crowd of the long run; every run has a smaller one.
"""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from app.content.states import ArticleState
from deploy.bootstrap.places import ROOT
from tests.databases import Database
from tests.faults.machines import machine
from tests.worlds import BUREAU, HOSTS, County

VISITORS = int(os.environ.get("FAULTS_VISITORS", "0")) or 300
PATH, TITLE = "/tzgg/", "刚刚发布的通知"
COUNTED = "tests.faults.counted:app"
_log = logging.getLogger(__name__)


def test_a_crowd_before_an_expired_page_gets_one_rendering(
    county: County, database: Database, folder: Path
) -> None:
    made = folder / "made"
    with machine(database, database.folder, application=COUNTED, MADE_PAGES=str(made)) as server:
        assert server.get(HOSTS[BUREAU], PATH)[0] == 200
        county.an_article(BUREAU, title=TITLE, state=ArticleState.PUBLISHED)
        made.unlink()
        began = time.monotonic()
        found = crowd(server.port)
        lasted = time.monotonic() - began
    _log.info("%d visitors, %s, %.1f s, made: %s", VISITORS, found, lasted, made.read_text().split())
    assert found == {"200": VISITORS, "marked": VISITORS}
    assert made.read_text().split() == [PATH]


def crowd(port: int) -> dict[str, int]:
    """Let all ask at once; return how many got which answer."""
    words = [str(port), HOSTS[BUREAU], PATH, str(VISITORS), TITLE]
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.faults.crowd", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=150,
    )
    found: dict[str, int] = json.loads(ended.stdout)
    return found
