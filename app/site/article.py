"""One article as a page: also the preview that a signer reads, so that both are the same by construction."""

from datetime import datetime

from flask import abort, redirect

from app.content import queries as content
from app.content.attachments import file_path, label_of
from app.content.genres import DOCUMENTS
from app.content.models import Article, Attachment, Layout, Revision, article_path
from app.content.queries import Listed, MenuColumn, Neighbours
from app.core.clock import COUNTY_ZONE, now
from app.core.html import FILES, pictures_in, shown
from app.participation.cards import row_for
from app.site.frame import columns, link_to
from app.tenancy.places import canonical, here, place
from app.theming.pages import ArticlePage, AttachmentLink, DataRow, Link, Meta
from app.web.blueprints import PublicBlueprint

NO_NEIGHBOURS = Neighbours(None, None)

bp = PublicBlueprint("article", __name__)


@bp.page("/<slug>/<yyyy>/<mm>/<int:article_id>.html")
def article(slug: str, yyyy: str, mm: str, article_id: int) -> ArticlePage:  # noqa: ARG001 - see the docstring
    """Show a published article; under a former column too, with its canonical address.

    One that is public no more leads to what took its place, or answers 410 with a notice (DESIGN 6).
    """
    found, revision, column = content.article_for_readers(article_id)
    assert found.first_published_at is not None
    local = found.first_published_at.astimezone(COUNTY_ZONE)
    if (yyyy, mm) != (f"{local:%Y}", f"{local:%m}"):
        abort(404)
    if revision is None:
        successor = content.successor_of(found)
        abort(redirect(here(successor.path), 301) if successor else 410)
    menu_column = next((one for one in columns() if one.id == column.id), None) or abort(404)
    neighbours = NO_NEIGHBOURS if menu_column.layout == Layout.PAGE else content.neighbours_of(found)
    return article_page(found, revision, menu_column, neighbours)


def article_page(
    found: Article,
    revision: Revision,
    column: MenuColumn,
    neighbours: Neighbours = NO_NEIGHBOURS,
    *,
    files: str = "",
) -> ArticlePage:
    """Compose the page of one revision of an article; an unpublished one is dated now.

    ``files`` is where its pictures are, if not on the subsite. What stands in the text is not listed too.
    """
    published_at = found.first_published_at or now()
    where = place()
    source = revision.source or where.tenant.unit
    path = article_path(column.slug, published_at, found.id)
    return ArticlePage(
        title=revision.title,
        canonical=canonical(column.path if column.layout == Layout.PAGE else path),
        description=revision.summary or revision.title,
        meta=Meta(_tags(revision, column, published_at, source)),
        trail=(Link("首页", here("/")), link_to(column)),
        body=shown(revision.body, files=files or here(FILES)),
        published_at=published_at,
        source=source,
        unit=Link(where.tenant.unit, here("/")),
        column=link_to(column),
        document_number=revision.document_number,
        formed_on=revision.formed_on,
        corrected_at=found.corrected_at if revision.correction else None,
        correction=revision.correction,
        invalid_since=found.invalid_since,
        successor=_neighbour(content.successor_of(found)),
        data=(
            *_data(found, revision, column, published_at, where.tenant.unit),
            *row_for(found.id, revision.genre),
        ),
        attachments=tuple(
            _link(file) for file in content.files_of(revision) if file.token not in pictures_in(revision.body)
        ),
        previous=_neighbour(neighbours.older),
        next=_neighbour(neighbours.newer),
    )


def _data(
    found: Article, revision: Revision, column: MenuColumn, published_at: datetime, unit: str
) -> tuple[DataRow, ...]:
    """Return the customary table of an official document's data; three dates, never mixed (S-68)."""
    if revision.genre not in DOCUMENTS and not revision.document_number:
        return ()
    minute = f"{published_at.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M}"
    rows = [
        ("发布机构", unit),
        ("发文机关", revision.issuer if revision.issuer != unit else ""),
        ("文号", revision.document_number),
        ("体裁", revision.genre.label),
        ("栏目", column.title),
        ("成文日期", revision.formed_on.isoformat() if revision.formed_on else ""),
        ("印发日期", revision.printed_on.isoformat() if revision.printed_on else ""),
        ("发布日期", minute),
        ("公开方式", revision.attribute.label),
        ("有效性", "失效" if found.invalid_since else "有效"),
        ("主题词", revision.keywords),
    ]
    return tuple(DataRow(term, value) for term, value in rows if value)


def _tags(
    revision: Revision, column: MenuColumn, published_at: datetime, source: str
) -> tuple[tuple[str, str], ...]:
    """Return the tags that the rule for government pages asks of an article (rules 1.4)."""
    return (
        ("ColumnName", column.title),
        ("ColumnType", column.type),
        ("ArticleTitle", revision.title),
        ("PubDate", f"{published_at.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M}"),
        ("ContentSource", source),
        ("Keywords", revision.keywords),
        ("Description", revision.summary),
    )


def _link(file: Attachment) -> AttachmentLink:
    return AttachmentLink(file.title, here(file_path(file)), label_of(file), file.size)


def _neighbour(listed: Listed | None) -> Link | None:
    return Link(listed.title, here(listed.path)) if listed else None
