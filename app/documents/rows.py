"""Documents as themes show them, and the links between the pages of documents."""

from datetime import datetime

from app.content.genres import Genre
from app.documents.periods import days_left
from app.documents.shown import Document
from app.tenancy.current import current_tenant
from app.tenancy.places import here
from app.theming.documents_pages import DocumentRow, NoticeRow
from app.theming.pages import Link

#: The pages of documents, in the order in which they stand beside each other.
PAGES = {
    "/documents/": "文件库",
    "/documents/plans/": "规划计划",
    "/notices/": "通知公告",
    "/documents/collections/": "文件汇编",
}


def siblings(current: str) -> tuple[Link, ...]:
    """Return the links to all pages of documents."""
    return tuple(Link(title, here(path), current=path == current) for path, title in PAGES.items())


def trail(*further: str) -> tuple[Link, ...]:
    """Return the way from home to a page of documents, by the pages between."""
    return (Link("首页", here("/")), *(Link(PAGES[path], here(path)) for path in further))


def row_of(document: Document) -> DocumentRow:
    """Show a document; its unit is named where there are several."""
    return DocumentRow(
        title=document.title,
        url=document.url,
        genre=document.genre.label,
        document_number=document.document_number,
        formed_on=document.formed_on,
        published_at=document.published_at,
        validity=document.validity.label,
        state=document.validity.value,
        unit=Link(document.unit_name, document.unit_home) if current_tenant.is_portal else None,
        summary=document.summary,
    )


def notice_of(document: Document, on: datetime, *, is_pinned: bool = False) -> NoticeRow:
    """Show a notice with what is left of its period at a moment (S-21)."""
    until, begins = document.period_until, document.period_from
    if document.genre is not Genre.PUBLIC_NOTICE or until is None:
        return NoticeRow(row_of(document), is_pinned=is_pinned)
    if begins is not None and begins > on:
        return NoticeRow(row_of(document), "公示尚未开始", until=until)
    left = days_left(until, on)
    if left is not None:
        says = f"公示中，还剩 {left} 天" if left else "公示中，今天截止"
        return NoticeRow(row_of(document), says, is_running=True, until=until)
    return NoticeRow(row_of(document), "公示已结束", until=until)
