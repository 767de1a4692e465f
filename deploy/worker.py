"""A worker that lets no gap arise when gunicorn reloads.

gunicorn ends the old workers as soon as it has forked the new ones. Those take seconds to read the code,
and in that time nobody would accept a visitor's connection.
"""

import os
import tempfile
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

#: Seconds that an old worker waits for the new ones, which may never come if their code is broken.
PATIENCE = 60
_HEAD = 8  # bytes


class Roll:
    """Who has begun to serve since the last reload: a nameless file that a master shares with its workers.

    At its head stands the age of the last worker before that reload; each worker that is ready adds a byte.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="ziwang-", buffering=0)  # noqa: SIM115 - as long as the master
        self.begin_anew(0)

    def begin_anew(self, last: int) -> None:
        """Note a reload, before which the last worker had this age."""
        self._file.truncate(0)
        os.pwrite(self._file.fileno(), last.to_bytes(_HEAD), 0)

    def add(self) -> None:
        """Note that one more worker is ready."""
        os.lseek(self._file.fileno(), 0, os.SEEK_END)
        self._file.write(b".")

    def is_replaced(self, age: int, workers: int) -> bool:
        """Whether a worker is not of before the reload, or so many newer ones are ready."""
        last = int.from_bytes(os.pread(self._file.fileno(), _HEAD, 0))
        return age > last or os.fstat(self._file.fileno()).st_size - _HEAD >= workers


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A gthread worker that, told to go by a reload, accepts connections until the new ones do."""

    roll: Roll
    _leave_by: float | None = None

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Go, or begin to wait for those who come; being told again changes nothing."""
        if self._leave_by is None:
            self._leave_by = time.monotonic() + PATIENCE
        if self._may_go():
            super().handle_exit(sig, frame)

    def notify(self) -> None:
        """Tell the master that the worker lives, at least once a second, and go when it is time."""
        super().notify()
        if self.alive and self._leave_by is not None and self._may_go():
            super().handle_exit(0, None)

    def _may_go(self) -> bool:
        is_late = self._leave_by is not None and time.monotonic() > self._leave_by
        return is_late or self.roll.is_replaced(self.age, self.cfg.workers)
