"""One article as a page: also the preview that a signer reads, so that both are the same by construction."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, redirect

from app.content import queries as content
from app.content.attachments import label_of
from app.content.filetypes import TYPES
from app.content.models import Article, Attachment, Layout, Revision, article_path
from app.content.neighbours import Neighbours, neighbours_of
from app.content.pictures import FORMATS, picture_of, pictures_of
from app.content.queries import Listed, MenuColumn
from app.content.validity import ENDED
from app.content.videos import VIDEOS, captions_of
from app.core.clock import COUNTY_ZONE, now, today
from app.core.html import FILES, pictures_in, shown
from app.participation.cards import row_for
from app.site.frame import columns, link_to
from app.site.reading import with_reading
from app.site.record import Record
from app.site.relations import relations_of
from app.site.teasers import mark_of
from app.tenancy.places import canonical, here, place
from app.theming.article_pages import ArticlePage, AttachmentLink, NoticePeriod
from app.theming.pages import Link, Meta
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
    menu_column = next((one for one in columns() if one.id == column.id), None)
    if is_archived := menu_column is None:
        menu_column = _closed(column.id)
    neighbours = (
        NO_NEIGHBOURS if menu_column.layout == Layout.PAGE else neighbours_of(found, revision.subject)
    )
    page = article_page(found, revision, menu_column, neighbours)
    if is_archived:
        page = replace(page, trail=page.trail[:1], archived_of=menu_column.title)
    return with_reading(page, found.id)


def _closed(column_id: int) -> MenuColumn:
    """Return a list that is not kept any more: what it held stays at its address, with a mark (ZY-24)."""
    listed = content.menu_columns(content.own_menu(), also=column_id)
    found = next(one for one in listed if one.id == column_id)
    return found if found.layout == Layout.LIST else abort(404)


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
    path = article_path(column.slug, published_at, found.id)
    address = canonical(column.path if column.layout == Layout.PAGE else path)
    record = Record(found, revision, column, published_at, where.tenant.unit, where.home + "/")
    under = files or here(FILES)
    of_text = content.files_of(revision)
    return ArticlePage(
        title=revision.title,
        canonical=address,
        description=revision.summary or revision.title,
        meta=Meta(record.tags(), record.json_ld(address)),
        trail=(Link("首页", here("/")), link_to(column)),
        body=shown(revision.body, files=under, pictures=pictures_of(of_text, under)),
        published_at=published_at,
        source=record.source,
        unit=Link(where.tenant.unit, here("/")),
        column=link_to(column),
        document_number=revision.document_number,
        formed_on=revision.formed_on,
        **_standing(record),
        successor=_neighbour(content.successor_of(found)),
        data=(*record.rows(), *row_for(found.id, revision.genre)),
        attachments=_attachments(revision, of_text, under),
        previous=_neighbour(neighbours.older),
        next=_neighbour(neighbours.newer),
        alike=tuple(Link(one.title, here(one.path)) for one in neighbours.alike),
    )


def _standing(record: Record) -> dict[str, Any]:
    """Return whether the text holds, what was corrected, and how other documents stand to it."""
    correction = record.revision.correction
    return {
        "corrected_at": record.article.corrected_at if correction else None,
        "correction": correction,
        "validity": record.validity,
        "validity_label": mark_of(record.validity),
        "invalid_since": record.ended_from if record.validity in ENDED else None,
        "period": _period(record.revision, record.published_at),
        "answers": record.revision.answers,
        "relations": relations_of(record.article, record.revision),
    }


def _period(text: Revision, published_at: datetime) -> NoticePeriod | None:
    """Return the period of a public notice as it stands now: it ends from its minute on, without a job."""
    if text.period_until is None:
        return None
    begins, moment = text.period_from or published_at, now()
    state = "ahead" if moment < begins else "running" if moment < text.period_until else "ended"
    last = text.period_until.astimezone(COUNTY_ZONE).date()
    return NoticePeriod(
        begins, text.period_until, text.contact, state, days_left=max(0, (last - today()).days)
    )


def _attachments(text: Revision, files: list[Attachment], under: str) -> tuple[AttachmentLink, ...]:
    in_text = pictures_in(text.body)
    listed = [file for file in files if file.token not in in_text]
    captions = captions_of([(file.title, file.extension) for file in listed])
    return tuple(
        _link(file, under, listed[captions[place]] if place in captions else None)
        for place, file in enumerate(listed)
    )


def _link(file: Attachment, under: str, captions: Attachment | None) -> AttachmentLink:
    return AttachmentLink(
        title=file.title,
        url=f"{under}{file.token}.{file.extension}",
        label=label_of(file),
        size=file.size,
        is_shown=TYPES[file.extension].is_inline,
        picture=picture_of(file, under, says=file.title) if file.extension in FORMATS else None,
        is_video=file.extension in VIDEOS,
        captions=f"{under}{captions.token}.{captions.extension}" if captions else "",
    )


def _neighbour(listed: Listed | None) -> Link | None:
    return Link(listed.title, here(listed.path)) if listed else None
