"""Asking a front door as a program does, so that everything said is seen."""

from typing import TYPE_CHECKING

from werkzeug.test import Client, TestResponse

if TYPE_CHECKING:
    from app.front import Front


def ask(front: "Front", path: str, host: str, method: str = "GET", **headers: str) -> TestResponse:
    """Return the whole answer, followed nowhere."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(front, use_cookies=False).open(
        path, method=method, base_url=f"http://{host}", headers=named
    )
