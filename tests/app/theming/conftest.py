"""An application with themes and nothing else: the frame needs no database to be tested."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.theming import registry
from app.theming.assets import serve_asset


@pytest.fixture
def dressed() -> Iterator[Flask]:
    """Yield an application that wears the repository's themes and serves their files."""
    app = Flask("dressed", static_folder=None)
    registry.init_app(app)
    app.add_url_rule("/static/<theme>/<digest>/<path:path>", view_func=serve_asset)
    with app.test_request_context():
        yield app


@pytest.fixture
def a_theme(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of theme folders, each from its theme.toml and its files."""

    def make(name: str, manifest: str, **files: str) -> Path:
        folder = tmp_path / name
        (folder / "templates").mkdir(parents=True)
        (folder / "static").mkdir()
        (folder / "theme.toml").write_text(manifest, "utf-8")
        for path, content in files.items():
            (folder / path.replace("__", "/").replace("_dot_", ".")).write_text(content, "utf-8")
        return tmp_path

    return make
