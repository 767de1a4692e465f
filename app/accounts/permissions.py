"""Who may do what: one table, read from left to right."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is on one tenant; one person may be several things."""

    EDITOR = "editor"
    SIGNER = "signer"
    LEADER = "leader"
    MANAGER = "manager"
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
    Role.OPERATOR: "县级运维",
    Role.AUDITOR: "县级审计",
}

#: Roles on a unit's tenant, and roles on a portal's tenant, which reach over all its units.
UNIT_ROLES = (Role.EDITOR, Role.SIGNER, Role.LEADER, Role.MANAGER)
COUNTY_ROLES = (Role.OPERATOR, Role.AUDITOR)
#: Who must have a second factor before anything else.
SECOND_FACTOR_ROLES = frozenset({Role.OPERATOR})


class Permission(StrEnum):
    """What a page or an action of the console asks for."""

    READ_DESK = "desk:read"
    WRITE_ARTICLE = "article:write"
    SIGN_ARTICLE = "article:sign"
    WITHDRAW_ARTICLE = "article:withdraw"
    MANAGE_COLUMNS = "columns:manage"
    MANAGE_PEOPLE = "people:manage"
    OPERATE_COUNTY = "county:operate"
    READ_AUDIT = "audit:read"


E, S, L, M, O, A = Role.EDITOR, Role.SIGNER, Role.LEADER, Role.MANAGER, Role.OPERATOR, Role.AUDITOR

GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.READ_DESK: frozenset({E, S, L, M, O, A}),
    Permission.WRITE_ARTICLE: frozenset({E}),
    Permission.SIGN_ARTICLE: frozenset({S, L}),
    Permission.WITHDRAW_ARTICLE: frozenset({S, L}),
    Permission.MANAGE_COLUMNS: frozenset({M}),
    Permission.MANAGE_PEOPLE: frozenset({M}),
    Permission.OPERATE_COUNTY: frozenset({O}),
    Permission.READ_AUDIT: frozenset({A}),
}
