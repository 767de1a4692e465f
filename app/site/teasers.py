"""Rows of queries as what a theme shows of them."""

from collections.abc import Iterable

from app.content.attachments import desk_files
from app.content.models import Attachment
from app.content.pictures import picture_of
from app.content.queries import Listed
from app.content.states import Validity
from app.core.html import FILES
from app.core.pictures import Picture
from app.look.queries import is_preview
from app.portal.listing import Listed as Entry
from app.tenancy.current import current_tenant
from app.tenancy.places import here
from app.theming.pages import Link, Teaser


def teaser(listed: Listed) -> Teaser:
    """Show an article of the current subsite."""
    return Teaser(
        title=listed.title,
        url=here(listed.path),
        published_at=listed.published_at,
        summary=listed.summary,
        document_number=listed.document_number,
        mark=mark_of(listed.validity),
        picture=_picture(listed.picture, current_tenant.slug),
    )


def teasers_of_entries(
    entries: Iterable[Entry], also: dict[int, list[tuple[str, str]]]
) -> tuple[Teaser, ...]:
    """Show a portal's entries: the unit is named, and the address is the unit's own page."""
    return tuple(
        Teaser(
            title=entry.title,
            url=entry.url,
            published_at=entry.published_at,
            summary=entry.summary,
            unit=Link(entry.unit_name, entry.unit_home + "/"),
            also=tuple(Link(name, url) for name, url in also.get(entry.entry_id, ())),
            document_number=entry.document_number,
            is_pinned=entry.is_pinned,
            mark=mark_of(entry.validity),
            picture=_picture(entry.picture, entry.unit_slug),
        )
        for entry in entries
    )


def _picture(file: Attachment | None, slug: str) -> Picture | None:
    """Show a unit's picture from the page's own host: no page asks another one for anything.

    In a preview of a look that host is the console, which has addresses of its own for files.
    """
    is_own = slug == current_tenant.slug
    if is_preview():
        files = desk_files() if is_own else f"/{current_tenant.slug}/look/preview{FILES}{slug}/"
    else:
        files = here(FILES if is_own else f"/u/{slug}{FILES}")
    return picture_of(file, files) if file else None


def mark_of(validity: Validity) -> str:
    """Return what lists say beside a title; nothing of what simply holds (GK-11)."""
    return "" if validity is Validity.VALID else validity.label
