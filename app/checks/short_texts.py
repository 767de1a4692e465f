"""What goes out without being an article, such as a leader's card: what must not is found there too (S-69).

There are no waivers: such a text is short, and whoever writes it can mend it on the spot.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.checks import queries
from app.checks.hits import Hit, Severity
from app.checks.inspection import inspect
from app.checks.parts import Part
from app.checks.rulebook import rulebook
from app.checks.subject import Facts, Subject
from app.checks.wordlists import lexicon_of
from app.content.services import Text
from app.core.clock import today
from app.core.errors import RuleBroken
from app.core.html import plain
from app.tenancy.current import current_tenant


@dataclass(frozen=True)
class Labelled(Subject):
    """Texts under their labels; the rules for titles, bodies and files find nothing in them."""

    pieces: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The texts as they are labelled on the form."""
        return self.pieces


def refuse_stops(texts: Mapping[str, str]) -> None:
    """Raise RuleBroken where one of the bound unit's texts, by their labels, may not go out as it stands."""
    stops = [hit for hit in _hits(texts) if hit.severity is Severity.STOP]
    if stops:
        first = stops[0]
        others = f"另有 {len(stops) - 1} 处。" if len(stops) > 1 else ""
        raise RuleBroken(f"发布前检查没有通过。{first.where}：{first.why}{first.suggestion}{others}")


def _hits(texts: Mapping[str, str]) -> list[Hit]:
    pieces = tuple(Part(label, plain(text)) for label, text in texts.items() if text)
    subject = Labelled(Text("", ""), Facts(today()), own=queries.own_of(current_tenant), pieces=pieces)
    return inspect(subject, lexicon_of(current_tenant), rulebook(today()))
