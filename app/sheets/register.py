"""What a unit signed and published in a period, article by article, for the inspector (GK-07)."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.models import Account
from app.content.models import Article, Column, Revision
from app.content.states import Ending
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.publishing.models import SignOff
from app.theming.filters import minute

PER_PAGE = 50
#: Of one file; a longer period is fetched in parts (D10).
MOST_EXPORTED = 5_000
HEADS = (
    "编号",
    "标题",
    "文号",
    "栏目",
    "撰写人",
    "审签人",
    "审签时间",
    "审核人",
    "审核时间",
    "公开时间",
    "状态",
    "内容指纹",
)
HIDDEN = "（涉密下线）"


@dataclass(frozen=True)
class Entry:
    """One article that was signed or became public in the period."""

    article_id: int
    title: str
    document_number: str
    column: str
    writer: str
    #: Names and moments of the last signature on each level.
    signer: str
    signed_at: datetime | None
    leader: str
    approved_at: datetime | None
    public_at: datetime | None
    state: str
    digest: str

    def cells(self) -> tuple[str, ...]:
        """Return what stands in the file, in the order of the heads."""
        moments = [minute(one) if one else "" for one in (self.signed_at, self.approved_at, self.public_at)]
        about = (str(self.article_id), self.title, self.document_number, self.column, self.writer)
        return (*about, self.signer, moments[0], self.leader, moments[1], moments[2], self.state, self.digest)


def count_of(start: date, end: date) -> int:
    """Return how many articles of the bound tenant belong to the period, both days included."""
    return db.session.scalar(select(func.count(Article.id)).where(_within(start, end))) or 0


def entries_of(start: date, end: date, *, limit: int, offset: int = 0) -> list[Entry]:
    """Return the articles of the period, last changed first."""
    text = func.coalesce(Article.published_id, Article.head_id)
    rows = db.session.execute(
        select(Article, Revision, Column.title, Account.name)
        .join(Revision, (Revision.id == text) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Account, Account.id == Revision.author_id)
        .where(_within(start, end))
        .order_by(Article.changed_at.desc(), Article.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    signed = _signatures([row[1].id for row in rows])
    return [_entry(article, head, column, writer, signed) for article, head, column, writer in rows]


def xlsx_of(entries: Iterable[Entry]) -> bytes:
    """Write the entries as a spreadsheet whose cells are all text: none is ever taken for a formula (C7)."""
    from openpyxl import Workbook  # noqa: PLC0415 - most processes never need it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - most processes never need it

    book = Workbook(write_only=True)
    page = book.create_sheet("审核记录")

    def texts(row: Iterable[str]) -> Iterator[WriteOnlyCell]:
        for text in row:
            cell = WriteOnlyCell(page, value="".join(sign for sign in text if sign >= " "))
            cell.data_type = "s"
            yield cell

    page.append(list(texts(HEADS)))
    for entry in entries:
        page.append(list(texts(entry.cells())))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _within(start: date, end: date) -> ColumnElement[bool]:
    first = datetime.combine(start, time.min, COUNTY_ZONE)
    last = datetime.combine(end + timedelta(days=1), time.min, COUNTY_ZONE)
    signed = select(SignOff.article_id).where(SignOff.at >= first, SignOff.at < last)
    published = (Article.first_published_at >= first) & (Article.first_published_at < last)
    return or_(published, Article.id.in_(signed))


def _signatures(revisions: list[int]) -> dict[tuple[int, int], SignOff]:
    rows = db.session.scalars(select(SignOff).where(SignOff.revision_id.in_(revisions)).order_by(SignOff.id))
    return {(one.revision_id, one.level): one for one in rows}


def _entry(
    article: Article, head: Revision, column: str, writer: str, signed: dict[tuple[int, int], SignOff]
) -> Entry:
    first, second = signed.get((head.id, 1)), signed.get((head.id, 2))
    is_hidden = article.ending is Ending.SECRECY
    return Entry(
        article_id=article.id,
        title=HIDDEN if is_hidden else head.title,
        document_number="" if is_hidden else head.document_number,
        column=column,
        writer=writer,
        signer=first.signer_name if first else "",
        signed_at=first.at if first else None,
        leader=second.signer_name if second else "",
        approved_at=second.at if second else None,
        public_at=article.first_published_at,
        state=article.ending.label if article.ending else article.state.label,
        digest=head.digest,
    )
