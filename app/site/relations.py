"""What a document's page says of other documents: those it acts on, and those that act on it."""

from app.content.genres import Genre
from app.content.models import Article, Revision
from app.documents.queries import Related, related_to
from app.theming.pages import Link

Groups = tuple[tuple[str, tuple[Link, ...]], ...]


def relations_of(article: Article, revision: Revision) -> Groups:
    """Return the related documents that readers may see, each under its heading (GK-11, ZY-20)."""
    if revision.genre is Genre.NEWS:
        return ()
    groups: dict[str, list[Link]] = {}
    for one in related_to(article.tenant_id, article.id):
        groups.setdefault(one.heading, []).append(_link(one))
    return tuple((heading, tuple(links)) for heading, links in groups.items())


def _link(one: Related) -> Link:
    number = f"（{one.document_number}）" if one.document_number else ""
    form = f"（{one.form.label}）" if one.form and one.is_acting else ""
    title = one.title if "《" in one.title else f"《{one.title}》"
    return Link(f"{title}{number}{form}", one.url)
