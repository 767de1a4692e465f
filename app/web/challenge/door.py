"""How a visitor's form is answered: shown, taken once, or given back with all that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, make_response, redirect, request
from sqlalchemy.exc import IntegrityError

from app.core.database import db
from app.theming.pages import Page
from app.web.challenge import tokens
from app.web.challenge.entry import USED, Entry, received
from app.web.frame import render_framed


@dataclass(frozen=True)
class Leads:
    """Where the visitor goes from the form: on, once something was accepted, or away from what is closed."""

    to: str
    has_taken: bool = False


FormView = Callable[..., Page | Leads]


def answer_form(view: FormView, args: dict[str, Any]) -> Response:
    """Answer a form's address: what a view accepts uses its token up, in the same transaction."""
    entry = received() if request.method == "POST" else Entry()
    answer = view(entry, **args)
    if isinstance(answer, Leads) and answer.has_taken and not _is_taken_once(entry):
        entry = entry.refused(USED)
        answer = view(entry, **args)
    if isinstance(answer, Leads):
        response = redirect(answer.to, HTTPStatus.SEE_OTHER)
    else:
        response = make_response(render_framed(answer), _status(entry))
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]  # Both are what Flask calls a response.


def _is_taken_once(entry: Entry) -> bool:
    """Commit what was accepted, unless the same token was used at the same moment."""
    assert entry.token is not None
    try:
        tokens.use_up(entry.token)
    except IntegrityError:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _status(entry: Entry) -> HTTPStatus:
    """Return the status of a form that is shown: what was sent and not accepted is never a 200."""
    if entry.is_good:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return entry.status
