"""When a page was last changed, as is told of it (Last-Modified), and whether a copy of then still holds.

A page knows the second of the last change that its generation knows. A change is stamped before its commit,
and two may share a second; so until a change has settled its own second is told, which is believed from
nobody, and from then on the end of that time. Whoever has been told that had the page when all changes of
before were in it, and the next change ends later.
"""

import re
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.http import http_date, parse_date

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

#: How long a change may take from its stamp to its commit, and clocks of machines may differ: as long as a
#: mark on the board is believed.
SETTLES_IN = 10  # seconds
#: What programs and themes show may differ from what they showed before they were started.
STARTED = int(time.time())
#: A stamp of a tenant's row, and the last minute at which its pages changed by themselves.
Noted = tuple[int, datetime | None]
_DATE = re.compile(r"[A-Za-z]{3,9},? [A-Za-z0-9 :-]{10,30}")


def last_change(*noted: Noted) -> int:
    """Return the second of the last of several changes, or of this process's start."""
    turns = (int(turned_at.timestamp()) for _, turned_at in noted if turned_at is not None)
    return max(STARTED, *(second for second, _ in noted), *turns)


def told(changed: int, moment: float) -> int:
    """Return the second that is told of a page at a moment: never one that is still to come."""
    settled = changed + SETTLES_IN
    return settled if settled <= moment else min(changed, int(moment))


@lru_cache(maxsize=4096)
def written(second: int) -> str:
    """Return a second as headers have it."""
    return http_date(second)


def holds(asked: str, changed: int, moment: float) -> bool:
    """Say whether who asks with If-Modified-Since has the page of now.

    What is no date, or one still to come, was told by nobody and says nothing (RFC 9110, 13.1.3).
    """
    second = read(asked)
    return second is not None and changed + SETTLES_IN <= second <= moment


def drop_false_dates(environ: "WSGIEnvironment") -> None:
    """Take away what asks by a date that is none: the library that answers the rest may stumble over it."""
    for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"):
        asked = environ.get(name)
        if asked is not None and not asked.startswith(('"', "W/")) and read(asked) is None:
            del environ[name]
            if name == "HTTP_IF_RANGE":  # The part was wanted of another page than this.
                environ.pop("HTTP_RANGE", None)


@lru_cache(maxsize=4096)
def read(asked: str) -> int | None:
    """Return the second that a header names; None where it is no date."""
    if _DATE.fullmatch(asked) is None:
        return None
    try:
        found = parse_date(asked)
        return None if found is None else int(found.astimezone(UTC).timestamp())
    except (OverflowError, ValueError):
        return None
