"""Whether a document holds on a day: what was declared, and the days that it names itself (GK-11)."""

from datetime import date

from app.content.models import Article, Revision
from app.content.states import Validity

ENDED = (Validity.ABOLISHED, Validity.EXPIRED)


def validity_of(article: Article, revision: Revision, on: date) -> Validity:
    """Return what holds on a day; a document without a word about it is valid."""
    if article.invalid_since is not None and article.invalid_since <= on:
        return article.validity if article.validity in ENDED else Validity.EXPIRED
    if revision.expires_on is not None and revision.expires_on < on:
        return Validity.EXPIRED
    if revision.effective_on is not None and on < revision.effective_on:
        return Validity.PENDING
    return Validity.AMENDED if article.validity is Validity.AMENDED else Validity.VALID
