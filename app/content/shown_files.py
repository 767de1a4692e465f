"""What readers may see of files: one by its address, and the pictures of the newest articles."""

from collections.abc import Iterable

from flask import abort
from sqlalchemy import exists, select

from app.content.first_pictures import with_picture
from app.content.models import Article, Attachment, Revision, RevisionFile
from app.content.queries import Listed, is_shown, listing
from app.content.states import Ending
from app.core.database import db
from app.core.prepared import inline

#: Among so many articles those with a picture are looked for.
LOOKED_AT = 200


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
        .limit(inline(LOOKED_AT))
        .subquery()
    )
    of_newest = with_picture(listing().join(newest, newest.c.id == Article.id), only=True)
    rows = db.session.execute(of_newest.limit(inline(limit))).all()
    return [(Listed(*row[:-1]), row[-1]) for row in rows]
