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


WRITE, SIGN, LEAD = Permission.WRITE_ARTICLE, Permission.SIGN_ARTICLE, Permission.LEAD_ARTICLE
WITHDRAWING, TAKING_DOWN = Permission.WITHDRAW_ARTICLE, Permission.TAKE_DOWN_ARTICLE
DRAFT, SUBMITTED, SIGNED, PUBLISHED, WITHDRAWN, DISCARDED = State
#: A published article stays public while its next text is written and signed.
MAY_BE_PUBLIC = frozenset({DRAFT, SUBMITTED, SIGNED, PUBLISHED})


def _step(
    name: str,
    label: str,
    sources: State | frozenset[State],
    target: State,
    permission: Permission,
    *,
    needs_reason: bool = False,
) -> Transition:
    froms = sources if isinstance(sources, frozenset) else frozenset({sources})
    return Transition(name, label, froms, target, permission, needs_reason)


SUBMIT = _step("submit", "提交审签", DRAFT, SUBMITTED, WRITE)
TAKE_BACK = _step("take_back", "收回修改", frozenset({SUBMITTED, SIGNED}), DRAFT, WRITE)
GIVE_BACK = _step("give_back", "退回修改", SUBMITTED, DRAFT, SIGN, needs_reason=True)
REFUSE = _step("refuse", "主要领导退回", SIGNED, DRAFT, LEAD, needs_reason=True)
#: The first signature, of a text that needs no second one (S-64), and of one that does (S-65).
PUBLISH = _step("publish", "审签发布", SUBMITTED, PUBLISHED, SIGN)
SIGN_OFF = _step("sign", "审签", SUBMITTED, SIGNED, SIGN)
APPROVE = _step("approve", "审核发布", SIGNED, PUBLISHED, LEAD)
#: Public on the operator's word, and both signatures afterwards.
EMERGENCY = _step(
    "emergency",
    "应急发布",
    frozenset({DRAFT, SUBMITTED, SIGNED}),
    PUBLISHED,
    Permission.OPERATE_COUNTY,
    needs_reason=True,
)
COUNTERSIGN = _step("countersign", "补签", PUBLISHED, PUBLISHED, SIGN)
COUNTERAPPROVE = _step("counterapprove", "主要领导补签", PUBLISHED, PUBLISHED, LEAD)
CANCEL = _step("cancel", "取消定时发布", MAY_BE_PUBLIC, DRAFT, WITHDRAWING, needs_reason=True)
WITHDRAW = _step("withdraw", "撤回", MAY_BE_PUBLIC, WITHDRAWN, WITHDRAWING, needs_reason=True)
TAKE_DOWN = _step(
    "take_down", "涉密下线", MAY_BE_PUBLIC | {WITHDRAWN}, WITHDRAWN, TAKING_DOWN, needs_reason=True
)
INVALIDATE = _step("invalidate", "标记失效", PUBLISHED, PUBLISHED, WITHDRAWING, needs_reason=True)
REVALIDATE = _step("revalidate", "取消失效标记", PUBLISHED, PUBLISHED, WITHDRAWING, needs_reason=True)
REOPEN = _step("reopen", "重新编辑", WITHDRAWN, DRAFT, WRITE)
DISCARD = _step("discard", "作废", DRAFT, DISCARDED, WRITE)
RESTORE = _step("restore", "恢复为草稿", DISCARDED, DRAFT, WRITE)

TRANSITIONS = (
    *(SUBMIT, TAKE_BACK, GIVE_BACK, REFUSE, PUBLISH, SIGN_OFF, APPROVE),
    *(EMERGENCY, COUNTERSIGN, COUNTERAPPROVE, CANCEL),
    *(WITHDRAW, TAKE_DOWN, INVALIDATE, REVALIDATE, REOPEN, DISCARD, RESTORE),
)
