"""Keeping the catalogue (rules 1.10): rows as units begin with them, changed, retired, led to articles."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit.services import record
from app.content.models import Article, Column
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.disclosure.catalogues import RowSpec
from app.disclosure.models import CatalogueRow, Level, Mode, RowArticle
from app.pagecache.generations import raise_generation
from app.tenancy.current import current_tenant

#: What a unit's own rows are numbered after.
OWN = "z"
MOST_ROWS = 500
GONE = (ArticleState.DISCARDED, ArticleState.WITHDRAWN)


@dataclass(frozen=True)
class Words:
    """What a row says, as the form hands it over."""

    first: str
    second: str
    content: str
    basis: str
    deadline: str
    channels: str
    audience: str
    mode: Mode
    level: Level
    area: str
    column_id: int | None


def add_missing(specs: Iterable[RowSpec]) -> int:
    """Add the rows of the data that the tenant has never had; return how many."""
    listed = list(specs)
    known = set(db.session.scalars(select(CatalogueRow.code)))
    columns = {slug: column_id for slug, column_id in db.session.execute(select(Column.slug, Column.id))}  # noqa: C416
    added = [(position, spec) for position, spec in enumerate(listed) if spec.code not in known]
    db.session.add_all(
        CatalogueRow(
            tenant_id=current_tenant.id,
            code=spec.code,
            area=spec.area,
            first=spec.first,
            second=spec.second,
            content=spec.content,
            basis=spec.basis,
            deadline=spec.deadline,
            level=spec.level,
            column_id=columns.get(spec.column),
            position=position,
        )
        for position, spec in added
    )
    db.session.flush()
    return len(added)


def add_row(words: Words) -> CatalogueRow:
    """Add a row of the unit's own, with the next free code."""
    count = db.session.scalar(select(func.count(CatalogueRow.id))) or 0
    if count >= MOST_ROWS:
        raise RuleBroken(f"目录最多 {MOST_ROWS} 行，请先合并或停用一些。")
    row = CatalogueRow(tenant_id=current_tenant.id, code=_next_code(), position=count, **asdict(words))
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as taken:
        raise RuleBroken("刚刚有人也加了一行，请再保存一次。") from taken
    _changed(row, "catalogue.add", None, _said(row))
    return row


def change_row(row: CatalogueRow, words: Words, *, base: int) -> bool:
    """Change what a row says; return whether anything was another.

    Raises RuleBroken where somebody has changed it since the version ``base``.
    """
    _hold(row)
    if row.version != base:
        raise RuleBroken(
            f"刚刚有人改过这一行，现在是第 {row.version} 版。请在另一个窗口打开对照，再保存一次。"
        )
    before = _said(row)
    for name, value in asdict(words).items():
        setattr(row, name, value)
    after = _said(row)
    different = [name for name in after if after[name] != before[name]]
    if not different:
        return False
    row.version += 1
    row.changed_at = now()
    _changed(
        row,
        "catalogue.change",
        {name: before[name] for name in different},
        {"version": row.version, **{name: after[name] for name in different}},
    )
    return True


def retire(row: CatalogueRow) -> None:
    """Keep a row no more; its address goes on answering."""
    if row.retired_at is not None:
        raise RuleBroken("这一行已经停用。")
    row.retired_at = now()
    _changed(row, "catalogue.retire", None, {"code": row.code})


def restore(row: CatalogueRow) -> None:
    """Keep a row again that was retired."""
    if row.retired_at is None:
        raise RuleBroken("这一行正在使用。")
    row.retired_at = None
    _changed(row, "catalogue.restore", None, {"code": row.code})


def tag(row: CatalogueRow, article: Article) -> None:
    """Put an article under a row; twice is once."""
    if article.is_secret or article.state in GONE:
        raise RuleBroken("已撤回、作废或下线的信息不能关联。")
    if _entry(row, article) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(RowArticle(tenant_id=row.tenant_id, row_id=row.id, article_id=article.id))
    except IntegrityError:
        return  # Somebody else has just done the same.
    _changed(row, "catalogue.tag", None, {"code": row.code, "article": article.id})


def untag(row: CatalogueRow, article: Article) -> None:
    """Take an article from a row, if it was put there by hand."""
    entry = _entry(row, article)
    if entry is None:
        return
    db.session.delete(entry)
    _changed(row, "catalogue.untag", {"code": row.code, "article": article.id}, None)


def place(article: Article, rows: Iterable[CatalogueRow]) -> tuple[int, int]:
    """Let an article stand under these rows and no others; return under how many more, and how many fewer.

    Where it stands by its column it stands anyway. Rows that are kept no more are left as they are.
    """
    wanted = {row.id: row for row in rows if row.column_id != article.column_id}
    present = {
        row.id: row
        for row in db.session.scalars(
            select(CatalogueRow)
            .join(
                RowArticle,
                (RowArticle.row_id == CatalogueRow.id) & (RowArticle.tenant_id == CatalogueRow.tenant_id),
            )
            .where(RowArticle.article_id == article.id, CatalogueRow.retired_at.is_(None))
        )
    }
    put, taken = wanted.keys() - present.keys(), present.keys() - wanted.keys()
    for row_id in sorted(put):
        tag(wanted[row_id], article)
    for row_id in sorted(taken):
        untag(present[row_id], article)
    return len(put), len(taken)


def _hold(row: CatalogueRow) -> None:
    """Hold a row until the end of the transaction, and know its newest state."""
    held = select(CatalogueRow).where(CatalogueRow.id == row.id).with_for_update()
    db.session.scalars(held.execution_options(populate_existing=True)).one()


def _entry(row: CatalogueRow, article: Article) -> RowArticle | None:
    asked = select(RowArticle).where(RowArticle.row_id == row.id, RowArticle.article_id == article.id)
    return db.session.scalar(asked)


def _next_code() -> str:
    codes = db.session.scalars(select(CatalogueRow.code).where(CatalogueRow.code.startswith(OWN)))
    numbers = [int(code[1:]) for code in codes if code[1:].isdecimal()]
    return f"{OWN}{max(numbers, default=0) + 1:03}"


def _said(row: CatalogueRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in Words.__dataclass_fields__}


def _changed(row: CatalogueRow, act: str, before: object, after: object) -> None:
    db.session.flush()
    record(act, f"row:{row.id}", tenant_id=row.tenant_id, before=before, after=after)
    raise_generation(current_tenant.id, current_tenant.portal_id)
