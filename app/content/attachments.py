"""Files of articles: taken in, kept under a random name, answered with headers that make them inert (C1)."""

import hashlib
import re
import secrets
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Response, abort, current_app, request
from obstore.exceptions import AlreadyExistsError
from werkzeug.datastructures import FileStorage
from werkzeug.wsgi import FileWrapper

from app.accounts.models import Account
from app.audit.services import record
from app.content.filetypes import TYPES, checked
from app.content.models import Attachment
from app.content.pictures import Measured, measured
from app.content.storage import Reading, storage
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.html import FILES
from app.pagecache.moments import written
from app.tenancy.current import current_tenant

LONGEST_TITLE = 100
#: Whom the setting FILES_THROUGH may name, and under which address nginx finds the folder of files.
NGINX, KEPT_FILES = "nginx", "/.kept-files/"
#: Bytes read from the storage at a time.
AT_ONCE = 512 * 1024
#: Control and formatting characters, among them those that reverse the reading of a name, and path signs.
UNWANTED = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\<>:\"|?*]")


def store(upload: FileStorage, by: Account) -> Attachment:
    """Check and keep an uploaded file for the current tenant.

    Raises RuleBroken where it is too large, of a type that is not allowed, or not what its name says.
    """
    limit = int(current_app.config["UPLOAD_LIMIT"])
    name = safe_name(upload.filename or "")
    content = upload.stream.read(limit + 1)
    if len(content) > limit:
        raise RuleBroken(f"“{name}”超过 {limit // 1024 // 1024} MB，请压缩或拆分后再上传。")
    extension, kept = checked(name, content)
    return keep(_title(name, extension), extension, kept, by)


def safe_name(given: str) -> str:
    """Return a file's name as it may be shown and kept: no path, no control characters."""
    return UNWANTED.sub("", given.rpartition("/")[2]).strip(" .") or "未命名"


def keep(title: str, extension: str, content: bytes, by: Account) -> Attachment:
    """Store checked bytes and describe them in a row."""
    picture = measured(extension, content)
    attachment = Attachment(
        tenant_id=current_tenant.id,
        token=secrets.token_hex(16),
        title=title,
        media_type=TYPES[extension].media_type,
        extension=extension,
        size=len(content),
        width=picture.width,
        height=picture.height,
        sizes=" ".join(picture.sizes),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by_id=by.id,
    )
    keep_sizes(attachment, picture)  # First: bytes without a row harm nobody, the reverse does.
    storage().put(_key(attachment), content)
    db.session.add(attachment)
    db.session.flush()
    record("attachment.store", f"attachment:{attachment.id}", tenant_id=attachment.tenant_id, after=title)
    return attachment


def keep_sizes(attachment: Attachment, picture: Measured) -> None:
    """Store a picture's smaller sizes; doing it again after an interruption does no harm."""
    for name, content in picture.sizes.items():
        with suppress(AlreadyExistsError):
            storage().put(_key(attachment, name), content)


def answer(attachment: Attachment, size: str = "") -> Response:
    """Return the file, or a smaller size of a picture, so that no browser runs it in the site's name.

    A part of it (206) or nothing (304) where that is what the browser asks for.
    Answers 404 for a size that was not made, and where the storage has lost the file.
    """
    if size and size not in attachment.sizes.split():
        abort(404)
    kind = TYPES[size.rpartition(".")[2] or attachment.extension]
    tag = f"{attachment.sha256}-{size}" if size else attachment.sha256
    found = _found(_key(attachment, size))
    response = Response(
        FileWrapper(found, AT_ONCE),  # type: ignore[arg-type]  # It reads, seeks and tells; no more is used.
        content_type=kind.media_type,
        direct_passthrough=True,
    )
    response.content_length = found.size
    disposition = "inline" if kind.is_inline else "attachment"
    name = quote(f"{attachment.title}.{attachment.extension}")
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{name}"
    response.headers["Content-Security-Policy"] = kind.policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(tag)
    # What lies under a random name never changes.
    response.headers["Last-Modified"] = written(int(attachment.created_at.timestamp()))
    if _is_sent_by_nginx():
        return _handed_on(response, _key(attachment, size))
    # Parts are of bytes; what is asked for in another unit is answered whole, as HTTP wants it.
    in_bytes = request.headers.get("Range", "bytes=").startswith("bytes=")
    response.make_conditional(request, accept_ranges=in_bytes, complete_length=found.size)
    return response


def _is_sent_by_nginx() -> bool:
    """Say whether nginx before us sends the bytes; not where it would compare tags otherwise than we do."""
    compares = "If-Match" in request.headers or "If-Unmodified-Since" in request.headers
    config = current_app.config
    return config["FILES_THROUGH"] == NGINX and not config["STORAGE_URL"] and not compares


def _handed_on(response: Response, key: str) -> Response:
    """Name the file to nginx, which sends it with our headers, or the part that is asked for."""
    response.make_conditional(request)
    if response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        response.set_data(b"")
        response.headers["X-Accel-Redirect"] = f"{KEPT_FILES}{key}"
    return response


def place_of(attachment: Attachment, size: str = "") -> Path | None:
    """Return where a file or a smaller size of it lies on this machine; nothing where it lies elsewhere."""
    return storage().path_of(_key(attachment, size))


def asked_for(name: str) -> tuple[str, str]:
    """Return the token and the size that an address names: ``….jpg``, or ``…-480.webp``."""
    stem, _, ending = name.partition(".")
    token, _, width = stem.partition("-")
    return token, f"{width}.{ending}" if width else ""


def content_of(attachment: Attachment) -> bytes:
    """Return the file's bytes; raises FileNotFoundError where the storage has lost them."""
    return storage().get(_key(attachment))


def file_path(attachment: Attachment) -> str:
    """Return the file's address on its tenant's host."""
    return f"/files/{attachment.token}.{attachment.extension}"


def desk_files(slug: str = "") -> str:
    """Return where the console shows the files of a unit, of the current one by default, published or not."""
    return f"/{slug or current_tenant.slug}/articles{FILES}"


def label_of(attachment: Attachment) -> str:
    """Return what readers call this sort of file."""
    return TYPES[attachment.extension].label


def _title(name: str, extension: str) -> str:
    stem = name.rpartition(".")[0] or name
    return stem[:LONGEST_TITLE] or extension


def _found(key: str) -> Reading:
    try:
        return storage().opened(key)
    except FileNotFoundError:
        abort(404)


def _key(attachment: Attachment, size: str = "") -> str:
    return f"{attachment.tenant_id}/{attachment.token}" + (f"-{size}" if size else "")
