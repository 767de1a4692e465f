"""Radicals that PDF fonts put in place of characters: they look alike and no search finds them.

NFKC mends the block of Kangxi radicals and leaves all but two of the supplement, hence the table. Nothing
else is normalised: it would make full-width marks half-width ones.
"""

import unicodedata

_FIRST = 0x2E80
_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵⺚旡日月歹母"
    "民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁㓁网羊羊羊耂肀聿月臼艹艹"
    "艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠"
    "饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBILITY = (*range(0xF900, 0xFA0E), 0xFA10, 0xFA12, *range(0xFA15, 0xFA1F), *range(0xFA2A, 0xFA6E))
_TABLE = {
    **{_FIRST + place: character for place, character in enumerate(_SUPPLEMENT)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in (*_KANGXI, *_COMPATIBILITY)},
}


def without_radicals(text: str) -> str:
    """Return the text with each radical as the character that a reader takes it for."""
    return text.translate(_TABLE)
