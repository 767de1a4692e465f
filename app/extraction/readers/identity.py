"""Whether a file is what its name says, told by its first bytes and by marks that need no parsing (C3)."""

from app.extraction.passages import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAGIC = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd", "zip"), ZIP),
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et"), OLE),
}
#: Names of streams in the old container, written there in UTF-16.
LOCKED = "EncryptedPackage".encode("utf-16-le")
MACROS = "_VBA_PROJECT".encode("utf-16-le")
MISNAMED = "文件的内容与扩展名不符。请用原来的程序另存后再试。"


def refuse_disguised(content: bytes, extension: str) -> None:
    """Raise UnreadableError for a file that is empty, locked, holds macros, or is something else."""
    if not content:
        raise UnreadableError("文件是空的。请检查后重新选择。")
    magic = MAGIC.get(extension)
    if content.startswith(OLE):
        if LOCKED in content:
            raise UnreadableError("文件设有密码，无法读取。请取消密码后再试。")
        if MACROS in content:
            raise UnreadableError("文件含有宏，没有读取。请另存为不带宏的格式后再试。")
    if magic and not content.startswith(magic):
        raise UnreadableError(MISNAMED)
