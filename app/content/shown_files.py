"""What readers may see of files: one by its address, and the pictures of the newest articles."""

from collections.abc import Iterable

from flask import abort
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.content.models import Article, Attachment, Revision, RevisionFile
from app.content.queries import Listed, is_shown, listing
from app.content.states import Ending
from app.core.database import db

#: Among so many articles those with a picture are looked for; narrower ones are signs, not photographs.
LOOKED_AT, NARROWEST = 200, 320


def published_file(token: str) -> Attachment:
    """Return a file that belongs to a text which readers see now, or answer 404 (A8).

    Answers 410 for a file of a text taken down for secrecy, whatever else it belongs to (S-66).
    """
    in_text = (RevisionFile.attachment_id == Attachment.id) & (RevisionFile.tenant_id == Attachment.tenant_id)
    of_article = (Revision.article_id == Article.id) & (Revision.tenant_id == Article.tenant_id)
    is_read = exists().where(
        in_text,
        Article.published_id == RevisionFile.revision_id,
        Article.tenant_id == RevisionFile.tenant_id,
        is_shown(),
    )
    was_taken_down = exists().where(
        in_text,
        Revision.id == RevisionFile.revision_id,
        Revision.tenant_id == RevisionFile.tenant_id,
        of_article,
        Article.ending == Ending.SECRECY,
    )
    row = db.session.execute(
        select(Attachment, was_taken_down).where(Attachment.token == token, is_read | was_taken_down)
    ).one_or_none()
    if row is None:
        abort(404)
    file, is_gone = row
    if is_gone:
        abort(410)
    return file


def pictured(column_ids: Iterable[int], *, limit: int) -> list[tuple[Listed, Attachment]]:
    """Return the newest articles of some columns that have a picture, each with its first one.

    Only so many of the newest are looked at, so that a column without pictures costs no more.
    """
    newest = (
        select(Article.id)
        .where(Article.column_id.in_(list(column_ids)), is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    file, shown = aliased(RevisionFile), aliased(Attachment)
    first = (
        select(file.attachment_id)
        .join(shown, (shown.id == file.attachment_id) & (shown.tenant_id == file.tenant_id))
        .where(
            file.revision_id == Revision.id, file.tenant_id == Revision.tenant_id, shown.width >= NARROWEST
        )
        .order_by(file.position)
        .limit(1)
        .correlate(Revision)
        .scalar_subquery()
    )
    rows = db.session.execute(
        listing()
        .join(newest, newest.c.id == Article.id)
        .join(Attachment, (Attachment.id == first) & (Attachment.tenant_id == Article.tenant_id))
        .add_columns(Attachment)
        .limit(limit)
    ).all()
    return [(Listed(*row[:-1]), row[-1]) for row in rows]
