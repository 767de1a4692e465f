"""Logo and banner: taken in, cut, made in the sizes that pages ask for, kept under the digest of their bytes.

A name is made of the content, so a file is written once, never changes, and may be kept by browsers for ever.
"""

import hashlib
import io
import re
from typing import Any

from flask import Response, abort, current_app
from obstore.exceptions import AlreadyExistsError
from PIL import Image, ImageOps, UnidentifiedImageError, features
from werkzeug.datastructures import FileStorage

from app.content.filetypes import MOST_PIXELS
from app.content.storage import storage
from app.core.errors import RuleBroken
from app.look.design import Picture
from app.look.vector import cleaned
from app.tenancy.current import current_tenant

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
NAME = re.compile(r"([0-9a-f]{32}-\d{2,4})\.(svg|png|webp|avif)\Z", re.ASCII)
LOGO_HEIGHT, LOGO_WIDTH = 160, 640
#: Four to one, as wide as the page; the narrowest is for phones.
BANNER_WIDTHS = (1600, 960, 480)
RATIO = 4
LEAST_WIDTH = 960
WEBP_QUALITY, AVIF_QUALITY = 80, 60
#: What part of the picture stays when it is cut: shares of what is cut away, from the left and from above.
FOCUSES = {
    "center": ("中间", 0.5, 0.5),
    "top": ("上部", 0.5, 0.0),
    "bottom": ("下部", 0.5, 1.0),
    "left": ("左侧", 0.0, 0.5),
    "right": ("右侧", 1.0, 0.5),
}
_READ = ["JPEG", "PNG", "WEBP"]


def take_logo(upload: FileStorage, says: str) -> Picture:
    """Keep a logo, drawn or painted."""
    content = _bytes(upload)
    if (upload.filename or "").lower().endswith(".svg") or b"<svg" in content[:1024].lower():
        drawing, width, height = cleaned(content)
        token = _kept([(width, "svg", drawing)])
        return Picture(token, ("svg",), (_width(width),), width, height, says)
    with _opened(content) as picture:
        picture.thumbnail((LOGO_WIDTH, LOGO_HEIGHT), Image.Resampling.LANCZOS)
        size = picture.size
        token = _kept([(size[0], "png", _encoded(picture, "png"))])
    return Picture(token, ("png",), (_width(size[0]),), *size, says)


def take_banner(upload: FileStorage, focus: str, says: str) -> Picture:
    """Cut a banner around what the person wants to keep of it, and make it in every size."""
    content = _bytes(upload)
    _, across, down = FOCUSES.get(focus, FOCUSES["center"])
    with _opened(content) as whole:
        if whole.width < LEAST_WIDTH or whole.height < LEAST_WIDTH // RATIO:
            raise RuleBroken(
                f"横幅图片太小（{whole.width}×{whole.height}），请选择宽度不小于 {LEAST_WIDTH} 像素、"
                f"高度不小于 {LEAST_WIDTH // RATIO} 像素的图片。"
            )
        widest = min(whole.width, whole.height * RATIO, BANNER_WIDTHS[0])
        widths = tuple(sorted({widest, *(one for one in BANNER_WIDTHS if one < widest)}, reverse=True))
        cut = ImageOps.fit(
            whole.convert("RGB"),
            (widest, widest // RATIO),
            Image.Resampling.LANCZOS,
            centering=(across, down),
        )
        endings = ("avif", "webp") if features.check("avif") else ("webp",)
        files = []
        for width in widths:
            small = cut if width == widest else cut.resize((width, width // RATIO), Image.Resampling.LANCZOS)
            files += [(width, ending, _encoded(small, ending)) for ending in endings]
    return Picture(_kept(files), endings, widths, widest, widest // RATIO, says)


def names_of(picture: Picture, ending: str) -> dict[int, str]:
    """Return the names of a picture's files of one sort by their width."""
    return {width: f"{picture.token}-{width}.{ending}" for width in picture.widths}


def answer(name: str) -> Response:
    """Answer a picture of the current tenant so that no browser runs it in the site's name; or 404."""
    if not (found := NAME.match(name)):
        abort(404)
    try:
        content = storage().get(_key(name))
    except FileNotFoundError:
        abort(404)
    response = Response(content, content_type=MEDIA_TYPES[found.group(2)])
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _bytes(upload: FileStorage) -> bytes:
    limit = int(current_app.config["UPLOAD_LIMIT"])
    content = upload.stream.read(limit + 1)
    if len(content) > limit:
        raise RuleBroken(f"图片超过 {limit // 1024 // 1024} MB，请压缩后再上传。")
    if not content:
        raise RuleBroken("选择的图片是空文件，请检查后重新选择。")
    return content


def _opened(content: bytes) -> Image.Image:
    """Return the picture as it stands upright, read whole; nothing of it is kept but its pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=_READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RuleBroken(f"图片的尺寸过大（{picture.width}×{picture.height}），请缩小后再上传。")
            upright = ImageOps.exif_transpose(picture)
            return upright.convert(
                "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
            )
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleBroken("这不是完整的图片。标志用 PNG 或 SVG，横幅用 JPG、PNG 或 WebP。") from error


def _encoded(picture: Image.Image, ending: str) -> bytes:
    made = io.BytesIO()
    options: dict[str, dict[str, Any]] = {
        "png": {"optimize": True},
        "webp": {"quality": WEBP_QUALITY, "method": 4},
        "avif": {"quality": AVIF_QUALITY, "speed": 8},
    }
    picture.save(made, format=ending.upper(), **options[ending])
    return made.getvalue()


def _kept(files: list[tuple[int, str, bytes]]) -> str:
    summed = hashlib.sha256()
    for _, _, content in files:
        summed.update(content)
    token = summed.hexdigest()[:32]
    for width, ending, content in files:
        try:
            storage().put(_key(f"{token}-{_width(width)}.{ending}"), content)
        except AlreadyExistsError:
            continue  # The same picture was taken in before.
    return token


def _width(width: int) -> int:
    """Return a width as names have it: two to four digits."""
    return min(max(width, 10), 9999)


def _key(name: str) -> str:
    return f"{current_tenant.id}/look/{name}"
