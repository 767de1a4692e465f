"""A font in which every character is a box, so that a page breaks its lines alike on every machine.

No machine's own fonts take part: Han characters are as wide as they are high, all others half as wide. It is
made here rather than kept, since it is a few tables of OpenType and no foundry's work.
"""

import base64
import struct

FAMILY = "Boxes"
_EM = 1000
_ASCENT, _DESCENT = 880, -120
_HALF, _WHOLE, _SPACE = 500, 1000, 300
#: Characters from the first to the last, and the number of the glyph that all of them have.
_GROUPS = ((0x20, 0x20, 2), (0x21, 0x9F, 1), (0xA0, 0xA0, 2), (0xA1, 0x2FF, 1), (0x300, 0x1FFFF, 0))
_MAGIC_SUM, _MAGIC_HEAD = 0xB1B0AFBA, 0x5F0F3CF5


def style() -> str:
    """Return the element of a page's head that has every text of it set in boxes."""
    font = base64.b64encode(_font()).decode()
    everything = ", ".join(("*", *(f"*::{part}" for part in ("before", "after", "marker", "placeholder"))))
    face = f'font-family: {FAMILY}; font-weight: 1 1000; src: url("data:font/ttf;base64,{font}");'
    rule = f"font-family: {FAMILY} !important; font-style: normal !important;"
    return f"<style>@font-face {{ {face} }} {everything} {{ {rule} }}</style>"


def _font() -> bytes:
    glyphs = [_box(_WHOLE), _box(_HALF), b""]
    widths = (_WHOLE, _HALF, _SPACE)
    places = [0]
    for glyph in glyphs:
        places.append(places[-1] + len(glyph))
    return _bound(
        {
            b"OS/2": _metrics(),
            b"cmap": _characters(),
            b"glyf": b"".join(glyphs),
            b"head": struct.pack(
                ">IIIIHHqqhhhhHHhhh",
                *(
                    0x10000,
                    0x10000,
                    0,
                    _MAGIC_HEAD,
                    0,
                    _EM,
                    0,
                    0,
                    0,
                    _DESCENT,
                    _WHOLE,
                    _ASCENT,
                    0,
                    8,
                    2,
                    1,
                    0,
                ),
            ),
            b"hhea": struct.pack(
                ">IhhhH6h8xhH", 0x10000, _ASCENT, _DESCENT, 0, _WHOLE, 0, 0, 0, 1, 0, 0, 0, 3
            ),
            b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in widths),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"maxp": struct.pack(">I14H", 0x10000, len(glyphs), 4, 1, 0, 0, 2, *(0,) * 8),
            b"name": _names(),
            b"post": struct.pack(">IiHHI16x", 0x30000, 0, 0, 0, 0),
        }
    )


def _box(width: int) -> bytes:
    """Draw the outline of a box, a little narrower than its place so that neighbours stand apart."""
    left, right, low, high = 40, width - 40, -60, 800
    head = struct.pack(">hhhhh", 1, left, low, right, high)
    across, up = (
        struct.pack(">4h", left, 0, right - left, 0),
        struct.pack(">4h", low, high - low, 0, low - high),
    )
    outline = head + struct.pack(">HH", 3, 0) + b"\x01" * 4 + across + up
    return outline + b"\0" * (-len(outline) % 4)


def _characters() -> bytes:
    """Map whole ranges of characters to one glyph each (format 13)."""
    groups = b"".join(struct.pack(">III", *group) for group in _GROUPS)
    table = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, len(_GROUPS)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _metrics() -> bytes:
    sizes = (600, 600, 0, 75, 600, 600, 0, 350, 50, 250)
    head = struct.pack(">HhHHH10hh10x16x4sHHH", 4, _HALF, 400, 5, 0, *sizes, 0, b"NONE", 64, 0x20, 0xFFFF)
    return head + struct.pack(
        ">hhhHHIIhhHHH", _ASCENT, _DESCENT, 0, _ASCENT, -_DESCENT, 1, 0, 500, 700, 0, 32, 1
    )


def _names() -> bytes:
    said = {1: FAMILY, 2: "Regular", 3: FAMILY, 4: FAMILY, 5: "1.0", 6: FAMILY}
    records, texts = b"", b""
    for number, text in said.items():
        written = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(written), len(texts))
        texts += written
    return struct.pack(">HHH", 0, len(said), 6 + len(records)) + records + texts


def _bound(tables: dict[bytes, bytes]) -> bytes:
    """Put the tables behind their directory, with the sums that a font must carry."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power)))
    directory, body, start = b"", b"", 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _sum(table), start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = head + directory + body
    at = start + body.index(struct.pack(">I", _MAGIC_HEAD)) - 4
    return whole[:at] + struct.pack(">I", (_MAGIC_SUM - _sum(whole)) & 0xFFFFFFFF) + whole[at + 4 :]


def _sum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    return sum(int(one) for one in struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
