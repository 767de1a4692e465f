"""Who may do what: one table, read from left to right."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is on one tenant; one person may be several things."""

    EDITOR = "editor"
    SIGNER = "signer"
    LEADER = "leader"
    MANAGER = "manager"
    SECRECY = "secrecy"
    OPERATOR = "operator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role's name on the screen."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.EDITOR: "信息员",
    Role.SIGNER: "负责同志（审签）",
    Role.LEADER: "主要领导",
    Role.MANAGER: "子站管理员",
    Role.SECRECY: "保密员",
    Role.OPERATOR: "县级运维",
    Role.AUDITOR: "县级审计",
}

#: Roles on a unit's tenant, and roles on a portal's tenant, which reach over all its units.
UNIT_ROLES = (Role.EDITOR, Role.SIGNER, Role.LEADER, Role.MANAGER, Role.SECRECY)
COUNTY_ROLES = (Role.OPERATOR, Role.AUDITOR)
#: Who must have a second factor before anything else.
SECOND_FACTOR_ROLES = frozenset({Role.OPERATOR})


class Permission(StrEnum):
    """What a page or an action of the console asks for."""

    READ_DESK = "desk:read"
    WRITE_ARTICLE = "article:write"
    SIGN_ARTICLE = "article:sign"
    LEAD_ARTICLE = "article:lead"
    WITHDRAW_ARTICLE = "article:withdraw"
    TAKE_DOWN_ARTICLE = "article:take-down"
    CLEAR_SECRECY = "secrecy:clear"
    WRITE_PROFILE = "profile:write"
    SIGN_PROFILE = "profile:sign"
    KEEP_CATALOGUE = "catalogue:keep"
    DECIDE_DISCLOSURE = "disclosure:decide"
    READ_CONTRIBUTIONS = "contribution:read"
    MANAGE_PEOPLE = "people:manage"
    MANAGE_WORDS = "words:manage"
    AGREE_LINK = "link:agree"
    KEEP_COLLECTIONS = "collections:keep"
    ARRANGE_LOOK = "look:arrange"
    USE_LOOK = "look:use"
    OPERATE_COUNTY = "county:operate"
    READ_AUDIT = "audit:read"


GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.READ_DESK: frozenset(Role),
    Permission.WRITE_ARTICLE: frozenset({Role.EDITOR}),
    Permission.SIGN_ARTICLE: frozenset({Role.SIGNER, Role.LEADER}),
    Permission.LEAD_ARTICLE: frozenset({Role.LEADER}),
    Permission.WITHDRAW_ARTICLE: frozenset({Role.SIGNER, Role.LEADER}),
    Permission.TAKE_DOWN_ARTICLE: frozenset({Role.SIGNER, Role.LEADER, Role.SECRECY, Role.OPERATOR}),
    Permission.CLEAR_SECRECY: frozenset({Role.SECRECY}),
    Permission.WRITE_PROFILE: frozenset({Role.EDITOR, Role.MANAGER}),
    Permission.SIGN_PROFILE: frozenset({Role.SIGNER, Role.LEADER}),
    Permission.KEEP_CATALOGUE: frozenset({Role.EDITOR, Role.SIGNER, Role.MANAGER}),
    Permission.DECIDE_DISCLOSURE: frozenset({Role.SIGNER, Role.LEADER, Role.MANAGER}),
    Permission.READ_CONTRIBUTIONS: frozenset({Role.EDITOR, Role.SIGNER, Role.LEADER}),
    Permission.MANAGE_PEOPLE: frozenset({Role.MANAGER}),
    Permission.MANAGE_WORDS: frozenset({Role.MANAGER}),
    Permission.AGREE_LINK: frozenset({Role.SIGNER, Role.LEADER, Role.OPERATOR}),
    Permission.KEEP_COLLECTIONS: frozenset({Role.SIGNER, Role.LEADER, Role.MANAGER, Role.OPERATOR}),
    Permission.ARRANGE_LOOK: frozenset({Role.EDITOR, Role.MANAGER}),
    Permission.USE_LOOK: frozenset({Role.SIGNER, Role.LEADER, Role.MANAGER}),
    Permission.OPERATE_COUNTY: frozenset({Role.OPERATOR}),
    Permission.READ_AUDIT: frozenset({Role.AUDITOR}),
}
