"""Finished pages in the data folder: for all processes of the machine, and for a web server before them.

    kept/<tenant>/<validity>/<path>       a page, its headers (.head) and the page packed (.gz)
    now/<place>/<host>                    leads to the tenant's pages that are valid
    now/<portal's place>/.homes/<tenant>  leads to a unit's home, which shows the portal's news too
    hosts/<host>                          leads there; the web server begins here
    withdrawn/<place>                     an empty file: when pages were renamed away for the last time

Before a change is committed now/<place> is renamed away, in one step, and nobody finds the old pages any
more. Only who has asked the database since makes it anew, under a lock and after another look at the board.
A unit's home lies apart from its other pages; among them is a link that leads to it through the portal's
place, so that it is found no more when either has changed.

A web server tells of a file when it was written, in whole seconds, and takes two files of one second for the
same. So a page is dated after the second in which the one before it was renamed away, and found after it too.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from app.pagecache.board import HOSTS, Board, place_of
from app.pagecache.encodings import packed
from app.pagecache.room import Room
from app.pagecache.sites import Site
from app.pagecache.store import Kept, Key

#: Paths of which a file can be made as they are; the others are kept in memory alone.
_PLAIN = re.compile(
    r"/(?:[a-z0-9_][a-z0-9_.-]{0,99}/){0,12}(?:[a-z0-9_][a-z0-9_-]{0,99}\.(?:html|xml|atom))?"
)
#: A picture of an article, whole or in a smaller size.
_FILE = re.compile(r"/files/[0-9a-f]{32}(?:-[0-9]{1,5})?\.(?:jpg|png|gif|webp)")
#: Only what most visitors see is kept here: there are ninety-five other modes, and many page numbers.
_ORDINARY = ":"
#: How long one process waits for another that renders the same page.
PATIENCE = 5.0  # seconds
LOOK_AGAIN = 0.01  # seconds
RENDERINGS = 4096
#: No host has such a name.
HOMES = ".homes"
FOLDERS = ("kept", "now", "hosts", "old", "withdrawn")


class Folder:
    """The kept pages of one machine."""

    def __init__(self, root: Path, board: Board, capacity: int) -> None:
        self.root = root
        self._board = board
        self._room = Room(root / "kept", capacity)
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        self._renderings = os.open(root / "renderings", os.O_RDWR | os.O_CREAT, 0o600)

    def get(self, key: Key, site: Site | None) -> Kept | None:
        """Return a page that some process of this machine has kept."""
        if not self.has_place(key, site):
            return None
        page = self._file(key)
        try:
            head = json.loads(page.with_name(page.name + ".head").read_text(encoding="utf-8"))
            body = page.read_bytes()
            headers = tuple((str(name), str(value)) for name, value in head["headers"])
            kept = Kept(body, str(head["content_type"]), str(head["etag"]), headers)
            kept.changed = int(head["changed"])
        except (OSError, ValueError, KeyError):  # Nothing there, or another release kept it.
            return None
        if hashlib.sha256(body).hexdigest()[:32] != kept.etag:
            return None  # Half of it was written when the machine went down.
        return kept

    def put(self, key: Key, kept: Kept, site: Site | None) -> None:
        """Keep a page for the other processes; a full or broken disk costs nobody the page."""
        if not self.has_place(key, site) or not self._room.has_any():
            return
        page = self._file(key)
        head: dict[str, object] = {"content_type": kept.content_type, "etag": kept.etag}
        head.update(headers=kept.headers, changed=kept.changed)
        withdrawn = self._withdrawn_in(place_of(key[0]), *(site.places if site else ()))
        second = max(int(time.time()), withdrawn + 1)
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            _write(page.with_name(page.name + ".head"), json.dumps(head).encode(), second)
            if gzipped := packed(kept.body, "gzip"):
                _write(page.with_name(page.name + ".gz"), gzipped, second)
            _write(page, kept.body, second)  # Last: what stands there is whole.
        except OSError:
            current_app.logger.exception("A page could not be kept in the data folder")
            return
        self._room.take(kept.weight + len(gzipped))

    def lead_to(self, path: str, file: Path, site: Site | None) -> None:
        """Let the web server find a file that readers see now, for as long as nothing of the subsite changes.

        The subsite is as this request found it before it was looked whether readers may see the file.
        """
        if site is None or not self._room.is_wanted or _FILE.fullmatch(path) is None:
            return
        link = self.root / "kept" / str(site.tenant_id) / _digest(site.validity) / path[1:]
        if link.is_symlink():
            return
        with suppress(OSError):
            link.parent.mkdir(parents=True, exist_ok=True)
            _lead(link, os.path.relpath(file, link.parent))

    def has_place(self, key: Key, site: Site | None) -> bool:
        """Say whether a page is one of those that are kept here.

        A unit's home must be dated after the last change of its portal, whose place the subsite names.
        """
        return (
            self._room.is_wanted
            and (site is not None or key[2] in (None, key[1]))
            and key[4] == _ORDINARY
            and _PLAIN.fullmatch(key[3]) is not None
            and not key[3].startswith(("/u/", "/hant/"))
            and not key[3].endswith("/index.html")  # The file of the folder's own page has this name.
        )

    def settle(self, host: str, site: Site) -> None:
        """Let the web server find the pages that the database has just said to be valid, until they turn."""
        if not self._room.is_wanted:
            return
        wanted = self._links(host, site)
        with suppress(OSError):
            if all(str(link.readlink()) == target for link, target in wanted.items()):
                return
        with self._locked():
            if not site.stands(self._board) or self._withdrawn_in(*site.places) >= int(time.time()):
                return  # Gunicorn answers the rest of this second.
            for link, target in wanted.items():
                link.parent.mkdir(parents=True, exist_ok=True)
                _lead(link, target)
        self._sweep(site)

    def withdraw(self, places: Iterable[int]) -> None:
        """Let nobody find the pages of the places from now on. Raises OSError where that cannot be had."""
        if not self._room.is_wanted:
            return
        names = [f"now/{place}" for place in places if place != HOSTS]
        if HOSTS in places:
            names = ["hosts", "now"]
        with self._locked():
            (self.root / "old").mkdir(exist_ok=True)  # Without it nothing could be renamed away.
            for name in names:
                old = self.root / "old" / f"{time.monotonic_ns()}-{os.getpid()}"
                with suppress(FileNotFoundError):
                    (self.root / name).rename(old)
                    shutil.rmtree(old, ignore_errors=True)
            self._note_withdrawn(places)

    def note_committed(self, places: Iterable[int]) -> None:
        """Date what comes after the commit, before which pages were renamed away, later than that."""
        if self._room.is_wanted:
            with suppress(OSError):  # The change is made; what was noted before it stands.
                self._note_withdrawn(places)

    def clear(self) -> None:
        """Forget everything."""
        with self._locked():
            for name in FOLDERS:
                shutil.rmtree(self.root / name, ignore_errors=True)
                (self.root / name).mkdir(exist_ok=True)
            self._note_withdrawn([HOSTS])

    def begin(self, key: Key) -> None:
        """Wait until no other process renders the page, though not for ever, and say that this one does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                fcntl.lockf(self._renderings, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(key))
            except OSError:
                time.sleep(LOOK_AGAIN)
            else:
                return

    def end(self, key: Key) -> None:
        """Let the other processes go on."""
        with suppress(OSError):
            fcntl.lockf(self._renderings, fcntl.LOCK_UN, 1, _number(key))

    def _file(self, key: Key) -> Path:
        tenant_id, validity, county, path, _ = key
        below = _digest(validity) if county in (None, validity) else f"{_digest(validity, county)}-home"
        name = path[1:] + ("index.html" if path.endswith("/") else "")
        return self.root / "kept" / str(tenant_id) / below / name

    def _links(self, host: str, site: Site) -> dict[Path, str]:
        """Return what must lead where, in the order in which it is made: who finds a host finds all else."""
        now, (_, place, portal_place) = self.root / "now", site.places
        kept = f"kept/{site.tenant_id}"
        links: dict[Path, str] = {}
        if site.county_validity != site.validity:
            links[now / str(portal_place) / HOMES / str(site.tenant_id)] = f"../../../{kept}/{_below(site)}"
            for ending in ("", ".gz"):
                home = self.root / kept / _digest(site.validity) / f"index.html{ending}"
                links[home] = f"../../../now/{portal_place}/{HOMES}/{site.tenant_id}/index.html{ending}"
        links[now / str(place) / host] = f"../../{kept}/{_digest(site.validity)}"
        links[self.root / "hosts" / host] = f"../now/{place}/{host}"
        return links

    def _note_withdrawn(self, places: Iterable[int]) -> None:
        folder = self.root / "withdrawn"
        folder.mkdir(exist_ok=True)
        moment = time.time()  # Not the file system's, which is some milliseconds behind the clock of put().
        for place in places:
            (folder / str(place)).touch()
            os.utime(folder / str(place), (moment, moment))

    def _withdrawn_in(self, *places: int) -> int:
        """Return the second in which pages of any of the places were last renamed away; 0 where none were."""
        latest = 0
        for each in {*places, HOSTS}:
            with suppress(FileNotFoundError):
                latest = max(latest, int((self.root / "withdrawn" / str(each)).stat().st_mtime))
        return latest

    def _sweep(self, site: Site) -> None:
        """Clear away what was valid once, but for what somebody may still be writing or reading."""
        kept = self.root / "kept" / str(site.tenant_id)
        current = (_digest(site.validity), _below(site))
        with suppress(OSError):
            for old in kept.iterdir():
                if old.name not in current:
                    shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def init_app(app: Flask) -> None:
    """Give the application the folder of its machine."""
    root = Path(app.config["DATA_DIR"]) / "pages"
    board = cast("Board", app.extensions["board"])
    app.extensions["page_folder"] = Folder(root, board, int(app.config["PAGE_FOLDER"]))


def folder() -> Folder:
    """Return the application's folder of kept pages."""
    return cast("Folder", current_app.extensions["page_folder"])


def _below(site: Site) -> str:
    """Return the name of the folder of a unit's home."""
    return f"{_digest(site.validity, site.county_validity)}-home"


def _digest(*validity: object) -> str:
    return hashlib.sha256(repr(validity).encode()).hexdigest()[:24]


def _number(key: Key) -> int:
    return int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:4]) % RENDERINGS


def _write(path: Path, content: bytes, second: int) -> None:
    """Write a file so that nobody sees a part of it, dated as it is told."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    unfinished.write_bytes(content)
    os.utime(unfinished, (second, second))
    unfinished.rename(path)


def _lead(link: Path, target: str) -> None:
    unfinished = link.with_name(f".{link.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    unfinished.symlink_to(target)
    unfinished.rename(link)
