"""Importing a catalogue: every line becomes a draft or brings its draft up to date; nothing is published.

It can be repeated: a line is the same as before by its index number, else by number and title. One bad line
stops no other, and what readers see changes only when somebody signs.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.audit.services import record
from app.content.models import Article, Revision, RevisionFile
from app.content.services import CLOSED_TO_WRITERS, Text, revise, start_article
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.ledger.lines import Places, Prepared, prepared
from app.ledger.models import Ledger, Outcome, Row, written
from app.publishing import services as publishing
from app.tenancy.current import current_tenant

#: Lines of one request; the page goes on with the next until all are done.
AT_ONCE = 200
#: Drafts that are handed in with one request.
SUBMITTED_AT_ONCE = 100
TAKEN = "索引号已被另一条信息使用"


def receive(name: str, heads: tuple[str, ...], rows: list[Row], by: Account) -> Ledger:
    """Keep a sheet until it is imported."""
    ledger = Ledger(
        tenant_id=current_tenant.id,
        name=name[:120],
        created_by_id=by.id,
        heads=json.dumps(heads, ensure_ascii=False),
        rows=written(rows),
    )
    db.session.add(ledger)
    db.session.flush()
    record(
        "ledger.receive",
        f"ledger:{ledger.id}",
        tenant_id=ledger.tenant_id,
        after={"name": name, "rows": len(rows)},
    )
    return ledger


def run(ledger: Ledger, mapping: dict[str, int], places: Places, by: Account) -> int:
    """Import the next lines; return how many are left."""
    held = select(Ledger).where(Ledger.id == ledger.id).with_for_update()
    db.session.scalars(held.execution_options(populate_existing=True)).one()
    waiting = ledger.waiting
    part, rest = waiting[:AT_ONCE], waiting[AT_ONCE:]
    lines = {one.article_id: one.line for one in ledger.results if one.article_id}
    outcomes = list(_imported(part, mapping, places, by, lines))
    ledger.note(part, outcomes)
    ledger.rows = written(rest)
    ledger.finished_at = None if rest else now()
    ledger.mapping = json.dumps(
        {"fields": mapping, "column": places.otherwise.id if places.otherwise else None}
    )
    counts = {what: sum(one.what == what for one in outcomes) for what in {one.what for one in outcomes}}
    record("ledger.run", f"ledger:{ledger.id}", tenant_id=ledger.tenant_id, after=counts)
    return len(rest)


def submit(ledger: Ledger, by: Account, *, after: int) -> tuple[int, list[Outcome], int]:
    """Hand in the next drafts of a sheet; return how many, which the rules refuse, and the last one's id."""
    ids = {one.article_id for one in ledger.results if one.article_id}
    drafts = (
        select(Article)
        .where(Article.id.in_(ids), Article.id > after, Article.state == ArticleState.DRAFT)
        .order_by(Article.id)
        .limit(SUBMITTED_AT_ONCE)
    )
    handed_in, refused, last = 0, [], after
    for article in db.session.scalars(drafts).all():
        last, head_id = article.id, article.head_id
        try:
            with db.session.begin_nested():
                publishing.submit(article, by, revision=head_id or 0)
            handed_in += 1
        except RuleBroken as error:
            title = db.session.scalar(select(Revision.title).where(Revision.id == head_id)) or ""
            refused.append(Outcome(0, "refused", title, error.message, last))
    return handed_in, refused, last


def _imported(
    rows: list[Row], mapping: dict[str, int], places: Places, by: Account, lines: dict[int, int]
) -> Iterator[Outcome]:
    """Import lines; ``lines`` says which articles the sheet has made already, and by which line."""
    for row in rows:
        one = prepared(row, mapping, places)
        if one.faults:
            yield Outcome(row.line, "faulty", one.title, "；".join(one.faults))
            continue
        outcome = _line(one, by, lines)
        if outcome.article_id is not None:
            lines.setdefault(outcome.article_id, row.line)
        yield outcome


def _line(one: Prepared, by: Account, lines: dict[int, int]) -> Outcome:
    """Import a good line; what the database or a rule refuses is undone by itself."""
    try:
        with db.session.begin_nested():
            return _filed(one, by, lines)
    except RuleBroken as error:
        return Outcome(one.line, "skipped", one.title, error.message)
    except IntegrityError:
        return Outcome(one.line, "faulty", one.title, TAKEN)


def _filed(one: Prepared, by: Account, lines: dict[int, int]) -> Outcome:
    assert one.column is not None
    assert one.text is not None
    found = _known(one)
    if found is None:
        article = start_article(one.column, one.text, by)
        article.index_number = one.index_number or None
        db.session.flush()
        return Outcome(one.line, "made", one.title, "", article.id)
    if found.id in lines:
        return Outcome(one.line, "faulty", one.title, f"与第 {lines[found.id]} 行重复")
    if found.was_public or found.is_secret or found.state in CLOSED_TO_WRITERS:
        says = f"已有这条信息（{found.state.label}），没有改动"
        return Outcome(one.line, "skipped", one.title, says, found.id)
    return _renewed(found, one, by)


def _renewed(found: Article, one: Prepared, by: Account) -> Outcome:
    """Bring a draft up to date; a number that it lacks is given to it, one that it has stays."""
    assert one.text is not None
    before = found.head_id
    revise(found, _with_files(one.text, before), by, base=before or 0)
    if found.index_number is None and one.index_number:
        found.index_number = one.index_number
        db.session.flush()
    if found.head_id == before:
        return Outcome(one.line, "skipped", one.title, "与已有的草稿相同", found.id)
    return Outcome(one.line, "updated", one.title, "", found.id)


def _known(one: Prepared) -> Article | None:
    """Return the article that a line is about; one without any number is known by its title alone."""
    if one.index_number:
        found = db.session.scalar(select(Article).where(Article.index_number == one.index_number))
        if found is not None:
            return found
    assert one.text is not None
    same = (
        select(Article)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Revision.title == one.title, Revision.document_number == one.text.document_number)
        .where(Article.state != ArticleState.DISCARDED)
        .order_by(Article.id)
        .limit(1)
    )
    if one.index_number:  # Another index number is another text, whatever its title.
        same = same.where(Article.index_number.is_(None))
    return db.session.scalar(same)


def _with_files(text: Text, revision_id: int | None) -> Text:
    """Keep the files that somebody has added to the draft meanwhile."""
    files = (
        select(RevisionFile.attachment_id)
        .where(RevisionFile.revision_id == revision_id)
        .order_by(RevisionFile.position)
    )
    return replace(text, files=tuple(db.session.scalars(files)))
