"""Taking in: a document becomes a draft with its fields; the original and what was found are kept."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app

from app.accounts.models import Account
from app.content.attachments import LONGEST_TITLE, keep, safe_name
from app.content.desk_queries import column_by_id, columns_on_desk
from app.content.filetypes import checked
from app.content.models import Article, Attachment, Column
from app.content.services import Text, start_article
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.html import described
from app.extraction.passages import UnreadableError
from app.extraction.readers.plaintext import decoded
from app.intake.document import EXTENSIONS, Intake, taken_in
from app.intake.forms import longest_of
from app.intake.illustrations import placed
from app.intake.links import linked
from app.intake.models import Findings, IntakeRecord
from app.intake.queries import documents_cited, earlier_intake, suggested_column
from app.tenancy.current import current_tenant

#: Formats whose original is kept as plain text: a browser would run them.
AS_TEXT = frozenset({"html", "htm", "md"})
#: Fields of a document that are a text's own.
WORDS = ("document_number", "issuer", "signatory", "recipients", "copies", "printer", "note", "keywords")


@dataclass(frozen=True)
class Outcome:
    """What became of one document: a draft, the draft it already was, or a refusal."""

    name: str
    article_id: int | None = None
    title: str = ""
    is_known: bool = False
    #: Why it was refused, or what the clerk should look at.
    remarks: tuple[str, ...] = ()


def take_in(name: str, content: bytes, by: Account, *, column_id: int = 0) -> Outcome:
    """File one document as a draft; a refusal is an outcome too, so that others go on."""
    name = safe_name(name)
    try:
        with db.session.begin_nested():
            return _filed(name, content, by, column_id)
    except RuleBroken as refusal:
        return Outcome(name, remarks=(refusal.message,))


def revised(text: Text, changes: dict[str, Any], descriptions: dict[str, str], original: Attachment) -> Text:
    """Return a text with what the clerk has checked; the original is among its files only if wanted."""
    is_public = changes.pop("with_original")
    files = [one for one in text.files if one != original.id]
    if is_public:
        files.insert(0, original.id)
    return replace(text, **changes, body=described(text.body, descriptions), files=tuple(files))


def _filed(name: str, content: bytes, by: Account, column_id: int) -> Outcome:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    _refuse_size_and_sort(content, extension)
    known = earlier_intake(_hash_of_original(content, extension, name))
    if known is not None:
        return Outcome(name, known[0], known[1], is_known=True)
    taken = taken_in(content, extension)
    if not taken.body:
        raise RuleBroken(taken.note)
    if mark := taken.value("secrecy"):
        raise RuleBroken(
            f"文件上有密级标志“{mark}”。涉密文件不能上网，系统没有保存它。请立即报告本单位保密员。"
        )
    column = column_by_id(column_id) if column_id else _column_for(taken)
    kept, original = _original(name, content, extension)
    attachment = keep(_stem(name), kept, original, by)
    cited = documents_cited(taken.cites)
    body, pictures, unusable = placed(replace(taken, body=linked(taken.body, taken.cites, cited)), by)
    text, cut = _text(taken, name, body, pictures)
    article = start_article(column, text, by)
    warnings = (*taken.warnings, *unusable, *cut)
    _record(article, attachment, name, Findings(taken.fields or {}, cited, warnings))
    return Outcome(name, article.id, text.title, remarks=warnings)


def _refuse_size_and_sort(content: bytes, extension: str) -> None:
    limit = int(current_app.config["UPLOAD_LIMIT"])
    if extension not in EXTENSIONS:
        offered = "、".join(f".{one}" for one in EXTENSIONS)
        raise RuleBroken(f"这种文件不能导入。可以导入：{offered}。其他文件请在写信息时作为附件上传。")
    if not content:
        raise RuleBroken("文件是空的。请检查后重新选择。")
    if len(content) > limit:
        raise RuleBroken(f"文件超过 {limit // 1024 // 1024} MB。请压缩图片或拆分后再导入。")


def _original(name: str, content: bytes, extension: str) -> tuple[str, bytes]:
    """Return the original as it is kept; raises RuleBroken where it is not what its name says."""
    if extension not in AS_TEXT:
        return checked(name, content)
    try:
        return "txt", decoded(content).encode()
    except UnreadableError as error:
        raise RuleBroken(error.note) from error


def _hash_of_original(content: bytes, extension: str, name: str) -> str:
    return hashlib.sha256(_original(name, content, extension)[1]).hexdigest()


def _column_for(taken: Intake) -> Column:
    column = suggested_column(
        columns_on_desk(), taken.genre, is_numbered=bool(taken.value("document_number"))
    )
    if column is None:
        raise RuleBroken("本单位还没有可以放信息的栏目。请先联系子站管理员。")
    return column


def _text(taken: Intake, name: str, body: str, pictures: list[int]) -> tuple[Text, list[str]]:
    """Return the draft's text, each field within its length, and what had to be cut."""
    cut: list[str] = []
    words: dict[str, Any] = {field: _within(field, taken.value(field), cut) for field in WORDS}
    unit = current_tenant.unit or current_tenant.name
    return Text(
        title=_within("title", taken.value("title") or _stem(name), cut),
        body=body,
        genre=taken.genre,
        source=_within("source", taken.value("issuer") or unit, cut),
        formed_on=_day(taken.value("formed_on")),
        printed_on=_day(taken.value("printed_on")),
        attribute=taken.attribute,
        files=tuple(pictures),
        **words,
    ), cut


def _within(field: str, value: str, cut: list[str]) -> str:
    longest = longest_of(field)
    if len(value) > longest:
        cut.append(f"“{value[:12]}……”太长，只保留了前 {longest} 个字，请核对。")
    return value[:longest]


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _stem(name: str) -> str:
    return (name.rpartition(".")[0] or name)[:LONGEST_TITLE]


def _record(article: Article, attachment: Attachment, name: str, found: Findings) -> None:
    db.session.add(
        IntakeRecord(
            tenant_id=article.tenant_id,
            article_id=article.id,
            attachment_id=attachment.id,
            name=name[:120],
            findings=found.written(),
        )
    )
    db.session.flush()
