"""Collections of documents, for visitors."""

from flask import g

from app.documents import collections
from app.documents.rows import row_of, siblings, trail
from app.tenancy.places import canonical, here, place
from app.theming.documents_pages import CollectionCard, CollectionPage, CollectionsPage
from app.theming.pages import Link
from app.web.blueprints import PublicBlueprint

HOME = "/documents/collections/"

bp = PublicBlueprint("collections", __name__)


@bp.page(HOME)
def collections_page() -> CollectionsPage:
    """List the subsite's collections."""
    g.menu_at = "documents"
    return CollectionsPage(
        title="文件汇编",
        canonical=canonical(HOME),
        description=f"{place().tenant.unit}按专题编排的文件汇编。",
        trail=trail("/documents/"),
        cards=tuple(
            CollectionCard(Link(one.title, here(f"{HOME}{one.id}/")), one.description, count)
            for one, count in collections.collections()
            if count
        ),
        siblings=siblings(HOME),
    )


@bp.page(f"{HOME}<int:collection_id>/")
def collection(collection_id: int) -> CollectionPage:
    """Show one collection of the subsite with its documents."""
    g.menu_at = "documents"
    found = collections.collection_by_id(collection_id)
    return CollectionPage(
        title=found.title,
        canonical=canonical(f"{HOME}{found.id}/"),
        description=found.description,
        trail=trail("/documents/", HOME),
        rows=tuple(row_of(one) for one in collections.documents_in(found)),
        siblings=siblings(HOME),
    )
