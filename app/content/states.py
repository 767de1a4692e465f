"""Where an article stands, and how it ended."""

from enum import StrEnum


class ArticleState(StrEnum):
    """Where an article's newest revision stands between its writer and the readers."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    #: Signed by the person in charge; waits for the unit's leader (S-65).
    SIGNED = "signed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state's name on the screen."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ArticleState.DRAFT: "草稿",
    ArticleState.SUBMITTED: "待审签",
    ArticleState.SIGNED: "待主要领导审核",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.WITHDRAWN: "已撤回",
    ArticleState.DISCARDED: "已作废",
}


class Ending(StrEnum):
    """Why readers find an article no more, which decides what its address answers."""

    #: 410 with a notice, or on to another article.
    ERROR = "error"
    #: On to the article that took it in.
    MERGED = "merged"
    #: 410 everywhere, files included; nothing of the text is shown to readers again.
    SECRECY = "secrecy"

    @property
    def label(self) -> str:
        """The reason's name on the screen."""
        return {"error": "发布有误", "merged": "并入其他信息", "secrecy": "涉密下线"}[self]


class Validity(StrEnum):
    """Whether what a document says still holds (GK-11)."""

    VALID = "valid"
    #: Its day has not come.
    PENDING = "pending"
    AMENDED = "amended"
    ABOLISHED = "abolished"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The validity's name on the screen."""
        return _VALIDITY_LABELS[self]


_VALIDITY_LABELS = {
    Validity.VALID: "有效",
    Validity.PENDING: "尚未施行",
    Validity.AMENDED: "已修改",
    Validity.ABOLISHED: "已废止",
    Validity.EXPIRED: "失效",
}
