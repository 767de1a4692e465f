"""What machines read: Atom feeds, the site map for search engines, and what robots may fetch."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import cast

from flask import Response, abort, g
from lxml import etree

from app.content import queries as content
from app.documents.rows import PAGES
from app.pagecache.moments import last_change
from app.portal import queries as portal
from app.site.frame import column_at, columns, moved
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, place
from app.web.blueprints import PublicBlueprint

ATOM = "http://www.w3.org/2005/Atom"
SITE_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IN_FEED = 30
#: The most addresses that one site map may hold by its standard.
IN_SITE_MAP = 50_000
#: What a title may hold and no XML file, in whichever form it is written.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
ROBOTS = "User-agent: *\nDisallow: /manage\nDisallow: /leave\n\nSitemap: {site_map}\n"

#: Title, absolute address, time of publication, summary, unit.
Entry = tuple[str, str, datetime, str, str]
#: A path, and when the page came to be where that is known.
Place = tuple[str, datetime | None]

bp = PublicBlueprint("feeds", __name__)


@bp.answer("/feed.atom")
def site_feed() -> Response:
    """Feed the newest of the whole subsite; on the portal, of all its units."""
    where = place()
    return _feed(where.tenant.name, canonical("/"), canonical("/feed.atom"), _newest(None))


@bp.answer("/<slug>/feed.atom")
def column_feed(slug: str) -> Response:
    """Feed the newest of one column."""
    column = column_at(slug) or moved(slug, "feed.atom")
    title = f"{column.title} - {place().tenant.name}"
    path = canonical(column.path)
    return _feed(title, path, f"{path}feed.atom", _newest(column.id))


@bp.answer("/sitemap.xml")
def site_map() -> Response:
    """List the addresses of the subsite's own pages; more than one map may hold are an index of maps."""
    others, articles = _others(), content.count_shown()
    if len(others) + articles <= IN_SITE_MAP:
        return _map_of([*others, *_articles(1)])
    root = etree.Element(f"{{{SITE_MAP}}}sitemapindex", nsmap=_default(SITE_MAP))
    for number in range(1 + -(-articles // IN_SITE_MAP)):
        part = etree.SubElement(root, f"{{{SITE_MAP}}}sitemap")
        etree.SubElement(part, f"{{{SITE_MAP}}}loc").text = canonical(f"/sitemap-{number}.xml")
    return _xml(root, "application/xml")


@bp.answer("/sitemap-<int:number>.xml")
def site_map_part(number: int) -> Response:
    """List one part of the addresses: number 0 are the pages that are no article, then come the articles."""
    return _map_of((_articles(number) if number else _others()) or abort(404))


def _others() -> list[Place]:
    paths: list[Place] = [(path, None) for path in _composed()]
    return paths + [(column.path, None) for column in columns() if column.has_articles]


def _articles(number: int) -> list[Place]:
    rows = content.shown_where(limit=IN_SITE_MAP, offset=(number - 1) * IN_SITE_MAP)
    return [(one.path, one.published_at) for one in rows]


def _map_of(paths: list[Place]) -> Response:
    root = etree.Element(f"{{{SITE_MAP}}}urlset", nsmap=_default(SITE_MAP))
    for path, changed_at in paths:
        url = etree.SubElement(root, f"{{{SITE_MAP}}}url")
        etree.SubElement(url, f"{{{SITE_MAP}}}loc").text = canonical(path)
        if changed_at:
            etree.SubElement(url, f"{{{SITE_MAP}}}lastmod").text = changed_at.isoformat(timespec="seconds")
    return _xml(root, "application/xml")


def _composed() -> Iterator[str]:
    """Yield the pages that are no column's."""
    yield "/"
    if current_tenant.is_portal:
        yield from ("/units/", "/jgzl/", "/ldzc/", "/jczwgk/")
    if current_tenant.kind is not TenantKind.INDEPENDENT:
        yield from ("/xxgk/", "/xxgk/catalogue/")
    yield from PAGES
    yield "/map.html"


@bp.answer("/robots.txt")
def robots() -> Response:
    """Welcome robots to all that visitors read."""
    return Response(ROBOTS.format(site_map=canonical("/sitemap.xml")), mimetype="text/plain")


def _newest(column_id: int | None) -> Iterable[Entry]:
    if current_tenant.is_portal:
        for entry in portal.entries(current_tenant.id, column_id=column_id, limit=IN_FEED):
            yield entry.title, entry.url, entry.published_at, entry.summary, entry.unit_name
        return
    rows = content.latest_in(column_id, limit=IN_FEED) if column_id else content.latest(limit=IN_FEED)
    for one in rows:
        yield one.title, canonical(one.path), one.published_at, one.summary, place().tenant.unit


def _feed(title: str, home: str, own: str, entries: Iterable[Entry]) -> Response:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_default(ATOM))
    listed = list(entries)
    changed_at = max((published_at for _, _, published_at, _, _ in listed), default=_since())
    _add(root, "title", title)
    _add(root, "id", own)
    _add(root, "link", href=home)
    _add(root, "link", rel="self", href=own)
    _add(root, "updated", changed_at.isoformat(timespec="seconds"))
    for heading, url, published_at, summary, unit in listed:
        entry = _add(root, "entry")
        _add(entry, "title", heading)
        _add(entry, "id", url)
        _add(entry, "link", href=url)
        _add(entry, "published", published_at.isoformat(timespec="seconds"))
        _add(entry, "updated", published_at.isoformat(timespec="seconds"))
        _add(_add(entry, "author"), "name", unit)
        if summary:
            _add(entry, "summary", summary)
    return _xml(root, "application/atom+xml")


def _since() -> datetime:
    """Return since when a feed has nothing to tell of: it is the same for who makes it a second later."""
    return datetime.fromtimestamp(last_change(g.changed), UTC)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    # XML has no word for control characters and no-characters; a title with one must not break the feed.
    element.text = None if text is None else NOT_IN_XML.sub("", text)
    return element


def _default(namespace: str) -> dict[str, str]:
    """Return the mapping that makes a namespace the default; the type stubs do not know None as a prefix."""
    return cast("dict[str, str]", {None: namespace})


def _xml(root: etree._Element, media_type: str) -> Response:
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=f"{media_type}; charset=utf-8")
