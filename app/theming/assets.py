"""The files of themes, under an address that changes when any of them does."""

from http import HTTPStatus

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.theming.registry import registry

_ONE_DAY = 86_400  # seconds
_KEEP_FOR_EVER = "public, max-age=31536000, immutable"


def serve_favicon() -> AnyResponse:
    """Answer the address that browsers try on every host, with the base theme's mark."""
    asset = registry().worn_by("").assets["icon.ico"]
    response = Response(asset.content, content_type=asset.media_type)
    response.headers["Cache-Control"] = f"public, max-age={_ONE_DAY}"
    return response


def serve_asset(theme: str, digest: str, path: str) -> AnyResponse:
    """Answer ``/static/<theme>/<digest>/<path>``.

    The files are looked up by name among those read at the start, so no path can leave the theme's folder.
    A digest of another release leads to the present one: pages that were kept before a release go on being
    dressed after it.
    """
    found = registry().themes.get(theme)
    if found is None or path not in found.assets:
        abort(HTTPStatus.NOT_FOUND)
    if digest != found.digest:
        moved = redirect(found.asset_url(path), HTTPStatus.PERMANENT_REDIRECT)
        moved.headers["Cache-Control"] = "no-cache"
        return moved
    asset = found.assets[path]
    response = Response(asset.content, content_type=asset.media_type)
    response.headers["Cache-Control"] = _KEEP_FOR_EVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
