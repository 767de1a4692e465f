"""What happens to a request before its view, and to the response after it.

Read each tuple from top to bottom: together they are the path of every request.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from app.accounts.session import load_person
from app.api.problems import speak_to_programs
from app.display.steps import choose_mode, hand_on
from app.pagecache.hooks import answer_from_cache, keep_in_cache
from app.tenancy.resolver import bind_tenant
from app.visits.counting import count_visit
from app.web.headers import add_security_headers, forbid_storing, let_revalidate
from app.web.leaving import lead_out


@dataclass(frozen=True)
class Pipeline:
    """The steps around the views of one application, in the order in which they run."""

    before_view: tuple[Callable[[], ResponseReturnValue | None], ...]
    after_view: tuple[Callable[[Response], Response], ...]

    def install(self, app: Flask) -> None:
        """Hand the steps to Flask."""
        for before in self.before_view:
            app.before_request(before)
        for after in reversed(self.after_view):  # Flask runs the last one registered first.
            app.after_request(after)


PUBLIC = Pipeline(
    before_view=(
        bind_tenant,  # Host header -> g.tenant, or 404
        choose_mode,  # ?mode= -> the cookie, and back to the page
        answer_from_cache,  # a kept page ends the request here
    ),
    after_view=(
        count_visit,  # kept pages too
        lead_out,  # links out of the county, through the page that says so
        hand_on,  # traditional characters, and links that carry the display mode
        speak_to_programs,
        let_revalidate,
        add_security_headers,
        keep_in_cache,  # last: what is kept is answered by itself the next time, as it is here
    ),
)

CONSOLE = Pipeline(
    before_view=(
        load_person,  # who is signed in; each route says who may
    ),
    after_view=(
        forbid_storing,
        add_security_headers,
    ),
)
