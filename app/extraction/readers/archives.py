"""Office files are ZIP archives of XML: what is refused before any of it is unpacked or parsed (C3)."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from app.extraction.passages import UnreadableError

MOST_MEMBERS = 2_000
MOST_UNPACKED = 120 * 1024 * 1024
#: One part of a document; a text of a million characters is a tenth of this.
LARGEST_PART = 40 * 1024 * 1024
WORST_RATIO = 100
#: Tiny files compress better than any bomb needs to.
SMALL = 1024 * 1024
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".docx", ".xlsx", ".pptx", ".ofd", ".jar")
ENCRYPTED = 0x1
DAMAGED = "文件已损坏，无法打开。请用原来的程序重新保存后再试。"
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """The members of an office file whose sizes were found bearable."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}
        self.names = tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; what it says of its own size is not believed."""
        info = self._infos.get(name)
        if info is None:
            return b""
        with self._archive.open(info) as member:
            content = member.read(LARGEST_PART + 1)
        if len(content) > LARGEST_PART:
            raise UnreadableError("文件展开后过大，没有读取。请拆分后再试。")
        return content

    def tree(self, name: str) -> etree._Element | None:
        """Return a part parsed without entities and without the network; None where there is none."""
        content = self.read(name)
        return parsed(content) if content else None

    def numbered(self, pattern: str) -> list[str]:
        """Return the names that match, in the order of the number in them."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])


@contextmanager
def opened(content: bytes) -> Iterator[Archive]:
    """Open an archive after looking at its table of contents alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive.infolist(), len(content))
            found = Archive(archive)
            _refuse_declarations(found)
            yield found
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableError(DAMAGED) from error


def parsed(content: bytes) -> etree._Element:
    """Parse XML; a part that is not well-formed makes the file a damaged one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(DAMAGED) from error


def _refuse_bombs(infos: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    if any(info.flag_bits & ENCRYPTED for info in infos):
        raise UnreadableError("文件设有密码，无法读取。请取消密码后再试。")
    if len(infos) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise UnreadableError("文件展开后过大，没有读取。请拆分后再试。")
    if unpacked > max(WORST_RATIO * packed, SMALL):
        raise UnreadableError("文件的压缩比例异常，没有读取。请用原来的程序重新保存后再试。")
    names = [info.filename.lower() for info in infos]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UnreadableError("文件里有不安全的路径，没有读取。请用原来的程序重新保存后再试。")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError("文件含有宏，没有读取。请另存为不带宏的格式后再试。")
    if any(name.endswith(ARCHIVES) and "/embeddings/" not in f"/{name}" for name in names):
        raise UnreadableError("文件里还套着压缩包，没有读取。请解压后分别上传。")


def _refuse_declarations(archive: Archive) -> None:
    """Refuse a part that declares a document type: office programs write none, entity bombs need one."""
    for name in archive.names:
        if name.endswith((".xml", ".rels")) and DECLARATION.search(archive.read(name).replace(b"\x00", b"")):
            raise UnreadableError("文件里有外部实体声明，没有读取。请用原来的程序重新保存后再试。")
