"""The record of acts in the words of the screen: it is stored in short, and read by people."""

import json
from collections.abc import Mapping

from app.accounts.models import AccountState
from app.accounts.permissions import Role
from app.content.states import ArticleState
from app.operations.services import UNIT_FIELDS
from app.provisioning.platform import AUTHOR, COMMANDS
from app.tenancy.models import TenantKind, TenantState

PLATFORM = dict((AUTHOR, COMMANDS))
#: What acts are on: the words before the number of the row.
SUBJECTS = {
    "tenant": "子站",
    "account": "账号",
    "article": "信息",
    "attachment": "附件",
    "column": "栏目",
    "entry": "门户条目",
    "row": "公开目录",
}
#: What the parts of a record are called; one that is not here is shown as it is stored.
WORDS: Mapping[str, str] = {
    **UNIT_FIELDS,
    "slug": "标识",
    "kind": "类型",
    "state": "状态",
    "host": "域名",
    "title": "标题",
    "column": "栏目",
    "revision": "版本",
    "digest": "文字校验值",
    "reason": "理由",
    "by": "操作人",
    "login": "登录名",
    "role": "角色",
    "roles": "角色",
    "max_gap_days": "更新期限（天）",
    "portal_column_id": "门户栏目编号",
    "is_visible": "在子站上显示",
    "applies": "适用",
    "conclusion": "结论",
    "code": "编号",
    "article": "信息编号",
    "first": "一级事项",
    "second": "二级事项",
    "content": "公开内容",
    "basis": "公开依据",
    "deadline": "公开时限",
    "channels": "公开渠道",
    "audience": "公开对象",
    "mode": "公开方式",
    "level": "公开层级",
    "column_id": "栏目编号",
    "version": "第几版",
}
#: The words of the screen for what is stored in short.
STATES = {one.value: one.label for states in (TenantState, AccountState, ArticleState) for one in states}
KINDS = {one.value: one.label for one in TenantKind}
ROLES = {one.value: one.label for one in Role}
VALUES: Mapping[str, Mapping[str, str]] = {"state": STATES, "kind": KINDS, "role": ROLES}


def actor(stored: str) -> str:
    """Write who acted: a login as it is, the platform's own accounts by their names."""
    return PLATFORM.get(stored, stored)


def subject(stored: str) -> str:
    """Write what an act was on, such as 信息 731, for reading."""
    noun, _, number = stored.partition(":")
    return f"{SUBJECTS[noun]} {number}" if noun in SUBJECTS else stored


def written(value: object) -> str:
    """Write a part of the record for reading: one line for each of its parts, in the words of the screen."""
    if isinstance(value, dict):
        return "\n".join(f"{WORDS.get(name, name)}：{_said(name, part)}" for name, part in value.items())
    return _said("", value)


def _said(name: str, value: object) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return VALUES.get(name, {}).get(value, value)
    return json.dumps(value, ensure_ascii=False)
