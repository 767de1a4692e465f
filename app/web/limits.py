"""How often one address may ask for something: counted in this process, or in Redis for all of them."""

from typing import cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse_many
from limits.errors import StorageError

from app.accounts.credentials.throttle import hash_of_address

#: The name under which an application has its counters.
EXTENSION = "rate_limits"


def init_app(app: Flask) -> None:
    """Give the application its counters."""
    app.extensions[EXTENSION] = Limiter(
        key_func=asker,
        app=app,
        storage_uri=app.config["REDIS_URL"] or "memory://",
        storage_options={"wrap_exceptions": True},
        strategy="moving-window",
        headers_enabled=True,
        retry_after="delta-seconds",
    )


def asker() -> str:
    """Return what stands for the address that asks, of IPv6 for its /64; the address is kept nowhere."""
    return hash_of_address(request.remote_addr or "")


def admits(limits: str, *names: str) -> bool:
    """Count one more under the names, and say whether it keeps the limits, such as ``5 per minute``.

    While the counters cannot be reached nobody is turned away.
    """
    limiter = cast("Limiter", current_app.extensions[EXTENSION])
    try:
        kept = [
            limiter.limiter.hit(limit, *names) for limit in parse_many(limits)
        ]  # Each counts, whatever the first says.
    except StorageError:
        current_app.logger.exception("The counters are away")
        return True
    return all(kept)
