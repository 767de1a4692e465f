"""The public interface as part of an application: its description, and how often one address may ask."""

from flask import Flask, current_app
from flask_smorest import Api

from app.api.public import bp
from app.web import limits


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
    limiter = app.extensions[limits.EXTENSION]
    limiter.limit(lambda: str(current_app.config["API_RATE"]))(bp)
