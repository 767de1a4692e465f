"""What sort of text an article is, and whether the public is to have it (GK-06)."""

from enum import StrEnum


class Genre(StrEnum):
    """What sort of text an article is."""

    NEWS = "news"
    NOTICE = "notice"
    CIRCULAR = "circular"
    ANNOUNCEMENT = "announcement"
    PUBLIC_NOTICE = "public_notice"
    DECISION = "decision"
    NORMATIVE = "normative"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    PLAN = "plan"
    DATA = "data"
    CLARIFICATION = "clarification"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The genre's name on the screen."""
        return _GENRE_LABELS[self]


_GENRE_LABELS = {
    Genre.NEWS: "工作动态",
    Genre.NOTICE: "通知",
    Genre.CIRCULAR: "通告",
    Genre.ANNOUNCEMENT: "公告",
    Genre.PUBLIC_NOTICE: "公示",
    Genre.DECISION: "决定",
    Genre.NORMATIVE: "规范性文件",
    Genre.POLICY: "政策文件",
    Genre.INTERPRETATION: "政策解读",
    Genre.PLAN: "规划计划",
    Genre.DATA: "数据",
    Genre.CLARIFICATION: "辟谣澄清",
    Genre.OTHER: "其他",
}
#: The five kinds of notices of the founding notice (S-21).
NOTICES = (Genre.NOTICE, Genre.CIRCULAR, Genre.ANNOUNCEMENT, Genre.PUBLIC_NOTICE, Genre.DECISION)
#: Genres that are official documents: their data stand in a table above the text.
DOCUMENTS = frozenset({*NOTICES, Genre.NORMATIVE, Genre.POLICY, Genre.PLAN})
#: Genres that come into force on a day of their own, and may end on one.
IN_FORCE = frozenset({Genre.CIRCULAR, Genre.DECISION, Genre.NORMATIVE, Genre.POLICY})


class Attribute(StrEnum):
    """Whether a unit discloses a text by itself, on request, or not at all; S-14: openness is the rule."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The attribute's name on the screen."""
        return {"open": "主动公开", "on_request": "依申请公开", "closed": "不予公开"}[self]


class Secrecy(StrEnum):
    """Whether a text is a state secret; one that is can never be published."""

    NONE = "none"
    CLASSIFIED = "classified"

    @property
    def label(self) -> str:
        """The status's name on the screen."""
        return {"none": "非涉密", "classified": "涉密"}[self]
