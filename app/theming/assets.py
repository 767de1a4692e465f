"""The files of themes, under an address that changes when any of them does."""

from http import HTTPStatus

from flask import abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.pagecache.files import answer_file
from app.theming.registry import Registry, registry

_ONE_DAY = 86_400  # seconds


def serve_favicon() -> AnyResponse:
    """Answer the address that browsers try on every host, with the base theme's mark."""
    asset = registry().worn_by("").assets["icon.ico"]
    return answer_file(asset.content, asset.media_type, f"public, max-age={_ONE_DAY}")


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
    return answer_file(asset.content, asset.media_type)


def addresses_of(themes: Registry) -> dict[str, bytes]:
    """Return every file of every theme by its address."""
    return {
        theme.asset_url(path): asset.content
        for theme in themes.themes.values()
        for path, asset in theme.assets.items()
    }
