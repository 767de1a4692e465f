"""How many queries a page costs, counted where they reach the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.database import db
from app.front import Front
from tests.browser import Browser

#: What opens a transaction or tells PostgreSQL for whom it is, and the look after the table of hosts, which
#: is taken once a second at most, whatever is asked.
AROUND = ("BEGIN", "SELECT set_config", "SELECT count(*) AS count_1, max(host.changed_at)")
OK = 200


class Pages:
    """Visitors' pages, each finished anew for every count."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def queries_of(self, host: str, path: str, *, is_first: bool = False) -> list[str]:
        """Return the queries that an uncached page asks; the subsite's first one asks for what all share.

        After a change of hosts the first page reads them all anew; the shorter of two attempts is the page
        without that.
        """
        return min((self._asked(host, path, is_first=is_first) for _ in range(2)), key=len)

    def _asked(self, host: str, path: str, *, is_first: bool) -> list[str]:
        self.front.public.extensions["pages"].clear()
        self.front.public.extensions["page_folder"].clear()
        if is_first:
            self.front.public.extensions["shared"].forget()
        with self._listening() as asked:
            answer = Browser(self.front, host=host).get(path)
        if answer.status_code != OK:
            raise RuntimeError(f"{host}{path} answers {answer.status_code}")
        return [statement for statement in asked if not statement.startswith(AROUND)]

    @contextmanager
    def _listening(self) -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        with self.front.public.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(engine, "before_cursor_execute", note)
