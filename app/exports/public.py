"""What visitors fetch as files: one article, a catalogue; and the page that offers catalogues (GK-09)."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import IO
from urllib.parse import quote

from flask import Response, abort, g, redirect, request, stream_with_context

from app.content import queries as content
from app.content.attachments import safe_name
from app.content.models import Article, Column, Revision
from app.core.clock import COUNTY_ZONE
from app.core.errors import RuleBroken
from app.exports import catalogue, queries
from app.exports.asked import wanted_of
from app.exports.bundle import bundle_of
from app.exports.listing import list_page
from app.exports.offer import download_page
from app.exports.paper import Paper, paper_of
from app.pagecache.hooks import in_short, pages
from app.pagecache.moments import last_change
from app.pagecache.store import Kept
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import here
from app.theming.export_pages import CatalogueListPage, DownloadPage
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("exports", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS = {"pdf": "application/pdf", "docx": WORD}
#: A file is kept as pages are, unless it would push too many of them out.
LARGEST_KEPT = 512 * 1024  # bytes
#: Papers made at once in this process, and how long a further visitor waits for one.
MAKING = BoundedSemaphore(2)
PATIENCE = 20  # seconds
CHUNK = 64 * 1024


@bp.answer("/<slug>/<yyyy>/<mm>/<int:article_id>.<any(pdf,docx,zip):kind>")
def article(slug: str, yyyy: str, mm: str, article_id: int, kind: str) -> Response:  # noqa: ARG001 - as the page
    """Answer a published article as a file made of the signed text; else what its page answers."""
    found, revision, column = content.article_for_readers(article_id)
    assert found.first_published_at is not None
    local = found.first_published_at.astimezone(COUNTY_ZONE)
    if (yyyy, mm) != (f"{local:%Y}", f"{local:%m}"):
        abort(404)
    if revision is None:
        successor = content.successor_of(found)
        abort(redirect(here(successor.path), 301) if successor else 410)
    name = f"{safe_name(revision.title)[:60]}.{kind}"
    if kind == "zip":
        with _making():
            return _sent(bundle_of(paper_of(found, revision, column)), "application/zip", name)
    return _paper(found, revision, column, name)


@bp.answer("/xxgk/catalogue.<any(csv,xlsx,json):kind>")
def whole(kind: str) -> Response:
    """Answer the whole catalogue, or the part that unit, genre and year name."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    wanted = wanted_of(request.args)
    name = f"catalogue-{current_tenant.slug}.{kind}"
    if kind == "xlsx":
        if queries.count(current_tenant, wanted) > catalogue.MOST_IN_WORKBOOK:
            raise RuleBroken(
                f"目录超过 {catalogue.MOST_IN_WORKBOOK} 条，Excel 文件请按年份分别下载，或下载 CSV。"
            )
        with _making():
            return _sent(catalogue.workbook(queries.whole(current_tenant, wanted)), XLSX, name)
    rows = queries.whole(current_tenant, wanted)
    if kind == "json":
        return _streamed(catalogue.json_parts(rows), "application/json", name)
    return _streamed(catalogue.csv_lines(rows), "text/csv; charset=utf-8", name)


@bp.answer("/xxgk/catalogue-four.csv")
def lawful() -> Response:
    """Answer the same catalogue in the law's four columns: 索引、名称、内容概述、生成日期 (GK-05)."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    rows = queries.whole(current_tenant, wanted_of(request.args))
    name = f"catalogue-four-{current_tenant.slug}.csv"
    return _streamed(catalogue.lawful_lines(rows), "text/csv; charset=utf-8", name)


@bp.page("/xxgk/download/")
def download() -> DownloadPage:
    """Offer the catalogue whole and by year, with counts and sizes."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    g.menu_at = "xxgk"
    return download_page()


@bp.page("/xxgk/list/")
def listed() -> CatalogueListPage:
    """Show the catalogue with the law's four columns (GK-05)."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    g.menu_at = "xxgk"
    return list_page()


@contextmanager
def _making() -> Iterator[None]:
    """Bound how much of the process goes into papers; answer 503 to who would wait too long."""
    if not MAKING.acquire(timeout=PATIENCE):
        abort(503)
    try:
        yield
    finally:
        MAKING.release()


def _made(kind: str, paper: Paper) -> bytes:
    """Make a file; the library that writes it is read now."""
    if kind == "pdf":
        from app.exports.pdf import pdf_of  # noqa: PLC0415 - most processes never need it

        return pdf_of(paper)
    from app.exports.word import docx_of  # noqa: PLC0415 - most processes never need it

    return docx_of(paper)


def _paper(found: Article, revision: Revision, column: Column, name: str) -> Response:
    """Answer a PDF or Word file, kept as long as the subsite's pages are valid."""
    kind = name.rpartition(".")[2]
    key = (g.tenant.id, g.validity, None, f"export:{request.script_root}{request.path}", "")
    kept = pages().get(key)
    if kept is None:
        with _making():
            body = _made(kind, paper_of(found, revision, column))
        kept = Kept(body, PAPERS[kind], hashlib.sha256(body).hexdigest()[:32])
        kept.changed = last_change(g.changed)
        if len(body) <= LARGEST_KEPT:
            pages().put(key, kept)
    answer = Response(kept.body, content_type=PAPERS[kind])
    answer.set_etag(kept.etag)
    return _named(in_short(answer, kept.changed), name)


def _streamed(parts: Iterable[bytes], media_type: str, name: str) -> Response:
    if request.method == "HEAD":
        parts = ()
    return _named(Response(stream_with_context(iter(parts)), content_type=media_type), name)


def _sent(file: IO[bytes], media_type: str, name: str) -> Response:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    answer = Response(_chunks(file), HTTPStatus.OK, content_type=media_type)
    answer.call_on_close(file.close)
    answer.content_length = size
    return _named(answer, name)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(CHUNK), b"")


def _named(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
