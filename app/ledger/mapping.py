"""Which column of a sheet is which field: guessed by the headings, chosen on the screen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

UNWANTED = re.compile(r"[\s（(【\[].*|[*：:]")


@dataclass(frozen=True)
class Field:
    """Something that a line may say, and under which headings it is usually found."""

    code: str
    label: str
    headings: tuple[str, ...]


FIELDS = (
    Field("title", "名称（标题）", ("名称", "信息名称", "标题", "文件名称", "公文名称", "题名", "文件标题")),
    Field("index_number", "索引号", ("索引号", "索引", "信息索引号", "索取号")),
    Field("document_number", "文号", ("文号", "发文字号", "发文号", "文件编号", "公文文号")),
    Field("genre", "体裁", ("体裁", "文种", "信息类别", "公文种类", "体裁分类")),
    Field("subject", "主题", ("主题", "主题分类", "主题类别")),
    Field("formed_on", "成文日期", ("成文日期", "生成日期", "发文日期", "印发日期", "形成日期", "成文时间")),
    Field("effective_on", "施行日期", ("施行日期", "生效日期", "实施日期")),
    Field("expires_on", "失效日期", ("失效日期", "废止日期", "有效期至")),
    Field("column", "栏目", ("栏目", "所属栏目", "栏目名称", "目录", "信息分类")),
    Field("summary", "内容概述", ("内容概述", "摘要", "概述", "内容摘要", "简介")),
    Field("keywords", "关键词", ("关键词", "主题词")),
    Field("source", "来源", ("来源", "信息来源", "发布机构", "责任部门", "公开责任部门")),
    Field("source_url", "原文网址", ("原文网址", "网址", "地址", "链接", "URL", "原文地址", "原文链接")),
    Field("body", "正文", ("正文", "内容", "信息内容", "全文")),
)
BY_CODE = {field.code: field for field in FIELDS}


def guessed(heads: tuple[str, ...]) -> dict[str, int]:
    """Return the field's column by its code, as far as the headings tell."""
    plain = [UNWANTED.sub("", head).upper() for head in heads]
    found: dict[str, int] = {}
    for field in FIELDS:
        place = next((plain.index(name.upper()) for name in field.headings if name.upper() in plain), None)
        if place is not None and place not in found.values():
            found[field.code] = place
    return found


def chosen(sent: Mapping[str, str], heads: tuple[str, ...]) -> dict[str, int]:
    """Return what was chosen on the screen; a column that does not exist is none."""
    found: dict[str, int] = {}
    for field in FIELDS:
        place = sent.get(f"field-{field.code}", "")
        if place.isascii() and place.isdecimal() and len(place) < 4 and int(place) < len(heads):  # noqa: PLR2004
            found[field.code] = int(place)
    return found
