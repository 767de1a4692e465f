"""How the pictures of an MP4 file are coded, read from its table of contents (ISO 14496-12).

A library that plays films would bring decoders for what strangers send; what is asked for here are four
letters in one of the boxes of which such a file consists.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

#: Boxes that are looked at; a film has some hundred, a file that consists of nothing else is none.
MOST_BOXES = 5_000
_HEAD, _LARGE = struct.Struct(">I4s"), struct.Struct(">Q")
_TO_THE_SAMPLES = (b"mdia", b"minf", b"stbl", b"stsd")


class FilmError(ValueError):
    """The file is no whole film."""


class _Box(NamedTuple):
    kind: bytes
    begin: int
    end: int


def picture_codings(content: bytes) -> frozenset[bytes]:
    """Return the four letters of each coding in which a film has pictures, such as ``avc1``.

    A film without pictures has none.

    Raises FilmError where the table of contents is missing, or the file ends before it should.
    """
    found: set[bytes] = set()
    whole = list(_boxes(content, 0, len(content)))
    tables = [box for box in whole if box.kind == b"moov"]
    if not tables:
        raise FilmError
    for track in _all_in(content, tables, b"trak"):
        handlers = _all_in(content, _all_in(content, [track], b"mdia"), b"hdlr")
        if any(content[box.begin + 8 : box.begin + 12] == b"vide" for box in handlers):
            found |= _codings_of(content, track)
    return frozenset(found)


def _codings_of(content: bytes, track: _Box) -> set[bytes]:
    boxes = [track]
    for kind in _TO_THE_SAMPLES:
        boxes = _all_in(content, boxes, kind)
    # The entries stand behind version, flags and how many they are.
    return {entry.kind for box in boxes for entry in _boxes(content, box.begin + 8, box.end)}


def _all_in(content: bytes, outer: list[_Box], kind: bytes) -> list[_Box]:
    return [box for one in outer for box in _boxes(content, one.begin, one.end) if box.kind == kind]


def _boxes(content: bytes, begin: int, end: int) -> Iterator[_Box]:
    for _ in range(MOST_BOXES):
        if begin >= end:
            return
        if begin + _HEAD.size > end:
            raise FilmError
        size, kind = _HEAD.unpack_from(content, begin)
        inside = begin + _HEAD.size
        if size == 1:
            if inside + _LARGE.size > end:
                raise FilmError
            (size,) = _LARGE.unpack_from(content, inside)
            inside += _LARGE.size
        until = begin + size if size else end  # Without a size it reaches to the end.
        if not inside <= until <= end:
            raise FilmError
        yield _Box(kind, inside, until)
        begin = until
    raise FilmError
