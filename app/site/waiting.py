"""What waits for the person of this request: asked once, for the menu, the banner, the desk and the inbox."""

from typing import Any

from flask import Flask, g

from app.accounts.session import Standing, current_account, standing
from app.publishing.inbox import Waiting, inbox_of


def init_app(app: Flask) -> None:
    """Let the console's layout ask; nothing is asked on pages that show no menu."""
    app.context_processor(_for_templates)


def waiting_now() -> list[Waiting]:
    """Return what waits for the person who sends the request, the most urgent first."""
    if standing() is not Standing.FULL:
        return []
    if "waiting" not in g:
        g.waiting = inbox_of(current_account())
    found: list[Waiting] = g.waiting
    return found


def _for_templates() -> dict[str, Any]:
    return {"waiting_now": waiting_now}
