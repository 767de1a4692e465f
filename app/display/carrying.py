"""Links of a finished page to other subsites: handed to whoever knows what they must carry along."""

import html
import re
from collections.abc import Callable

#: A page is written by templates, so an address always stands in double quotes.
_LINK = re.compile(r"(<(?:a|form)\s[^<>]*?\b(?:href|action)=\")(https?://[^\"<>]*)(?=\")")


def carried(page: str, destination: Callable[[str], str]) -> str:
    """Return the page with every absolute link and form address replaced by its destination."""
    return _LINK.sub(lambda found: found[1] + _replaced(found[2], destination), page)


def _replaced(written: str, destination: Callable[[str], str]) -> str:
    url = html.unescape(written)
    changed = destination(url)
    return written if changed == url else html.escape(changed)
