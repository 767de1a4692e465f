"""Which files may be attached, told by their content: name, first bytes and inside must agree (C1, C3)."""

import io
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from app.content.mp4 import FilmError, picture_codings
from app.core.captions import CaptionsError, cues
from app.core.errors import RuleBroken

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MOST_PIXELS = 40_000_000
MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
WORST_RATIO = 100


@dataclass(frozen=True)
class FileType:
    """One sort of file: how it is called, served and known."""

    label: str
    media_type: str
    #: The first bytes; empty for text.
    magic: tuple[bytes, ...] = ()
    #: A member that the archive must hold.
    member: str = ""
    #: Shown by the browser itself instead of being saved.
    is_inline: bool = False
    #: How many bytes stand before the first ones that are known.
    offset: int = 0
    #: What the file may do where a browser opens it by itself.
    policy: str = "default-src 'none'; sandbox"


#: Viewers of older browsers show nothing of a PDF in a sandbox, and need a frame and a style of their own.
SHOWS_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PLAYS = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": FileType("PDF", "application/pdf", (b"%PDF-",), is_inline=True, policy=SHOWS_PDF),
    "doc": FileType("Word", "application/msword", (OLE,)),
    "docx": FileType("Word", OFFICE + "wordprocessingml.document", (ZIP,), "word/document.xml"),
    "xls": FileType("Excel", "application/vnd.ms-excel", (OLE,)),
    "xlsx": FileType("Excel", OFFICE + "spreadsheetml.sheet", (ZIP,), "xl/workbook.xml"),
    "ppt": FileType("PPT", "application/vnd.ms-powerpoint", (OLE,)),
    "pptx": FileType("PPT", OFFICE + "presentationml.presentation", (ZIP,), "ppt/presentation.xml"),
    "wps": FileType("WPS", "application/vnd.ms-works", (OLE,)),
    "et": FileType("WPS 表格", "application/vnd.ms-excel", (OLE,)),
    "ofd": FileType("OFD", "application/ofd", (ZIP,), "OFD.xml"),
    "zip": FileType("ZIP", "application/zip", (ZIP,)),
    "txt": FileType("文本", "text/plain; charset=utf-8"),
    "csv": FileType("CSV", "text/csv; charset=utf-8"),
    "jpg": FileType("图片", "image/jpeg", (b"\xff\xd8\xff",), is_inline=True),
    "png": FileType("图片", "image/png", (b"\x89PNG\r\n\x1a\n",), is_inline=True),
    "gif": FileType("图片", "image/gif", (b"GIF87a", b"GIF89a"), is_inline=True),
    "webp": FileType("图片", "image/webp", (b"RIFF",), is_inline=True),
    "mp4": FileType("视频", "video/mp4", (b"ftyp",), offset=4, is_inline=True, policy=PLAYS),
    "webm": FileType("视频", "video/webm", (b"\x1a\x45\xdf\xa3",), is_inline=True, policy=PLAYS),
    "vtt": FileType("字幕", "text/vtt; charset=utf-8"),
}
SAME = {"jpeg": "jpg"}
#: What looks like a video and is none that browsers play: pictures of telephones, films of QuickTime.
NO_VIDEO = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"qt  ", b"M4A ", b"crx ")
#: How pictures in MP4 may be coded: H.264, VP8, VP9, AV1. H.265 is what new telephones and cameras write.
SHOWN_FILMS = frozenset({b"avc1", b"avc2", b"avc3", b"avc4", b"vp08", b"vp09", b"av01"})
NEW_FILMS = frozenset({b"hvc1", b"hev1", b"hvc2", b"hev2", b"dvh1", b"dvhe"})
EXPORT = "请导出为 MP4（H.264 编码）后再上传。"
ALLOWED = "、".join(TYPES)


