"""What an article's and a column's page offer around their text: handing it on, reporting a mistake in it."""

from dataclasses import replace
from urllib.parse import quote

from app.site.frame import footer
from app.site.short_codes import Kind
from app.site.shortlinks import share_of
from app.tenancy.places import place
from app.theming.article_pages import ArticlePage
from app.theming.pages import ColumnPage, Faults, Page


def with_reading(page: ArticlePage, article_id: int) -> ArticlePage:
    """Return the page with its short address and its ways to report a mistake, both filled in (ZY-09)."""
    return replace(page, share=share_of(Kind.ARTICLE, article_id), faults=_faults(page))


def with_handing_on(page: ColumnPage, column_id: int) -> ColumnPage:
    """Return a column's page with the short address of the column, and its ways to report a mistake."""
    return replace(page, share=share_of(Kind.COLUMN, column_id), faults=_faults(page))


def _faults(page: Page) -> Faults:
    """Fill this page in at the national entry; by mail and telephone one reaches the unit itself."""
    foot = footer()
    report = f"{foot.fault_report.url}&url={quote(page.canonical, safe='')}"
    unit = place().tenant
    text = f"网页：{page.title}\r\n地址：{page.canonical}\r\n错误之处："
    subject = f"网页内容有误：{page.title}"
    mail = f"mailto:{foot.email}?subject={quote(subject)}&body={quote(text)}" if foot.email else ""
    return Faults(report, unit.phone or foot.phone, mail)
