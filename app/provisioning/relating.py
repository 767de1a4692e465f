"""The demonstration's relations between documents, and its collections."""

import tomllib
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article, Revision
from app.core.database import db
from app.core.errors import RuleBroken
from app.documents import collections, links
from app.documents.models import Kind
from app.provisioning.documents import DocumentSpec
from app.provisioning.opening import tenant_by_slug
from app.tenancy.current import entered


def relate(document: DocumentSpec, article: Article, signer: Account) -> None:
    """Relate a published article to the documents of its unit that its file names by their numbers."""
    for kind, number in document.relates:
        target = _by_number(number)
        links.add(article, links.Wish(Kind(kind), target.tenant_id, target.id), signer)


def make_collections(path: Path) -> None:
    """Make the collections of a file; without the file there are none."""
    if not path.is_file():
        return
    for one in tomllib.loads(path.read_text(encoding="utf-8"))["collection"]:
        tenant = tenant_by_slug(one["unit"])
        if tenant is None:
            raise RuleBroken(f"{path.name}：没有单位“{one['unit']}”。")
        with entered(tenant):
            made = collections.create(one["title"], one["description"])
            for number in one["numbers"]:
                article = _by_number(number)
                collections.put_in(made, article.tenant_id, article.id)


def _by_number(number: str) -> Article:
    """Return the bound unit's public article with a document number."""
    shown = (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id)
    found = db.session.scalar(select(Article).join(Revision, shown).where(Revision.document_number == number))
    if found is None:
        raise RuleBroken(f"没有文号是“{number}”的已发布文件。")
    return found
