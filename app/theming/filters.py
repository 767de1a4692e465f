"""The filters that templates may use: how times, sizes and addresses are written on the screen."""

from datetime import date, datetime
from urllib.parse import urlsplit

from app.core.clock import COUNTY_ZONE
from app.display.traditional import PREFIX

_KILO = 1024


def minute(moment: datetime) -> str:
    """Write a moment as the county's clocks show it, in the form ZY-12 asks for: ``2026-11-24 10:05``."""
    return _in_county(moment).strftime("%Y-%m-%d %H:%M")


def day(moment: date) -> str:
    """Write the date of a moment or of a day: ``2026-11-24``."""
    shown = _in_county(moment) if isinstance(moment, datetime) else moment
    return shown.strftime("%Y-%m-%d")


def machine_time(moment: date) -> str:
    """Write a moment or a day for the ``datetime`` attribute of a ``time`` element."""
    if isinstance(moment, datetime):
        return _in_county(moment).isoformat(timespec="minutes")
    return moment.isoformat()


def file_size(size: int) -> str:
    """Write a number of bytes in the unit people expect."""
    if size < _KILO:
        return f"{size} 字节"
    if size < _KILO**2:
        return f"{size / _KILO:.0f} KB"
    return f"{size / _KILO**2:.1f} MB"


def traditional(address: str) -> str:
    """Write a page's address as that of the same page in traditional characters."""
    parts = urlsplit(address)
    return parts._replace(path=PREFIX + (parts.path or "/")).geturl()


def _in_county(moment: datetime) -> datetime:
    """Move a moment to the county's zone; one without a zone could be eight hours wrong, so it is refused."""
    if moment.tzinfo is None:
        raise ValueError(f"A moment without a time zone cannot be shown: {moment!r}")
    return moment.astimezone(COUNTY_ZONE)
