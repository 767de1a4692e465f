"""A card's values as plain data: how they are read from a row, put into one, and told to people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.html import plain
from app.profile.models import Card, CardKind, Leader, Office, OfficeSort, Profile

Values = dict[str, Any]

#: The six fields of the disclosure office that the guide must name (GK-05).
CONTACT = {
    "contact_office": "公开工作机构名称",
    "contact_address": "公开工作机构办公地址",
    "contact_hours": "公开工作机构办公时间",
    "contact_phone": "公开工作机构联系电话",
    "contact_fax": "公开工作机构传真号码",
    "contact_web": "公开工作机构互联网联系方式",
}
FIELDS: dict[CardKind, dict[str, str]] = {
    CardKind.PROFILE: {
        "name": "单位名称",
        "duties": "机构职责",
        "address": "办公地址",
        "office_hours": "办公时间",
        "phone": "联系电话",
        "fax": "传真",
        "mailbox": "电子邮箱",
        "postcode": "邮政编码",
        "map_id": "地图",
        "map_number": "审图号",
        **CONTACT,
    },
    CardKind.LEADER: {
        "name": "姓名",
        "post": "职务",
        "division": "工作分工",
        "resume": "简历",
        "portrait_id": "照片",
        "since": "任职开始",
        "until": "任职结束",
    },
    CardKind.OFFICE: {
        "name": "机构名称",
        "sort": "类别",
        "parent_id": "上级机构",
        "head": "负责人",
        "phone": "联系电话",
        "duties": "职能",
        "place": "办公地点",
        "since": "设立日期",
        "until": "撤销日期",
    },
    CardKind.LEADER_ORDER: {"order": "顺序"},
    CardKind.OFFICE_ORDER: {"order": "顺序"},
}
DATES = frozenset({"since", "until"})
#: What is written freely; numbers and addresses of an office are what they are.
WRITTEN = ("name", "duties", "post", "division", "resume", "head")
PICTURES = {"map_id": "map_file", "portrait_id": "portrait_file"}
MODELS: dict[CardKind, type[Profile] | type[Leader] | type[Office]] = {
    CardKind.PROFILE: Profile,
    CardKind.LEADER: Leader,
    CardKind.OFFICE: Office,
}


@dataclass(frozen=True)
class Difference:
    """One value that a change alters, as people read it."""

    name: str
    label: str
    before: str
    after: str


def free_texts(kind: CardKind, values: Values) -> dict[str, str]:
    """Return what somebody has written freely, by the labels of the form."""
    labels = FIELDS[kind]
    return {labels[name]: str(values.get(name) or "") for name in WRITTEN if name in labels}


def values_of(kind: CardKind, row: Card) -> Values:
    """Return what a card says publicly; nothing where it was never signed."""
    if row.signed_id is None:
        return {}
    return {name: _stored(getattr(row, name)) for name in FIELDS[kind]}


def put_into(kind: CardKind, row: Card, values: Mapping[str, Any]) -> None:
    """Write values into a card; names that the kind does not have are left out."""
    for name in FIELDS[kind]:
        value = values.get(name)
        if name in DATES:
            setattr(row, name, date.fromisoformat(value) if value else None)
        elif name.endswith("_id"):
            setattr(row, name, value or None)
        else:
            setattr(row, name, value or "")


def written(values: Mapping[str, Any]) -> str:
    """Return values as the text that is kept, always in the same form."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Values:
    """Return kept values."""
    found: Values = json.loads(text)
    return found


def differences(kind: CardKind, before: Values, after: Values, names: Mapping[str, str]) -> list[Difference]:
    """Return what differs; ``names`` says what ids are called, by ``field:id``."""
    return [
        Difference(name, label, *(_said(name, values.get(name), names) for values in (before, after)))
        for name, label in FIELDS[kind].items()
        if (before.get(name) or "") != (after.get(name) or "")
    ]


def _said(name: str, value: Any, names: Mapping[str, str]) -> str:
    if not value or name == "sort":
        return OfficeSort(value).label if value else ""
    if isinstance(value, list):
        return "、".join(names.get(f"order:{one}", "（已删）") for one in value)
    if name.endswith("_id"):
        return names.get(f"{name}:{value}", "已上传的图片" if name in PICTURES else "")
    return plain(str(value)) if name in {"duties", "resume"} else str(value)


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, OfficeSort) else value
