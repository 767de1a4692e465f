"""Where the record is read and printed: one article's sheet, and a period's register."""

from datetime import date, timedelta
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.content import desk_queries
from app.core.clock import today
from app.publishing.console.page import may_read
from app.sheets import register
from app.sheets.sheet import sheet_of
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.cells import csv_of
from app.web.converters import LARGEST_ID

bp = DeskBlueprint("sheets", __name__, template_folder="templates")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_DAY = "日期请按 2026-01-31 的样子填写，开始日期不能晚于结束日期。"
ONE_MONTH = timedelta(days=30)


@bp.page("/articles/<int:article_id>/sheet", may=Permission.READ_DESK)
def sheet(article_id: int) -> ResponseReturnValue:
    """Show an article's sheet, ready to be printed."""
    article = desk_queries.article_on_desk(article_id)
    return render_template(
        "sheets/sheet.html", article=article, sheet=sheet_of(article, may_read=may_read(article))
    )


@bp.page("/articles/<int:article_id>/sheet.pdf", may=Permission.READ_DESK)
def paper(article_id: int) -> ResponseReturnValue:
    """Answer an article's sheet as a PDF."""
    from app.sheets.paper import pdf_of  # noqa: PLC0415 - most processes never need it

    article = desk_queries.article_on_desk(article_id)
    return _file(
        pdf_of(sheet_of(article, may_read=may_read(article))), "application/pdf", f"sheet-{article_id}.pdf"
    )


@bp.page("/sheets", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List what the unit signed and published in a period; the last thirty days where none is named."""
    start, end, wrong = _period()
    page = min(max(request.args.get("page", 1, type=int), 1), LARGEST_ID // register.PER_PAGE)
    total = 0 if wrong else register.count_of(start, end)
    shown = (
        []
        if wrong
        else register.entries_of(start, end, limit=register.PER_PAGE, offset=(page - 1) * register.PER_PAGE)
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    words = render_template(
        "sheets/index.html",
        entries=shown,
        total=total,
        page=page,
        pages=max(1, -(-total // register.PER_PAGE)),
        most=register.MOST_EXPORTED,
        wrong=wrong,
        asked={"from": request.args.get("from", start), "to": request.args.get("to", end)},
    )
    return words, status


@bp.page("/sheets.csv", may=Permission.READ_DESK)
def table() -> ResponseReturnValue:
    """Answer a period's register as CSV."""
    start, end, wrong = _period()
    if wrong:
        return index()
    rows = [entry.cells() for entry in register.entries_of(start, end, limit=register.MOST_EXPORTED)]
    return _file(csv_of(register.HEADS, rows), "text/csv; charset=utf-8", f"{_name(start, end)}.csv")


@bp.page("/sheets.xlsx", may=Permission.READ_DESK)
def workbook() -> ResponseReturnValue:
    """Answer a period's register as a workbook."""
    start, end, wrong = _period()
    if wrong:
        return index()
    entries = register.entries_of(start, end, limit=register.MOST_EXPORTED)
    return _file(register.xlsx_of(entries), XLSX, f"{_name(start, end)}.xlsx")


def _period() -> tuple[date, date, str]:
    """Return the days that were asked for, and what is wrong with them."""
    end, start = today(), today() - ONE_MONTH
    try:
        start = date.fromisoformat(request.args.get("from") or start.isoformat())
        end = date.fromisoformat(request.args.get("to") or end.isoformat())
    except ValueError:
        return start, end, WRONG_DAY
    is_far = not date(2000, 1, 1) <= start <= end <= date(2100, 1, 1)
    return start, end, WRONG_DAY if is_far else ""


def _name(start: date, end: date) -> str:
    return f"{current_tenant.slug}-{start:%Y%m%d}-{end:%Y%m%d}"


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
