"""A worker that lets no gap arise when gunicorn reloads, and keeps nothing of a visitor whom it cannot serve.

gunicorn ends the old workers as soon as it has forked the new ones. Those take seconds to read the code,
and in that time nobody would accept a visitor's connection.

What gunicorn cannot read it would answer in English, and note with the visitor's address.
"""

import os
import socket
import tempfile
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

#: Seconds that an old worker waits for the new ones, which may never come if their code is broken.
PATIENCE = 60
#: What a request that cannot be read is answered; all others that cannot are wrong in another way.
STATUSES = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
}
#: A header of ours that gunicorn does not send, or a setting that it cannot use, is our fault.
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName, errors.ConfigurationProblem)
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

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:  # noqa: ARG002 - as gunicorn calls it
        """Answer a request that could not be read, or failed before an application could explain it."""
        from app.errors import unseen  # noqa: PLC0415 - the master reads this file, and not the application

        is_theirs = isinstance(exc, errors.ParseException) and not isinstance(exc, OURS)
        status = STATUSES.get(type(exc), HTTPStatus.BAD_REQUEST) if is_theirs else 500
        if not is_theirs:
            self.log.error("A request failed outside the applications", exc_info=exc)
        body = unseen(status).encode()
        head = (
            f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}\r\nConnection: close\r\n"
            f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\n\r\n"
        )
        with suppress(OSError):  # Who does not listen any more needs no answer.
            write_nonblock(client, head.encode("ascii") + body)

    def _may_go(self) -> bool:
        is_late = self._leave_by is not None and time.monotonic() > self._leave_by
        return is_late or self.roll.is_replaced(self.age, self.cfg.workers)
