"""What must be, said once more and apart from the code: who may do what with a paper, and what readers see.

Nothing here asks the application or its database; test_life.py holds the two beside each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: Some are several things at once, as in a small unit.
PEOPLE = {
    "slj.editor": {"writer"},
    "slj.signer": {"signer"},
    "slj.leader": {"signer", "leader"},
    "slj.secrecy": {"secrecy"},
    "slj.all": {"writer", "signer", "leader"},
    "portal.operator": {"operator"},
    "portal.all": {"operator", "writer", "signer"},
}
WRITERS = frozenset({"writer"})
SIGNERS = frozenset({"signer"})
LEADERS = frozenset({"leader"})
OPERATORS = frozenset({"operator"})
WHO_TAKES_DOWN = frozenset({"signer", "secrecy", "operator"})
FURTHEST = timedelta(days=366)


@dataclass(eq=False)
class Wording:
    """One text of a paper."""

    title: str
    author: str
    #: Which rules of escalation it meets.
    marks: frozenset[str] = frozenset()
    is_open: bool = True
    corrects: bool = False
    file: int | None = None
    #: Level and person of each signature, in order.
    signed: list[tuple[int, str]] = field(default_factory=list)
    #: Who made it public without a signature.
    pressed: list[str] = field(default_factory=list)

    @property
    def first_signer(self) -> str:
        return next((who for level, who in reversed(self.signed) if level == 1), "")


@dataclass(eq=False)
class Paper:
    """A document on its way from the writer to the readers."""

    texts: list[Wording]
    state: str = "draft"
    shown: Wording | None = None
    #: From when on it is, or will be, public for the first time.
    since: datetime | None = None
    minute: datetime | None = None
    marks: set[str] = field(default_factory=set)
    #: Which marks were lifted from which text.
    lifted: set[tuple[str, str]] = field(default_factory=set)
    is_secret: bool = False
    is_invalid: bool = False
    is_unsigned: bool = False
    is_countersigned: bool = False
    successor: "Paper | None" = None

    @property
    def head(self) -> Wording:
        return self.texts[-1]

    def reads(self, clock: datetime) -> Wording | None:
        """Return the text that readers must see now."""
        return self.shown if self.since is not None and self.since <= clock else None

    def answers(self, clock: datetime) -> int:
        """Return the status of the paper's address."""
        if self.since is None or self.since > clock:
            return 404
        if self.shown is not None:
            return 200
        return 301 if self.successor is not None and self.successor.reads(clock) else 410

    def is_scheduled(self, clock: datetime) -> bool:
        return self.shown is not None and self.reads(clock) is None

    @property
    def is_ready(self) -> bool:
        needs_correction = self.shown is not None and self.shown is not self.head
        return not self.is_secret and self.head.is_open and (self.head.corrects or not needs_correction)

    def wrote(self, who: str) -> bool:
        """Say whether somebody wrote anything since a text was last signed."""
        signed = [index for index, text in enumerate(self.texts[:-1]) if text.signed]
        unsigned = self.texts[signed[-1] + 1 if signed else 0 :]
        return who in {text.author for text in unsigned}

    def raise_marks(self) -> None:
        here = self.head
        self.marks |= {mark for mark in here.marks if (mark, here.title) not in self.lifted}

    def show(self, clock: datetime) -> None:
        if self.since is None:
            self.since = max(clock, self.minute or clock)
        self.shown, self.minute, self.successor, self.state = self.head, None, None, "published"
        self.is_unsigned = False

    def hide(self, state: str) -> None:
        self.shown, self.minute, self.is_unsigned, self.state = None, None, False, state


Condition = Callable[[Paper, str, datetime], bool]
Effect = Callable[[Paper, str, datetime], None]


@dataclass(frozen=True)
class Act:
    """One thing that somebody may do with a paper."""

    path: str
    roles: frozenset[str]
    states: frozenset[str]
    effect: Effect
    condition: Condition = lambda _paper, _who, _clock: True

    def is_allowed(self, paper: Paper, who: str, clock: datetime) -> bool:
        """Say whether the person may do it now."""
        may = bool(self.roles & PEOPLE[who]) and paper.state in self.states
        return may and self.condition(paper, who, clock)


def may_edit(paper: Paper, who: str) -> bool:
    """Say whether somebody may write a further text."""
    closed = paper.state in {"submitted", "signed", "discarded"} or paper.is_secret
    return "writer" in PEOPLE[who] and not closed


def may_submit(paper: Paper, who: str, minute: datetime | None, clock: datetime) -> bool:
    """Say whether somebody may hand the newest text in, to be shown from a minute on."""
    in_time = minute is None or (paper.since is None and clock < minute <= clock + FURTHEST)
    return "writer" in PEOPLE[who] and paper.state == "draft" and paper.is_ready and in_time


def may_lift(paper: Paper, who: str, mark: str) -> bool:
    """Say whether somebody may take a mark away."""
    return "signer" in PEOPLE[who] and paper.state == "submitted" and mark in paper.marks


def submit(paper: Paper, minute: datetime | None, weights: set[str]) -> None:
    """Hand in."""
    paper.state, paper.minute = "submitted", minute
    paper.raise_marks()
    paper.marks |= {f"writer {weight}" for weight in weights}


