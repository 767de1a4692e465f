"""The public interface as part of an application: its description, and how often one address may ask."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_smorest import Api

from app.api.public import bp

#: Whoever has one address of a network of the sixth version has all of it.
ONE_HOUSEHOLD = 64  # bits


class QuietApi(Api):
    """The description alone: errors are explained by the application, in Chinese."""

    def _register_error_handlers(self) -> None:
        """Leave the application's own in place."""


def init_app(app: Flask) -> None:
    """Describe and serve the interface; its requests are counted in this process, or in Redis."""
    api = QuietApi(
        app,
        spec_kwargs={
            "title": "政府信息公开读取接口",
            "version": "v1",
            "openapi_version": "3.1.0",
            "info": {"description": "只读，不用登记，返回网页上已经公开的信息。"},
        },
    )
    api.register_blueprint(bp)
    app.extensions["api"] = api
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]  # People read it too.
    limiter = Limiter(
        who_asks,
        app=app,
        storage_uri=app.config["REDIS_URL"] or "memory://",
        headers_enabled=True,
        retry_after="delta-seconds",
    )
    limiter.limit(lambda: str(current_app.config["API_RATE"]))(bp)


def who_asks() -> str:
    """Return whose requests are counted together: an address, or a network of the sixth version."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, ONE_HOUSEHOLD), strict=False))
    return str(address)
