"""Whether the current subsite is grey now (MG-01), and what the county and the unit say over it."""

from app.look.announcements import announcements_now
from app.portal.banners import BANNER, GREY, Level, running, titled
from app.tenancy.current import current_tenant
from app.tenancy.places import here, place
from app.theming.pages import Banner, Link


def is_grey() -> bool:
    """Say whether a period of mourning runs here."""
    return bool(running(place().portal, current_tenant.id, GREY))


def banners_now() -> tuple[Banner, ...]:
    """Return the banners over the current page, emergencies first; one whose text was withdrawn is none."""
    where, found = place(), []
    for one in running(where.portal, current_tenant.id, BANNER):
        level = Level(one["level"])
        found += [
            (level, Banner(level.value, level.label, Link(text.title, where.portal_home + text.path)))
            for text in titled(where.portal.id, one["article"])
        ]
    return tuple(banner for _, banner in sorted(found, key=lambda each: list(Level).index(each[0])))


def announced_here() -> tuple[Link, ...]:
    """Return what the unit itself says over the current page; one whose text was withdrawn is none."""
    return tuple(Link(title, here(path)) for title, path in announcements_now(place().tenant))
