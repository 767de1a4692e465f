"""What sorts of taking part there are, and where one stands at a moment (S-22, ZY-23)."""

from datetime import datetime
from enum import StrEnum


class HearingKind(StrEnum):
    """How a unit hears the public."""

    HEARING = "hearing"
    CONSULTATION = "consultation"

    @property
    def label(self) -> str:
        """The kind's name on the screen."""
        return {"hearing": "听证", "consultation": "征求意见"}[self]


class Stage(StrEnum):
    """Where a hearing stands; decided by the clock whenever a page is asked for (DESIGN 15)."""

    COMING = "coming"
    OPEN = "open"
    #: Closed, and the result is still to come.
    CLOSED = "closed"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """The stage's name on the screen."""
        return _STAGE_LABELS[self]


_STAGE_LABELS = {
    Stage.COMING: "即将开始",
    Stage.OPEN: "进行中",
    Stage.CLOSED: "已结束，待反馈",
    Stage.ANSWERED: "已公布结果",
}


class ContributionKind(StrEnum):
    """What a visitor sends."""

    OPINION = "opinion"
    SIGN_UP = "sign_up"

    @property
    def label(self) -> str:
        """The kind's name on the screen."""
        return {"opinion": "意见", "sign_up": "报名"}[self]


def stage_at(moment: datetime, opens_at: datetime, closes_at: datetime, *, has_result: bool) -> Stage:
    """Return where a hearing stands at a moment; a result before the closing ends nothing."""
    if moment < opens_at:
        return Stage.COMING
    if moment < closes_at:
        return Stage.OPEN
    return Stage.ANSWERED if has_result else Stage.CLOSED
