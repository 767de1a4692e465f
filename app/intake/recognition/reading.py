"""What has been understood of a document so far: which line means what, and what is odd about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.intake.recognition.lines import Line

#: No field and no evidence for one is longer.
LONGEST = 1_000


@dataclass(frozen=True)
class Finding:
    """A recognised field: its value, the exact words it was taken from, and where they stand."""

    value: str
    words: str
    place: str


@dataclass
class Reading:
    """The lines of a document, the fields found in them, and the lines that are nothing but fields."""

    lines: list[Line]
    fields: dict[str, Finding] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    spent: set[int] = field(default_factory=set)
    #: Signature and date, which stand at the right margin.
    closing: set[int] = field(default_factory=set)

    def text(self, number: int) -> str:
        """Return a line's text; empty beyond the end."""
        return self.lines[number].text if 0 <= number < len(self.lines) else ""

    def note(self, name: str, value: str, numbers: Iterable[int], words: str = "") -> None:
        """Remember a field; the first evidence for it stays."""
        if not value.strip():
            return
        at = list(numbers)
        shown = words or "\n".join(self.text(number) for number in at)
        self.fields.setdefault(name, Finding(value[:LONGEST], shown[:LONGEST], self.lines[at[0]].place))

    def spend(self, numbers: Iterable[int]) -> None:
        """Leave lines out of the body: they say nothing beyond their fields."""
        self.spent.update(numbers)

    def warn(self, message: str) -> None:
        """Say something that the clerk should look at, once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def value(self, name: str) -> str:
        """Return a field's value; empty where it was not found."""
        found = self.fields.get(name)
        return found.value if found else ""
