"""What a check says about one text, with the stops that two people have let pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.checks.hits import Hit, Severity
from app.checks.models import Waiver
from app.checks.rulebook import CheckRule, Waiving

#: A page shows no more of one severity; the rest is counted.
MOST_SHOWN = 100
MOST_PLACES = 3


@dataclass(frozen=True)
class Card:
    """One thing to do, which may be to be done in several places."""

    hit: Hit
    places: Sequence[str]

    @property
    def where(self) -> str:
        """The first places, and how many others there are."""
        rest = len(self.places) - MOST_PLACES
        return "、".join(self.places[:MOST_PLACES]) + (f"等 {len(self.places)} 处" if rest > 0 else "")


@dataclass(frozen=True)
class Group:
    """The hits of one severity, the same ones together."""

    severity: Severity
    hits: Sequence[Hit]

    @cached_property
    def cards(self) -> list[Card]:
        """What there is to do."""
        same: dict[str, list[Hit]] = {}
        for hit in self.hits:
            same.setdefault(hit.fingerprint, []).append(hit)
        return [Card(hits[0], list(dict.fromkeys(one.where for one in hits))) for hits in same.values()]

    @property
    def shown(self) -> list[Card]:
        """As many as a page bears."""
        return self.cards[:MOST_SHOWN]


@dataclass(frozen=True)
class Report:
    """All hits of one text; a stop that was waived is none any more."""

    hits: Sequence[Hit]
    waivers: Mapping[str, Waiver]
    rules: Mapping[str, CheckRule]

    @cached_property
    def stops(self) -> list[Hit]:
        """What must be mended or waived before the text goes on."""
        return [hit for hit in self._of(Severity.STOP) if not self._is_waived(hit)]

    @cached_property
    def confirms(self) -> list[Hit]:
        """What the signer has to look at."""
        return self._of(Severity.CONFIRM)

    @cached_property
    def hints(self) -> list[Hit]:
        """What could be better."""
        return self._of(Severity.HINT)

    @cached_property
    def waived(self) -> list[Hit]:
        """The stops that two people have let pass."""
        return [hit for hit in self._of(Severity.STOP) if self._is_waived(hit)]

    @cached_property
    def groups(self) -> list["Group"]:
        """What stands, the gravest first."""
        every = [
            (Severity.STOP, self.stops),
            (Severity.CONFIRM, self.confirms),
            (Severity.HINT, self.hints),
        ]
        return [Group(severity, hits) for severity, hits in every if hits]

    @cached_property
    def summary(self) -> str:
        """What stands, in one line."""
        if not self.groups:
            return "没有发现问题。"
        return "，".join(f"{one.severity.label} {len(one.cards)} 项" for one in self.groups) + "。"

    @cached_property
    def mendable(self) -> list[str]:
        """The fingerprints of personal data that one click masks."""
        found = [hit for hit in self.stops if hit.replacement and hit.rule.startswith("personal.")]
        return list(dict.fromkeys(hit.fingerprint for hit in found))

    def rule_of(self, hit: Hit) -> CheckRule:
        """Return the rule that a hit is under."""
        return self.rules[hit.rule]

    def waiver_of(self, hit: Hit) -> Waiver | None:
        """Return what was asked for a hit."""
        return self.waivers.get(hit.fingerprint)

    def waiving_of(self, hit: Hit) -> Waiving:
        """Say who may let a hit pass; only stops need it."""
        return self.rules[hit.rule].waiving if hit.severity is Severity.STOP else Waiving.NONE

    def unanswered(self, *, counts_asked: bool = False) -> list[Hit]:
        """Return the stops that nobody has waived, or with ``counts_asked`` not even asked to."""
        return [hit for hit in self.stops if not (counts_asked and self.waiver_of(hit))]

    def _of(self, severity: Severity) -> list[Hit]:
        return [hit for hit in self.hits if hit.severity is severity]

    def _is_waived(self, hit: Hit) -> bool:
        waiver = self.waiver_of(hit)
        return bool(waiver and waiver.is_agreed) and self.waiving_of(hit) is not Waiving.NONE