def lift(paper: Paper, mark: str) -> None:
    """Take a mark away from the newest text."""
    paper.marks.remove(mark)
    paper.lifted.add((mark, paper.head.title))


def withdraw(paper: Paper, successor: Paper | None) -> None:
    """Take from readers, who may be led on."""
    paper.hide("withdrawn")
    paper.successor = successor


def may_withdraw(paper: Paper, who: str, successor: Paper | None, *, merged: bool, clock: datetime) -> bool:
    """Say whether somebody may take it from its readers, leading them on."""
    leads = successor is None or (successor is not paper and successor.reads(clock) is not None)
    named = successor is not None or not merged
    return "signer" in PEOPLE[who] and paper.reads(clock) is not None and leads and named


def _to(state: str) -> Effect:
    def move(paper: Paper, _who: str, _clock: datetime) -> None:
        paper.state = state

    return move


def _signs(paper: Paper, who: str, _clock: datetime) -> bool:
    return paper.is_ready and not paper.wrote(who)


def _leads(paper: Paper, who: str, clock: datetime) -> bool:
    return _signs(paper, who, clock) and who not in {paper.head.first_signer, *paper.head.pressed}


def _publish(paper: Paper, who: str, clock: datetime) -> None:
    paper.raise_marks()
    paper.head.signed.append((1, who))
    if paper.marks:
        paper.state = "signed"
    else:
        paper.show(clock)


def _approve(paper: Paper, who: str, clock: datetime) -> None:
    paper.head.signed.append((2, who))
    paper.show(clock)


def _press(paper: Paper, who: str, clock: datetime) -> None:
    paper.raise_marks()
    paper.head.pressed.append(who)
    paper.minute = None
    if paper.since is not None and paper.since > clock:
        paper.since = None
    paper.show(clock)
    paper.is_unsigned, paper.is_countersigned = True, False


def _countersign(paper: Paper, who: str, _clock: datetime) -> None:
    paper.head.signed.append((1, who))
    paper.is_countersigned = True
    paper.is_unsigned = bool(paper.marks)


def _counterapprove(paper: Paper, who: str, _clock: datetime) -> None:
    paper.head.signed.append((2, who))
    paper.is_unsigned = False


def _cancel(paper: Paper, _who: str, _clock: datetime) -> None:
    paper.hide("draft")
    paper.since = None


def _take_down(paper: Paper, _who: str, _clock: datetime) -> None:
    withdraw(paper, None)
    paper.is_secret = True


def _mark_invalid(paper: Paper, _who: str, _clock: datetime) -> None:
    paper.is_invalid = True


def _mark_valid(paper: Paper, _who: str, _clock: datetime) -> None:
    paper.is_invalid = False


def _states(*names: str) -> frozenset[str]:
    return frozenset(names)


MAY_BE_PUBLIC = _states("draft", "submitted", "signed", "published")
ACTS = {
    "take_back": Act("take-back", WRITERS, _states("submitted", "signed"), _to("draft")),
    "give_back": Act("give-back", SIGNERS, _states("submitted"), _to("draft")),
    "refuse": Act("refuse", LEADERS, _states("signed"), _to("draft")),
    "publish": Act("publish", SIGNERS, _states("submitted"), _publish, _signs),
    "approve": Act("approve", LEADERS, _states("signed"), _approve, _leads),
    "emergency": Act(
        "emergency",
        OPERATORS,
        _states("draft", "submitted", "signed"),
        _press,
        lambda paper, who, _: paper.is_ready and who != paper.head.author,
    ),
    "countersign": Act(
        "countersign",
        SIGNERS,
        _states("published"),
        _countersign,
        lambda paper, who, _: (
            paper.is_unsigned
            and not paper.is_countersigned
            and not paper.wrote(who)
            and who not in paper.head.pressed
        ),
    ),
    "counterapprove": Act(
        "counterapprove",
        LEADERS,
        _states("published"),
        _counterapprove,
        lambda paper, who, clock: paper.is_unsigned and paper.is_countersigned and _leads(paper, who, clock),
    ),
    "cancel": Act(
        "cancel", SIGNERS, MAY_BE_PUBLIC, _cancel, lambda paper, _, clock: paper.is_scheduled(clock)
    ),
    "take_down": Act(
        "take-down",
        WHO_TAKES_DOWN,
        MAY_BE_PUBLIC | {"withdrawn"},
        _take_down,
        lambda paper, _, clock: (
            paper.since is not None and not paper.is_secret and not paper.is_scheduled(clock)
        ),
    ),
    "invalidate": Act(
        "invalidate",
        SIGNERS,
        _states("published"),
        _mark_invalid,
        lambda paper, _, clock: paper.reads(clock) is not None and not paper.is_invalid,
    ),
    "revalidate": Act(
        "revalidate",
        SIGNERS,
        _states("published"),
        _mark_valid,
        lambda paper, _who, _clock: paper.is_invalid,
    ),
    "reopen": Act(
        "reopen", WRITERS, _states("withdrawn"), _to("draft"), lambda paper, _who, _clock: not paper.is_secret
    ),
    "discard": Act(
        "discard",
        WRITERS,
        _states("draft"),
        _to("discarded"),
        lambda paper, _who, _clock: paper.shown is None,
    ),
    "restore": Act("restore", WRITERS, _states("discarded"), _to("draft")),
}
