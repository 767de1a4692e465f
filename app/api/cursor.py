"""Where a list goes on, as a word that its reader hands back and need not understand."""

import base64
import binascii
from datetime import UTC, datetime

from flask import abort

from app.exports.queries import Disclosed, Place
from app.web.converters import LARGEST_ID

_FORMAT = "%Y%m%d%H%M%S%f"


def after(last: Disclosed) -> str:
    """Return the cursor behind a row."""
    words = f"{last.published_at.astimezone(UTC).strftime(_FORMAT)}-{last.article_id}"
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place | None:
    """Return the place that a cursor means; answer 400 for one that we never gave."""
    if not cursor:
        return None
    try:
        words = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True).decode(
            "ascii"
        )
        moment, _, number = words.partition("-")
        if not (number.isdecimal() and 0 < int(number) <= LARGEST_ID):
            abort(400)
        return datetime.strptime(moment, _FORMAT).replace(tzinfo=UTC), int(number)
    except (ValueError, binascii.Error):
        abort(400)
