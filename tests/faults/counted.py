"""The front door whose pages take their time, and that writes down each one that is made and not kept."""

import os
import time

from flask import request

import tests.faults.entrance  # noqa: F401 - it makes the front door, and warms it
from wsgi import app

#: So long a page takes at least: all who ask at the same moment come while it is being made.
SLOWNESS = 0.5  # seconds


def _count() -> None:
    """Note a page; this step comes after the one that a kept page ends."""
    with open(os.environ["MADE_PAGES"], "a", encoding="utf-8") as made:  # noqa: PTH123 - one write, appended
        made.write(f"{request.path}\n")
    time.sleep(SLOWNESS)


app.build().public.before_request_funcs.setdefault(None, []).append(_count)
