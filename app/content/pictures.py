"""Smaller sizes of a picture: made once, when it is taken in, and kept beside it under its name.

No address makes a size, so that no visitor can have one made; a size that was not made is not found.
Moving pictures (GIF) are left alone, and so is whatever cannot be made smaller in bytes.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from app.content.filetypes import MOST_PIXELS
from app.content.models import Attachment
from app.core.pictures import Picture

#: For phones, for the width of a text, for sharp screens.
WIDTHS = (480, 960, 1600)
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
#: How Pillow names ways to hold pixels that every format here can be made of.
_USUAL = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"})
_OPTIONS: dict[str, dict[str, Any]] = {
    "jpg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
    "webp": {"quality": 80, "method": 4},
}


@dataclass(frozen=True)
class Measured:
    """What is known of a picture: its measures, and its sizes' bytes by their name, such as ``480.webp``."""

    width: int | None = None
    height: int | None = None
    sizes: dict[str, bytes] = field(default_factory=dict)


def measured(extension: str, content: bytes) -> Measured:
    """Measure a picture and make its sizes; a file that is no picture, or is broken, has neither."""
    if extension not in FORMATS:
        return Measured()
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[extension]]) as picture:
            width, height = picture.size
            if extension == "gif" or width * height > MOST_PIXELS or picture.mode not in _USUAL:
                return Measured(width, height)
            return Measured(width, height, _sizes(extension, picture, len(content)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return Measured()


def _sizes(extension: str, picture: Image.Image, most: int) -> dict[str, bytes]:
    """Make the sizes that take fewer bytes than the picture itself."""
    width, height = picture.size
    smaller = [one for one in WIDTHS if one < width]
    if not smaller:
        return {}
    widest = min(width, WIDTHS[-1])
    picture.draft("RGB", (widest, -(-widest * height // width)))  # JPEG is then decoded at a fraction.
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    whole = picture.convert("RGBA" if has_alpha else "RGB")
    made: dict[str, bytes] = {}
    for one in sorted({*smaller, widest}):
        small = whole.resize((one, max(1, round(height * one / width))), Image.Resampling.LANCZOS)
        endings = {"webp", extension} if one < width else {"webp"} - {extension}
        for ending in sorted(endings):
            written = io.BytesIO()
            small.save(written, FORMATS[ending], **_OPTIONS[ending])
            if written.tell() < most:
                made[f"{one}.{ending}"] = written.getvalue()
    return made


def picture_of(file: Attachment, files: str, says: str = "") -> Picture:
    """Return how a picture is shown whose addresses begin with ``files``."""
    own: list[str] = []
    webp: list[str] = []
    for name in file.sizes.split():
        width, _, ending = name.partition(".")
        into = webp if ending == "webp" else own
        into.append(f"{files}{file.token}-{name} {width}w")
    url = f"{files}{file.token}.{file.extension}"
    if file.extension == "webp":
        own, webp = webp, []
    if own and file.width is not None and file.width <= WIDTHS[-1]:
        own.append(f"{url} {file.width}w")
    return Picture(url, file.width, file.height, ", ".join(own), ", ".join(webp), says)


def pictures_of(files_of_text: Iterable[Attachment], files: str) -> dict[str, Picture]:
    """Return a text's pictures by their token."""
    return {one.token: picture_of(one, files) for one in files_of_text if one.extension in FORMATS}
