"""Where staff make the list of what goes to archive and library; each one made is on record (GK-13)."""

from datetime import date
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.core.clock import today
from app.core.errors import RuleBroken
from app.exports import transfer
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.cells import csv_of

bp = DeskBlueprint("transfer", __name__, template_folder="templates")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_DAY = "日期请按 2026-01-31 的样子填写，开始日期不能晚于结束日期。"
NAME = "移送明细表"


@bp.page("/transfer", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Ask for the period, and say how much it has; this year where none is named."""
    return _page(request.args.get("from", ""), request.args.get("to", ""))


@bp.action("/transfer", may=Permission.READ_DESK)
def export() -> ResponseReturnValue:
    """Answer a period's list as a file, and record that it was made."""
    from app.exports.workbook import written_book  # noqa: PLC0415 - most processes never need it

    asked_from, asked_to = request.form.get("from", ""), request.form.get("to", "")
    period = _period(asked_from, asked_to)
    if period is None:
        return _page(asked_from, asked_to)
    number = transfer.count_in(*period)
    if number > transfer.MOST:
        raise RuleBroken(f"这段时间有 {number} 条，一次最多导出 {transfer.MOST} 条，请把时间分短一些。")
    rows = list(transfer.lines(transfer.in_period(*period)))
    is_csv = request.form.get("kind") == "csv"
    transfer.note(*period, "csv" if is_csv else "xlsx", len(rows))
    name = f"transfer-{current_tenant.slug}-{period[0]:%Y%m%d}-{period[1]:%Y%m%d}"
    if is_csv:
        return _file(csv_of(transfer.HEADS, rows), "text/csv; charset=utf-8", f"{name}.csv")
    with written_book(NAME, transfer.HEADS, rows) as book:
        return _file(book.read(), XLSX, f"{name}.xlsx")


def _page(asked_from: str, asked_to: str) -> ResponseReturnValue:
    this_year = date(today().year, 1, 1)
    asked = {"from": asked_from or this_year.isoformat(), "to": asked_to or today().isoformat()}
    period = _period(asked["from"], asked["to"])
    words = render_template(
        "exports/transfer.html",
        asked=asked,
        wrong="" if period else WRONG_DAY,
        total=transfer.count_in(*period) if period else 0,
        most=transfer.MOST,
    )
    return words, HTTPStatus.OK if period else HTTPStatus.UNPROCESSABLE_ENTITY


def _period(asked_from: str, asked_to: str) -> tuple[date, date] | None:
    """Return the days that were asked for; None where they are no period."""
    try:
        start, end = date.fromisoformat(asked_from), date.fromisoformat(asked_to)
    except ValueError:
        return None
    return (start, end) if date(1949, 1, 1) <= start <= end <= date(2100, 1, 1) else None


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
