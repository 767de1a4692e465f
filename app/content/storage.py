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

    def __init__(self, store: Any, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def path_of(self, name: str) -> Path | None:
        """Return where the bytes lie on this machine; nothing where they lie elsewhere."""
        return self._folder / name if self._folder else None

    def put(self, name: str, content: bytes) -> None:
        """Keep the bytes; raises AlreadyExistsError where the name is taken."""
        obstore.put(self._store, name, content, mode="create")

    def get(self, name: str) -> bytes:
        """Return the bytes; raises FileNotFoundError where there are none."""
        return bytes(obstore.get(self._store, name).bytes())

    def opened(self, name: str) -> "Reading":
        """Return the bytes to be read from any place; raises FileNotFoundError where there are none."""
        return Reading(self._store, name, int(obstore.head(self._store, name)["size"]))


class Reading:
    """A file of the storage of which only as much is fetched as is read: videos are asked for in parts."""

    def __init__(self, store: Any, name: str, size: int) -> None:
        self._store = store
        self._name = name
        self.size = size
        self._at = 0

    def read(self, most: int) -> bytes:
        """Return the next bytes; none at the end."""
        length = min(most, self.size - self._at)
        if length <= 0:
            return b""
        found = bytes(obstore.get_range(self._store, self._name, start=self._at, length=length))
        self._at += len(found)
        return found

    def seekable(self) -> bool:
        """Say that reading can go on elsewhere."""
        return True

    def seek(self, at: int) -> None:
        """Go on reading at a place."""
        self._at = at

    def tell(self) -> int:
        """Return where reading goes on."""
        return self._at


def init_app(app: Flask) -> None:
    """Open the storage that the settings name."""
    folder = None if app.config["STORAGE_URL"] else Path(app.config["DATA_DIR"]) / "files"
    app.extensions["storage"] = Storage(_opened(app.config, folder), folder)


def storage() -> Storage:
    """Return the application's storage."""
    return cast("Storage", current_app.extensions["storage"])


def _opened(config: "Mapping[str, Any]", folder: Path | None) -> Any:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder)
    parts = urlsplit(str(config["STORAGE_URL"]))
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
