"""How a finished page is packed: once in each way that browsers ask for, when the first one asks."""

import gzip
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
import zstandard

#: Shorter bodies gain nothing.
SHORTEST = 400  # bytes
BROTLI_QUALITY, ZSTANDARD_LEVEL = 5, 9
#: What is packed once for a whole release may take longer: up to this size a tenth of a second.
TIGHTEST, LARGEST_TIGHT = 11, 64 * 1024


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _brotli(body: bytes) -> bytes:
    """Pack as tight as takes less than a millisecond: a page is packed when somebody waits for it."""
    return bytes(brotli.compress(body, quality=BROTLI_QUALITY))


def _zstandard(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=ZSTANDARD_LEVEL).compress(body)


#: The best comes first.
ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstandard, "gzip": _gzipped}
_ASKED = re.compile(r"\s*([a-z0-9*-]+)\s*(?:;\s*q=([0-9.]{1,5})\s*)?")


def packed(body: bytes, encoding: str) -> bytes:
    """Return a body in an encoding; nothing where that does not make it shorter."""
    if len(body) < SHORTEST:
        return b""
    made = ENCODERS[encoding](body)
    return made if len(made) < len(body) else b""


def packed_for_long(body: bytes, encoding: str) -> bytes:
    """Return a body packed as tight as it can be; nothing where that does not make it shorter."""
    if encoding != "br" or not SHORTEST <= len(body) <= LARGEST_TIGHT:
        return packed(body, encoding)
    made = bytes(brotli.compress(body, quality=TIGHTEST))
    return made if len(made) < len(body) else b""


@lru_cache(maxsize=256)
def chosen(asked: str) -> tuple[str, ...]:
    """Return which encodings an Accept-Encoding header allows, the best first."""
    weights: dict[str, float] = {}
    for part in asked.lower()[:500].split(","):
        if found := _ASKED.fullmatch(part):
            weights[found[1]] = _weight(found[2])
    return tuple(name for name in ENCODERS if weights.get(name, weights.get("*", 0)) > 0)


def _weight(written: str | None) -> float:
    try:
        return 1.0 if written is None else float(written)
    except ValueError:
        return 0.0
