"""The entry: of gunicorn (`wsgi:app`), of `flask --app wsgi`, and of `python3 wsgi.py run` on a bare machine.

Run as a script this file must be readable by any Python 3, so that an old one gets as far as being told.
"""

import sys
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask import Flask

    from app.front import Front


class Entrance:
    """The front door, built once in each process: when its worker starts, or when first knocked at."""

    def __init__(self) -> None:
        self._building = Lock()
        self._front: Front | None = None

    def build(self) -> "Front":
        """Return the front door, and make it if nobody has yet."""
        with self._building:
            if self._front is None:
                from app.front import Front  # noqa: PLC0415 - a bare machine has no packages to import yet

                self._front = Front()
        return self._front

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        return (self._front or self.build())(environ, start_response)


def create_app() -> "Flask":
    """Make the application whose commands `flask --app wsgi` offers."""
    from app import create_console_app, embedded  # noqa: PLC0415 - a bare machine has no packages yet

    data = embedded.data_folder()
    if embedded.is_installed(data):
        embedded.set_defaults(data)
    try:
        return create_console_app()
    except RuntimeError as error:  # A setting is missing or wrong: one line, no traceback.
        raise SystemExit(str(error)) from None


app = Entrance()

if __name__ == "__main__":
    from deploy.bootstrap.version import refuse_old_python

    refuse_old_python(sys.version_info[:3])

    from deploy.bootstrap.commands import main

    raise SystemExit(main(sys.argv[1:]))
