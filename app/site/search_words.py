"""What the page of a search says, in whole sentences."""

from app.search.queries import MOST
from app.search.question import LONGEST, Question
from app.search.results import PER_PAGE, Found

#: What a column's type is called where a search is narrowed by it.
TYPES = {
    "news": "政务动态",
    "notice": "通知公告",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "plan": "规划计划",
    "disclosure": "信息公开",
    "data": "数据统计",
    "finance": "财政资金",
    "leaders": "领导信息",
    "duty": "机构职责",
    "overview": "概况",
    "service": "办事服务",
    "interaction": "互动交流",
    "topic": "专题专栏",
    "other": "其他",
}
HOW = (
    "可以搜标题、正文和附件中的词语，多个词之间用空格隔开。",
    "找文件可以只输文号中的年份和序号，例如：2007 89号。",
    "找单位可以输名称或拼音，例如：水利局、shuiliju。",
)


def title(text: str) -> str:
    """Return the page's heading."""
    return f"“{text}”的搜索结果" if text else "搜索"


def nothing_asked(typed: str) -> tuple[str, ...]:
    """Say what to do where something was typed in which there is nothing to look for."""
    return ("您输入的内容里没有可以搜索的文字，请输入汉字、字母或数字。",) if typed.strip() else ()


def told(found: Found) -> str:
    """Say how many were found."""
    if not found.total:
        return "没有找到相关信息"
    return f"相关信息很多，列出较新的 {found.total} 条" if found.has_more else f"找到 {found.total} 条"


def notices(question: Question, found: Found, asked_page: int) -> tuple[str, ...]:
    """Say how the question was understood, where that is not plain to see."""
    said = []
    if question.is_cut:
        said.append(f"输入的内容太长，只按前 {LONGEST} 个字搜索。")
    if found.is_relaxed and found.total:
        said.append("没有同时包含全部词语的信息，下面的结果只包含其中一部分词语。")
    if asked_page > found.page and found.total:
        said.append(
            f"最多可以翻到第 {-(-found.total // PER_PAGE)} 页。要找更早的，请选择年份或单位，或者多输几个词。"
        )
    elif found.has_more:
        said.append(f"只列出较新的约 {MOST} 条，右侧的数目也按这些计算。请选择年份或单位，或者多输几个词。")
    return tuple(said)


def advice(*, is_narrowed: bool) -> tuple[str, ...]:
    """Say what to try where nothing was found."""
    narrowed = ("点右侧已选的条件可以取消它，扩大范围。",) if is_narrowed else ()
    return (*narrowed, "请检查有没有错字，或者换一个更短、更常用的说法。", *HOW)
