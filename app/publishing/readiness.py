"""What a text must have before it may be public, asked when it is handed in and again when it is signed."""

from collections.abc import Iterator

from app.content.genres import Attribute, Genre, Secrecy
from app.content.models import Article, Revision
from app.core.errors import RuleBroken
from app.tenancy.current import current_tenant


def refuse_unready(article: Article, head: Revision) -> None:
    """Raise RuleBroken with what is missing: nothing secret or closed, no reprint without source."""
    if fault := fault_of(article, head):
        raise RuleBroken(fault)


def fault_of(article: Article, head: Revision) -> str:
    """Return what keeps a text from being public, in words for its writer; empty where nothing does."""
    return next(_faults(article, head), "")


def _faults(article: Article, head: Revision) -> Iterator[str]:
    if article.is_secret:
        yield "涉密下线的信息不能再发布。"
    if head.secrecy is not Secrecy.NONE:  # GK-06
        yield "这篇信息标为涉密，不能提交，也不能发布。请马上告诉保密员，并作废这篇草稿。"
    if head.attribute is not Attribute.OPEN:  # S-14
        yield f"这篇信息的公开属性是“{head.attribute.label}”，不能在网站上发布。要发布，请先改为主动公开。"
    if _is_reprint(head) and not head.source_url:  # ZY-13
        yield f"转载自“{head.source}”的信息，要填写原文网址才能提交。"
    yield from _lacks_of_genre(head)
    if article.is_public and article.published_id != head.id and not head.correction:  # S-61
        yield "这篇信息已经公开，修改后要写更正说明，读者会看到更正了什么。"


def _lacks_of_genre(head: Revision) -> Iterator[str]:
    if head.genre is Genre.PUBLIC_NOTICE and not (head.period_until and head.contact):  # S-21
        yield "公示要写明截止时间和联系方式，公众才知道在什么时候、向谁提意见。请修改后再提交。"
    if head.genre is Genre.CLARIFICATION and not head.answers:  # GK-12
        yield "辟谣澄清要写明澄清的是哪种说法。请修改后再提交。"


def _is_reprint(head: Revision) -> bool:
    """Say whether a text is another's: its source is somebody other than the unit."""
    return bool(head.source) and head.source not in (current_tenant.unit, current_tenant.name)
