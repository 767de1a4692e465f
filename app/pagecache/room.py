"""How much of the disk kept pages may take: each process looks again whenever it has written some of it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: A process looks after each such part of the whole.
PART = 16
#: So far the folder is emptied, the longest unwritten first.
DOWN_TO = 0.75


class Room:
    """The bytes that a folder may hold; none at all where its capacity is zero."""

    def __init__(self, folder: Path, capacity: int) -> None:
        self._folder = folder
        self._capacity = capacity
        self._written = 0

    @property
    def is_wanted(self) -> bool:
        """Say whether pages are kept in the folder at all."""
        return self._capacity > 0

    def has_any(self) -> bool:
        """Say whether a page may be written; never the last tenth of the disk."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)  # Somebody may have deleted it under our eyes.
            disk = os.statvfs(self._folder)
            return disk.f_bavail * 10 > disk.f_blocks
        return False

    def take(self, weight: int) -> None:
        """Note what was written, and make room when it was much."""
        self._written += weight
        if self._written * PART > self._capacity:
            self._written = 0
            self._make_room()

    def _make_room(self) -> None:
        """Empty the folder where it holds too much; only then is every file of it listed in memory."""
        size = sum(weight for _, weight, _ in _files(self._folder))
        if size <= self._capacity:
            return
        found = sorted(_files(self._folder), reverse=True)
        while found and size > self._capacity * DOWN_TO:
            _, weight, path = found.pop()
            size -= weight
            with suppress(OSError):
                Path(path).unlink()


def _files(folder: str | Path) -> Iterator[tuple[float, int, str]]:
    """Yield age, size and path of the pages' files; what vanishes meanwhile is gone anyway."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path)
                elif entry.is_file():
                    state = entry.stat(follow_symlinks=False)
                    yield state.st_mtime, state.st_size, entry.path
