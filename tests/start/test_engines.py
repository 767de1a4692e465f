"""The engines that the other tests stand on are the real ones, and refuse what real ones refuse."""

from typing import TYPE_CHECKING

import obstore
import pytest
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from tests.engines import postgresql, s3

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def store() -> "Iterator[s3.Store]":
    with s3.running() as running:
        running.make_bucket("attachments")
        yield running


def _client(store: s3.Store, secret: str) -> S3Store:
    return S3Store(
        "attachments",
        endpoint=store.endpoint,
        region=store.region,
        access_key_id=store.key,
        secret_access_key=secret,
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )


def test_postgresql_is_a_real_server_that_goes_away() -> None:
    with postgresql.running() as server:
        engine = create_engine(server.url())
        with engine.connect() as connection:
            version = connection.execute(text("select version()")).scalar_one()
        engine.dispose()
        assert version.startswith("PostgreSQL")
        assert (server.bindir / "pg_dump").exists() or (server.bindir / "initdb").exists()
    assert not server.folder.exists()


def test_s3_keeps_a_file_and_does_not_overwrite_it(store: s3.Store) -> None:
    client = _client(store, store.secret)
    obstore.put(client, "上塘/通知.txt", b"one", mode="create")
    assert bytes(obstore.get(client, "上塘/通知.txt").bytes()) == b"one"
    with pytest.raises(AlreadyExistsError):
        obstore.put(client, "上塘/通知.txt", b"two", mode="create")


def test_s3_refuses_a_wrong_secret(store: s3.Store) -> None:
    with pytest.raises(BaseError):
        obstore.put(_client(store, "wrong"), "file.txt", b"one")


def test_chromium_has_chinese_characters(browser: Browser) -> None:
    """A browser without a Chinese font draws the same empty box for every character."""
    page = browser.new_page()
    drawn = []
    for character in "永嘉":
        page.set_content(f"<p>{character}</p>")
        drawn.append(page.locator("p").screenshot())
    page.close()
    assert drawn[0] != drawn[1]
