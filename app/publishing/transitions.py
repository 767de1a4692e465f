"""The life of an article, as a table: from which state, by whom, to which (S-60)."""

from dataclasses import dataclass

from app.accounts.permissions import Permission
from app.content.states import ArticleState as State


@dataclass(frozen=True)
class Transition:
    """One step that a person can take with an article."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    permission: Permission
    needs_reason: bool = False


WRITE, SIGN = Permission.WRITE_ARTICLE, Permission.SIGN_ARTICLE

SUBMIT = Transition("submit", "提交审签", frozenset({State.DRAFT}), State.SUBMITTED, WRITE)
TAKE_BACK = Transition("take_back", "收回修改", frozenset({State.SUBMITTED}), State.DRAFT, WRITE)
GIVE_BACK = Transition(
    "give_back", "退回修改", frozenset({State.SUBMITTED}), State.DRAFT, SIGN, needs_reason=True
)
PUBLISH = Transition("publish", "审签发布", frozenset({State.SUBMITTED}), State.PUBLISHED, SIGN)
WITHDRAW = Transition(
    "withdraw",
    "撤回",
    frozenset({State.PUBLISHED, State.DRAFT, State.SUBMITTED}),
    State.WITHDRAWN,
    Permission.WITHDRAW_ARTICLE,
    needs_reason=True,
)
REOPEN = Transition("reopen", "重新编辑", frozenset({State.WITHDRAWN}), State.DRAFT, WRITE)
DISCARD = Transition("discard", "作废", frozenset({State.DRAFT}), State.DISCARDED, WRITE)
RESTORE = Transition("restore", "恢复为草稿", frozenset({State.DISCARDED}), State.DRAFT, WRITE)

TRANSITIONS = (SUBMIT, TAKE_BACK, GIVE_BACK, PUBLISH, WITHDRAW, REOPEN, DISCARD, RESTORE)