def checked(name: str, content: bytes) -> tuple[str, bytes]:
    """Return the file's extension and the bytes to keep; pictures are encoded anew, text becomes UTF-8.

    Raises RuleBroken with what the person can do where the file is not what its name says.
    """
    extension = name.rpartition(".")[2].lower()
    extension = SAME.get(extension, extension)
    kind = TYPES.get(extension)
    if kind is None:
        raise RuleBroken(f"“{name}”不是可以上传的类型。可以上传：{ALLOWED}。")
    if not content:
        raise RuleBroken(f"“{name}”是空文件，请检查后重新选择。")
    if not kind.magic:
        return extension, _as_words(name, extension, content)
    if not content.startswith(kind.magic, kind.offset):
        raise RuleBroken(f"“{name}”的内容与扩展名不符，请用原来的程序另存后再上传。")
    if kind.media_type.startswith("image/"):
        return extension, _encoded_anew(name, content)
    _look_inside(name, extension, kind, content)
    return extension, content


def _look_inside(name: str, extension: str, kind: FileType, content: bytes) -> None:
    if kind.media_type.startswith("video/"):
        _check_video(name, extension, content)
    if ZIP in kind.magic:
        _check_archive(name, content, kind.member)


def _as_text(name: str, content: bytes) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.encode()
    raise RuleBroken(f"“{name}”不是文本文件，请另存为 UTF-8 编码的文本后再上传。")


def _as_words(name: str, extension: str, content: bytes) -> bytes:
    """Return text in UTF-8, as it is served; captions must be such that browsers show them."""
    text = _as_text(name, content)
    if extension == "vtt":
        try:
            cues(text.decode())
        except CaptionsError as error:
            raise RuleBroken(f"“{name}”不是能用的字幕文件：{error}。请改正后再上传。") from error
    return text


def _check_video(name: str, extension: str, content: bytes) -> None:
    """Refuse what only shares its first bytes with videos for the web."""
    is_other = content[8:12] in NO_VIDEO if extension == "mp4" else b"webm" not in content[:64]
    if is_other:
        raise RuleBroken(f"“{name}”不是浏览器能播放的视频，{EXPORT}")
    if extension == "mp4":
        _check_codings(name, content)


def _check_codings(name: str, content: bytes) -> None:
    """Refuse pictures that only some browsers show: readers of the others would hear a black picture."""
    try:
        codings = picture_codings(content)
    except FilmError as error:
        raise RuleBroken(f"“{name}”不是完整的视频，可能没有录完或没有传完。请重新导出后再上传。") from error
    if codings & NEW_FILMS:
        raise RuleBroken(
            f"“{name}”的画面是 H.265（HEVC）编码，不少浏览器放不出来，{EXPORT}"
            "用手机拍摄的，可以先在相机设置里选“兼容性最佳”或关掉“高效视频”。"
        )
    if not codings or codings - SHOWN_FILMS:
        raise RuleBroken(f"“{name}”里没有浏览器能播放的画面，{EXPORT}")


def _encoded_anew(name: str, content: bytes) -> bytes:
    """Leave of a picture only its pixels: no second file behind it, no place where it was taken."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "GIF", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RuleBroken(f"“{name}”的尺寸过大（{picture.width}×{picture.height}），请缩小后再上传。")
            kept = io.BytesIO()
            if picture.format == "GIF":
                picture.save(kept, format="GIF", save_all=True)
            else:  # How the camera was held is said beside the pixels, and would be lost with the rest.
                ImageOps.exif_transpose(picture).save(kept, format=picture.format, quality=88)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleBroken(f"“{name}”不是完整的图片，请重新导出后再上传。") from error
    return kept.getvalue()


def _check_archive(name: str, content: bytes, member: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RuleBroken(f"“{name}”已损坏，无法打开，请重新导出后再上传。") from error
    names = {info.filename for info in members}
    if member and member not in names:
        raise RuleBroken(f"“{name}”的内容与扩展名不符，请用原来的程序另存后再上传。")
    if member and any(inner.lower().endswith("vbaproject.bin") for inner in names):
        raise RuleBroken(f"“{name}”含有宏，请另存为不带宏的格式后再上传。")
    unpacked = sum(info.file_size for info in members)
    if len(members) > MOST_MEMBERS or unpacked > min(WORST_RATIO * len(content), MOST_UNPACKED):
        raise RuleBroken(f"“{name}”展开后过大，请拆分后再上传。")
    if any(inner.startswith("/") or ".." in inner.split("/") for inner in names):
        raise RuleBroken(f"“{name}”含有不安全的路径，请重新打包后再上传。")
