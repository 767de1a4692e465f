"""What a check says: which rule, where in the text, why, what to do, and how hard it is meant."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from app.checks.parts import Part

#: What does not make two findings different: spaces, marks between digits, invisible characters.
_LOOSE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2013\u2014]+")


class Severity(StrEnum):
    """How hard a hit is meant."""

    #: The text cannot go on before it is mended, or two people have waived it.
    STOP = "stop"
    #: The signer has to look and decide.
    CONFIRM = "confirm"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The severity's name on the screen."""
        return {"stop": "必须处理", "confirm": "请确认", "hint": "提示"}[self]


@dataclass(frozen=True)
class Finding:
    """What a family of rules has found, before the rule book says how hard it is meant."""

    rule: str
    part: Part
    start: int
    end: int
    why: str
    suggestion: str
    #: What may stand there instead.
    replacement: str = ""
    #: Personal data as they may be shown.
    masked: str = ""
    #: What makes it the same finding in the next revision; the words found, unless told otherwise.
    key: str = ""
    #: Only of words, whose severity is their own.
    severity: Severity | None = None
    #: Whether the words found may be shown; a missing thing has none.
    is_quotable: bool = True

    @property
    def fingerprint(self) -> str:
        """A hash of the rule and the normalised words, the same wherever they stand."""
        found = self.key or _LOOSE.sub("", self.part.even[self.start : self.end]).lower()
        return hashlib.sha256(f"{self.rule}\n{found}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Hit:
    """One thing to look at, as people read it; personal data in it is masked."""

    rule: str
    severity: Severity
    #: In Chinese: the title, a paragraph of the body, a place in an attachment.
    where: str
    excerpt: str
    why: str
    suggestion: str
    #: What one click puts in its place; empty where a person has to mend it.
    replacement: str
    fingerprint: str
