"""The picture that stands beside an article in a list: its first that is wide enough to be a photograph."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.orm import aliased

from app.content.models import Article, Attachment, Revision, RevisionFile
from app.core.prepared import inline

#: Narrower ones are signs, not photographs.
NARROWEST = 320


def first_picture() -> ScalarSelect[int]:
    """Return the id of the first picture of a statement's Revision."""
    file, picture = aliased(RevisionFile), aliased(Attachment)
    of_text = (file.revision_id == Revision.id) & (file.tenant_id == Revision.tenant_id)
    return (
        select(file.attachment_id)
        .join(picture, (picture.id == file.attachment_id) & (picture.tenant_id == file.tenant_id))
        .where(of_text, picture.width >= NARROWEST)
        .order_by(file.position)
        .limit(inline(1))
        .correlate(Revision)
        .scalar_subquery()
    )


def with_picture(listing: Select[*tuple[Any, ...]], *, only: bool = False) -> Select[*tuple[Any, ...]]:
    """Select the first picture beside what a list selects of articles; ``only`` those that have one."""
    is_first = (Attachment.id == first_picture()) & (Attachment.tenant_id == Article.tenant_id)
    return listing.join(Attachment, is_first, isouter=not only).add_columns(Attachment)
