"""How much of the disk kept pages may take: each process looks again whenever it has written some of it."""

import os
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
        found = sorted(_files(self._folder), reverse=True)
        size = sum(weight for _, weight, _ in found)
        if size <= self._capacity:
            return
        while found and size > self._capacity * DOWN_TO:
            _, weight, path = found.pop()
            size -= weight
            with suppress(OSError):
                path.unlink()


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    """Return the pages' files by age; what vanishes meanwhile is gone anyway."""
    found = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            state = path.lstat()
            if path.is_file():
                found.append((state.st_mtime, state.st_size, path))
    return found
