"""Films of a few bytes, box by box, as cameras and programs write them."""

FILM_TYPE = b"\0\0\0\x18ftypisom\0\0\2\0isommp41"


def box(kind: bytes, *inside: bytes) -> bytes:
    """Return a box with its size before it."""
    content = b"".join(inside)
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def track(coding: bytes = b"avc1", handler: bytes = b"vide") -> bytes:
    """Return a track in the table of contents."""
    samples = box(b"stsd", bytes(7), b"\1", box(coding, bytes(78)))
    handled = box(b"hdlr", bytes(8), handler, bytes(12), b"\0")
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", handled, box(b"minf", box(b"stbl", samples))))


def table(*tracks: bytes) -> bytes:
    """Return a table of contents."""
    return box(b"moov", box(b"mvhd", bytes(100)), *(tracks or (track(), track(b"mp4a", b"soun"))))


def film(length: int = 4000, contents: bytes | None = None) -> bytes:
    """Return a film with so many times 256 bytes of pictures and sound."""
    return FILM_TYPE + (table() if contents is None else contents) + box(b"mdat", bytes(range(256)) * length)
