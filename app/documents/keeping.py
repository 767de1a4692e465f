"""Counts that stay right for as long as a kept page would: under the validity that the request began with.

Counting a library of a million documents takes longer than a visitor waits for a page. Every choice of facets
is added up from the same cells, so they are counted once for each change of what readers see, not per click.
"""

import json
from collections.abc import Callable
from typing import Any

from flask import g

from app.core.clock import today
from app.pagecache.hooks import pages
from app.pagecache.store import Kept

Rows = list[list[Any]]


def kept(name: str, count: Callable[[], Rows]) -> Rows:
    """Return counted rows by their name; counted anew where readers see something else, or another day."""
    validity = g.get("validity")
    if validity is None:
        return count()
    key = (g.tenant.id, validity, None, f"counts {name}", str(today()))
    found = pages().get(key)
    if found is not None:
        return list(json.loads(found.body))
    rows = count()
    pages().put(key, Kept(json.dumps(rows).encode(), "application/json", ""))
    return rows
