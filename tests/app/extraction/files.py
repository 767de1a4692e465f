"""Files that harm or mislead, made as attackers and careless offices make them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pypdf
from reportlab.pdfgen.canvas import Canvas

TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_docx(*paragraphs: str) -> bytes:
    document: Any = docx.Document()
    for text in paragraphs or ("因管道检修，定于周三停水。",):
        document.add_paragraph(text)
    return _saved(document)


def an_xlsx() -> bytes:
    workbook: Any = openpyxl.Workbook()
    workbook.active.title = "名单"
    workbook.active.append(["姓名", "电话"])
    workbook.active.append(["甲", 13812341234])
    hidden = workbook.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden.append(["藏着的字"])
    workbook.active["B2"].comment = openpyxl.comments.Comment("批注里的字", "乙")
    return _saved(workbook)


def a_pdf(*pages: str, password: str = "") -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    if not password:
        return written.getvalue()
    writer = pypdf.PdfWriter(clone_from=written)
    writer.encrypt(password, algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def a_presentation() -> bytes:
    """Return two slides, the first with notes, as an OpenDocument presentation (.odp)."""
    kind = "application/vnd.oasis.opendocument.presentation"
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes>{box.format('先讲饮水安全')}</presentation:notes>"
    slides = (f"{box.format('水利工作汇报')}{notes}", box.format("谢谢大家"))
    pages = "".join(f"<draw:page>{slide}</draw:page>" for slide in slides)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", kind)
        entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {_spaces("manifest")} manifest:version="1.3">'
            f"{entry.format('/', kind)}{entry.format('content.xml', 'text/xml')}</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {_spaces('office', 'drawing', 'text', 'presentation')}"
            ' office:version="1.3"><office:body><office:presentation>'
            f"{pages}</office:presentation></office:body></office:document-content>",
        )
    return written.getvalue()


def _spaces(*names: str) -> str:
    """Return the declarations of spaces of names of OpenDocument; that of drawings is called ``draw``."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return " ".join(f'xmlns:{name.removesuffix("ing")}="{space}:{name}:1.0"' for name in names)


def an_ofd(*pages: str) -> bytes:
    """Return a document of fixed layout with a line of text on each page (GB/T 33190)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entry = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("OFD.xml", f'<ofd:OFD {space} DocType="OFD" Version="1.1">{entry}</ofd:OFD>')
        archive.writestr(
            "Doc_0/Document.xml", f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for number, text in enumerate(pages):
            line = f"<ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>"
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f"<ofd:Page {space}><ofd:Content><ofd:Layer>{line}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return written.getvalue()


def _saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """Return an office file with members replaced or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in {*source.namelist(), *changes}:
            copy.writestr(name, changes[name] if name in changes else source.read(name))
    return written.getvalue()


def entity_bomb() -> bytes:
    """Return a document whose text would be a thousand million laughs."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + depth)} "{f"&{chr(97 + depth)};" * 10}">' for depth in range(9)
    )
    body = "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body>"
    text = f"<!DOCTYPE x [{entities}]><w:document {W}>{body}</w:document>"
    return repacked(a_docx(), {"word/document.xml": text.encode()})


def external_entity(encoding: str = "utf-8") -> bytes:
    """Return a document that asks for a file of the server, also in encodings that a search overlooks."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(a_docx(), {"word/document.xml": text.encode(encoding)})


def deep_xml() -> bytes:
    return repacked(a_docx(), {"word/document.xml": b"<a>" * 200_000})


def million_rows() -> bytes:
    """Return a workbook that says it has a million rows of sixteen thousand cells, and has one."""
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    sheet = (
        f'<worksheet {namespace}><dimension ref="A1:XFD1048576"/><sheetData>'
        f'<row r="1048576">{cell}</row></sheetData></worksheet>'
    )
    return repacked(an_xlsx(), {"xl/worksheets/sheet1.xml": sheet.encode()})


def lying_size() -> bytes:
    """Return an archive whose table of contents says that the text is short."""
    packed = bytearray(repacked(a_docx(), {"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
    at = packed.find(b"PK\x01\x02")
    while at >= 0:
        name_length = int.from_bytes(packed[at + 28 : at + 30], "little")
        if packed[at + 46 : at + 46 + name_length] == b"word/document.xml":
            packed[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = packed.find(b"PK\x01\x02", at + 4)
    return bytes(packed)


#: What is sent, under which extension, and a word of the answer.
HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "docx", "空"),
    "bomb": (lambda: repacked(a_docx(), {"word/media/x.bin": b"0" * 50_000_000}), "docx", "压缩比例"),
    "huge bomb": (lambda: repacked(a_docx(), {"x.bin": b"0" * 130_000_000}), "docx", "过大"),
    "lying size": (lying_size, "docx", "文件"),
    "many members": (lambda: repacked(a_docx(), {f"x{n}": b"" for n in range(2_100)}), "docx", "过大"),
    "entity bomb": (entity_bomb, "docx", "实体"),
    "external entity": (external_entity, "docx", "实体"),
    "external entity in UTF-16": (lambda: external_entity("utf-16"), "docx", "实体"),
    "external entity in EBCDIC": (lambda: external_entity("cp037"), "docx", "文件"),
    "deep": (deep_xml, "docx", "损坏"),
    "path": (lambda: repacked(a_docx(), {"../../etc/x": b"x"}), "docx", "路径"),
    "nested": (lambda: repacked(a_docx(), {"word/inner.zip": b"PK\x05\x06" + bytes(18)}), "docx", "压缩包"),
    "macro": (lambda: repacked(a_docx(), {"word/vbaProject.bin": b"x"}), "docx", "宏"),
    "old macro": (lambda: OLE + "_VBA_PROJECT".encode("utf-16-le"), "doc", "宏"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "docx", "密码"),
    "encrypted PDF": (lambda: a_pdf("hello", password="x" * 8), "pdf", "密码"),
    "truncated": (lambda: a_docx()[:5_000], "docx", "损坏"),
    "truncated PDF": (lambda: a_pdf("hello")[:400], "pdf", "损坏"),
    "PDF of pictures": (lambda: a_pdf(*[""] * 10), "pdf", "扫描件"),
    "misnamed": (lambda: a_pdf("hello"), "docx", "扩展名"),
    "misnamed PDF": (a_docx, "pdf", "扩展名"),
    "misnamed table": (an_xlsx, "docx", "扩展名"),
    "misnamed old": (a_docx, "doc", "扩展名"),
    "binary text": (lambda: bytes(range(256)) * 10, "txt", "文本"),
    "unknown": (lambda: b"MZ", "exe", "读不了"),
}
