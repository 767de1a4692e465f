"""The one spelling of a host name: lower case, no port, no trailing dot, in ASCII (DESIGN 1, B1)."""

import re
from functools import lru_cache

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
PORT = re.compile(r":[0-9]{1,5}$")
LONGEST = 253


@lru_cache(maxsize=256)
def normalised(host: str) -> str | None:
    """Return the host's one spelling, or None for what is no host name at all (such as two of them)."""
    name = PORT.sub("", host.strip())
    if name.startswith("[") and name.endswith("]"):
        # An IPv6 address is well formed, and no tenant has one.
        return name.lower() if name.isascii() else None
    name = name.removesuffix(".").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if not name or len(name) > LONGEST or not all(LABEL.fullmatch(label) for label in name.split(".")):
        return None
    return name
