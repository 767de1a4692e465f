"""The catalogue of what a unit's front page can be made of, and how a unit that chose nothing has it.

A kind is drawn by ``parts/blocks/<kind>.html`` of the themes; app/site/home_blocks.py finds what it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: Where a block stands: over the whole width, in the broad column, in the narrow one.
AREAS = {"wide": "通栏", "main": "主栏", "side": "侧栏"}
MOST_BLOCKS = 20
MOST_ITEMS = 20


@dataclass(frozen=True)
class BlockKind:
    """One sort of block: how the editor knows it, and what can be said of it."""

    label: str
    #: What a visitor sees there, in a sentence for the editor.
    says: str
    area: str
    #: How many items it shows unless the unit says otherwise; 0 where there is nothing to count.
    count: int = 0
    #: It shows one of the unit's columns, to be chosen.
    has_source: bool = False
    #: It may stand on the page more than once.
    repeats: bool = False
    #: The county asks for it: it may be moved, not left out (GK-10).
    is_fixed: bool = False


KINDS: Mapping[str, BlockKind] = MappingProxyType(
    {
        "lead": BlockKind("头条", "一个栏目最新的一条，放大显示。", "main", has_source=True),
        "columns": BlockKind("全部栏目", "有内容、没有单独放的栏目，按栏目顺序排列。", "main", 7),
        "column": BlockKind("一个栏目", "选定栏目最新的几条。", "main", 7, has_source=True, repeats=True),
        "photos": BlockKind(
            "图片新闻", "一个栏目里带图片的信息，一张张左右翻看。", "main", 6, has_source=True
        ),
        "notices": BlockKind("正在公示", "还在公示期内的公示，先到期的在前。", "main", 5),
        "documents": BlockKind("政策文件", "各文件栏目最新的几件，带文号。", "main", 5),
        "hearings": BlockKind("听证征集", "正在征集意见、可以报名的活动。", "main", 5),
        "services": BlockKind("办事与互动", "办事服务、听证征集等常用入口。", "side"),
        "disclosure": BlockKind(
            "政府信息公开", "公开指南、制度、法定内容、年报的入口，县里要求必须有。", "side", is_fixed=True
        ),
        "pages": BlockKind("关于本单位", "单位概况、领导、机构等页面的入口。", "side"),
        "contact": BlockKind("联系我们", "本单位的电话和地址。", "side"),
        "county": BlockKind("县内要闻", "县门户最新的几条。", "side", 6),
        "topics": BlockKind("专题", "您填写的专题链接。", "wide"),
        "links": BlockKind("友情链接", "您填写的友情链接，按类别排列。", "wide"),
    }
)


@dataclass(frozen=True)
class Arranged:
    """A block as a unit has it; what is empty is as the kind has it."""

    kind: str
    title: str = ""
    count: int = 0
    #: The slug of the column it shows.
    source: str = ""
    area: str = ""

    @property
    def stands(self) -> str:
        """The area in which it stands."""
        return self.area or KINDS[self.kind].area

    @property
    def shows(self) -> int:
        """How many items it shows at most."""
        return self.count or KINDS[self.kind].count


#: What a unit has that arranged nothing.
USUAL = (
    Arranged("lead"),
    Arranged("columns"),
    Arranged("disclosure"),
    Arranged("pages"),
    Arranged("contact"),
    Arranged("county"),
    Arranged("links"),
)
