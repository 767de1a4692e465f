"""What holds for a tenant, asked once while several of its texts are published in a row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g

from app.tenancy.current import current_tenant

Held = TypeVar("Held")


@contextmanager
def held() -> Iterator[None]:
    """Let readers marked with ``once`` ask the database once for each tenant, until the block ends.

    For a transaction that publishes many texts, and changes nothing of what these readers read.
    """
    before = g.get("held")
    g.held = {}
    try:
        yield
    finally:
        g.held = before


def once(read: Callable[[], Held]) -> Callable[[], Held]:
    """Let a reader of what holds for the current tenant be asked once while that is held; else each time."""

    @wraps(read)
    def reading() -> Held:
        kept: dict[tuple[Any, int], Any] | None = g.get("held")
        if kept is None:
            return read()
        key = (read, current_tenant.id)
        if key not in kept:
            kept[key] = read()
        return cast("Held", kept[key])

    return reading
