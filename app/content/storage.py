"""Where the bytes of attachments lie: the data folder, or an S3-compatible store, through one class."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

import obstore
from flask import Flask, current_app
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from collections.abc import Mapping


class Storage:
    """Bytes under names that we make; a name is written once and never overwritten."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def put(self, name: str, content: bytes) -> None:
        """Keep the bytes; raises AlreadyExistsError where the name is taken."""
        obstore.put(self._store, name, content, mode="create")

    def get(self, name: str) -> bytes:
        """Return the bytes; raises FileNotFoundError where there are none."""
        return bytes(obstore.get(self._store, name).bytes())


def init_app(app: Flask) -> None:
    """Open the storage that the settings name."""
    app.extensions["storage"] = Storage(_opened(app.config))


def storage() -> Storage:
    """Return the application's storage."""
    return cast("Storage", current_app.extensions["storage"])


def _opened(config: "Mapping[str, Any]") -> Any:
    url = str(config["STORAGE_URL"])
    if not url:
        folder = Path(config["DATA_DIR"]) / "files"
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder)
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise RuntimeError(
            "ZIWANG_STORAGE_URL 应写作 s3://桶名?endpoint=地址&region=区域，或留空使用数据目录。"
        )
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    endpoint = options.get("endpoint", "")
    return S3Store(
        parts.netloc,
        endpoint=endpoint,
        region=options.get("region", "us-east-1"),
        access_key_id=str(config["STORAGE_KEY"]),
        secret_access_key=str(config["STORAGE_SECRET"]),
        virtual_hosted_style_request=False,
        client_options={"allow_http": endpoint.startswith("http://")},
    )
