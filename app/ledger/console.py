"""Where an existing catalogue is brought in: hand in the sheet, say which column is what, look, import."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content.attachments import safe_name
from app.content.desk_queries import columns_on_desk
from app.core.errors import RuleBroken
from app.ledger import queries, services
from app.ledger.lines import prepared
from app.ledger.mapping import FIELDS, chosen, guessed
from app.ledger.models import Ledger, Outcome, rows_of
from app.ledger.sheet import LARGEST, MOST_ROWS, sheet_of
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.cells import csv_of

bp = DeskBlueprint("ledger", __name__, template_folder="templates")

#: Lines that the preview shows, and faulty ones that it lists.
SHOWN, MOST_LISTED = 10, 50
WORDS = {"made": "新建草稿", "updated": "更新草稿", "skipped": "跳过", "faulty": "有误"}


@bp.page("/", may=Permission.WRITE_ARTICLE)
def index() -> ResponseReturnValue:
    """Ask for a sheet, and list the last ones."""
    return _entrance("")


@bp.action("/", may=Permission.WRITE_ARTICLE)
def receive() -> ResponseReturnValue:
    """Take a sheet in, and lead to where its columns are named."""
    upload = request.files.get("sheet")
    if upload is None or not upload.filename:
        return _entrance("请先选择目录文件。"), HTTPStatus.UNPROCESSABLE_ENTITY
    name = safe_name(upload.filename)
    try:
        heads, rows = sheet_of(name, upload.stream.read(LARGEST + 1))
    except RuleBroken as broken:
        return _entrance(broken.message), HTTPStatus.UNPROCESSABLE_ENTITY
    ledger = services.receive(name, heads, rows, current_account())
    return _to(ledger)


@bp.page("/<int:ledger_id>", may=Permission.WRITE_ARTICLE)
def show(ledger_id: int) -> ResponseReturnValue:
    """Show what would be imported as the columns are named now, or what was."""
    ledger = queries.ledger_or_404(ledger_id)
    if ledger.results:
        return _result(ledger, _after(request.args))
    return _preview(ledger, request.args)


@bp.action("/<int:ledger_id>", may=Permission.WRITE_ARTICLE)
def run(ledger_id: int) -> ResponseReturnValue:
    """Import the next lines."""
    ledger = queries.ledger_or_404(ledger_id)
    if not ledger.waiting:
        return _to(ledger)
    if ledger.results:  # It goes on as it was begun.
        kept = json.loads(ledger.mapping)
        mapping, column = kept["fields"], str(kept["column"] or "")
    else:
        mapping, column = chosen(request.form, ledger.headings), request.form.get("column", "")
    if "title" not in mapping:
        return _preview(ledger, request.form, "请指出哪一列是名称。"), HTTPStatus.UNPROCESSABLE_ENTITY
    services.run(ledger, mapping, queries.places(column), current_account())
    return _to(ledger)


@bp.action("/<int:ledger_id>/submit", may=Permission.WRITE_ARTICLE)
def submit(ledger_id: int) -> ResponseReturnValue:
    """Hand in the drafts that the sheet has made; each is signed like any other."""
    ledger = queries.ledger_or_404(ledger_id)
    number, refused, last = services.submit(ledger, current_account(), after=_after(request.form))
    flash(f"已提交审签 {number} 条。", "success")
    if refused:
        return _result(ledger, last, refused)
    return redirect(url_for("ledger.show", slug=current_tenant.slug, ledger_id=ledger.id, after=last), 303)


@bp.page("/<int:ledger_id>/faulty.csv", may=Permission.WRITE_ARTICLE)
def faulty(ledger_id: int) -> ResponseReturnValue:
    """Answer the faulty lines as a sheet, to be mended and handed in again."""
    ledger = queries.ledger_or_404(ledger_id)
    says = {one.line: one.says for one in ledger.results if one.what == "faulty"}
    rows = [(*row.cells, str(row.line), says.get(row.line, "")) for row in rows_of(ledger.faulty)]
    answer = Response(
        csv_of((*ledger.headings, "原行号", "问题"), rows), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="faulty-{ledger.id}.csv"'
    return answer


def _entrance(wrong: str) -> str:
    return render_template(
        "ledger/index.html",
        ledgers=queries.latest_ledgers(),
        wrong=wrong,
        most=MOST_ROWS,
        largest=LARGEST,
    )


def _preview(ledger: Ledger, sent: Mapping[str, str], wrong: str = "") -> str:
    """Show the mapping as it was sent, or as the headings suggest, with the first lines and all faults."""
    is_sent = any(name.startswith("field-") for name in sent)
    mapping = chosen(sent, ledger.headings) if is_sent else guessed(ledger.headings)
    column = sent.get("column", "")
    lines = [prepared(row, mapping, queries.places(column)) for row in ledger.waiting]
    bad = [one for one in lines if one.faults]
    return render_template(
        "ledger/preview.html",
        ledger=ledger,
        fields=FIELDS,
        mapping=mapping,
        columns=columns_on_desk(),
        column=column,
        first=lines[:SHOWN],
        total=len(lines),
        bad=bad[:MOST_LISTED],
        bad_total=len(bad),
        wrong=wrong,
    )


def _after(sent: Mapping[str, str]) -> int:
    """Return behind which article handing in goes on; 0, from the first one."""
    given = sent.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0  # noqa: PLR2004


def _result(ledger: Ledger, after: int, refused: Sequence[Outcome] = ()) -> str:
    results = ledger.results
    return render_template(
        "ledger/result.html",
        ledger=ledger,
        left=len(ledger.waiting),
        at_once=services.AT_ONCE,
        counts={what: sum(one.what == what for one in results) for what in WORDS},
        words=WORDS,
        results=sorted(results, key=lambda one: (one.what != "faulty", one.line))[: MOST_LISTED * 2],
        total=len(results),
        refused=refused,
        after=after,
    )


def _to(ledger: Ledger) -> ResponseReturnValue:
    return redirect(url_for("ledger.show", slug=current_tenant.slug, ledger_id=ledger.id), 303)
