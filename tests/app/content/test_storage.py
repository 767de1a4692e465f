"""The storage, on a real S3-compatible server and in the data folder."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.content import storage as storages
from tests.engines import s3


@pytest.fixture(scope="module")
def store() -> Iterator[s3.Store]:
    with s3.running() as running:
        running.make_bucket("ziwang")
        yield running


@pytest.fixture(params=["folder", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> storages.Storage:
    app = Flask(__name__)
    app.config.update(
        DATA_DIR=str(tmp_path_factory.mktemp("files")), STORAGE_URL="", STORAGE_KEY="", STORAGE_SECRET=""
    )
    if request.param == "s3":
        found: s3.Store = request.getfixturevalue("store")
        url = f"s3://ziwang?endpoint={found.endpoint}&region={found.region}"
        app.config.update(STORAGE_URL=url, STORAGE_KEY=found.key, STORAGE_SECRET=found.secret)
    storages.init_app(app)
    with app.app_context():
        return storages.storage()


def test_what_was_put_is_got(kept: storages.Storage) -> None:
    kept.put("1/a", "楠溪江".encode())

    assert kept.get("1/a").decode() == "楠溪江"


def test_a_name_is_written_once(kept: storages.Storage) -> None:
    kept.put("1/b", b"first")

    with pytest.raises(Exception, match=r"(?i)exist|precondition"):
        kept.put("1/b", b"second")

    assert kept.get("1/b") == b"first"


def test_what_is_not_there_is_not_found(kept: storages.Storage) -> None:
    with pytest.raises(FileNotFoundError):
        kept.get("1/never")


def test_a_wrong_address_is_refused_at_the_start() -> None:
    app = Flask(__name__)
    app.config.update(DATA_DIR="", STORAGE_URL="ftp://bucket", STORAGE_KEY="", STORAGE_SECRET="")

    with pytest.raises(RuntimeError, match="ZIWANG_STORAGE_URL"):
        storages.init_app(app)


def test_a_file_is_read_from_any_place_and_to_its_end(kept: storages.Storage) -> None:
    kept.put("1/film", bytes(range(100)))
    found = kept.opened("1/film")

    found.seek(97)

    assert (found.size, found.read(2), found.tell(), found.read(9), found.read(9)) == (
        100,
        b"ab",
        99,
        b"c",
        b"",
    )


def test_what_is_not_there_is_not_opened(kept: storages.Storage) -> None:
    with pytest.raises(FileNotFoundError):
        kept.opened("1/nothing")
