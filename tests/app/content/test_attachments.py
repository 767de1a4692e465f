"""Files: told by their content, stored under no name of the user, answered inert (C1, C3, A8)."""

import io
import re
import zipfile

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.content.attachments import file_path, store
from app.content.filetypes import checked
from app.content.models import Attachment
from app.content.states import ArticleState
from app.content.storage import storage
from app.core.database import db
from app.core.errors import RuleBroken
from tests.worlds import BUREAU, TOWN, County


def _png(width: int = 4, height: int = 3) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(kept, "PNG")
    return kept.getvalue()


def _docx(*extra: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("word/document.xml", b"<w:document/>"), *extra):
            archive.writestr(name, content)
    return kept.getvalue()


GOOD = {
    "通知.pdf": b"%PDF-1.7\n",
    "通知.docx": _docx(),
    "照片.png": _png(),
    "说明.txt": "说明".encode("gb18030"),
    "表.csv": "姓名,乡镇\n".encode("utf-8-sig"),
    "附件.zip": _docx(),
}
BAD = {
    "empty.pdf": (b"", "空文件"),
    "program.exe": (b"MZ\x90", "不是可以上传的类型"),
    "page.html": (b"<script>", "不是可以上传的类型"),
    "picture.svg": (b"<svg/>", "不是可以上传的类型"),
    "macro.docm": (_docx(), "不是可以上传的类型"),
    "html.pdf": (b"<html><script>alert(1)</script>", "内容与扩展名不符"),
    "script.jpg": (b"GIF89a/*<script>*/", "内容与扩展名不符"),
    "polyglot.gif": (b"GIF89a/*<script>alert(1)</script>", "不是完整的图片"),
    "sheet.xlsx": (_docx(), "内容与扩展名不符"),
    "macro.docx": (_docx(("word/vbaProject.bin", b"x")), "含有宏"),
    "climbing.zip": (_docx(("../../etc/passwd", b"x")), "不安全的路径"),
    "bomb.zip": (_docx(("zeros", b"\0" * 30_000_000)), "展开后过大"),
    "broken.docx": (_docx()[:40], "已损坏"),
    "binary.txt": (b"\x00\x01\x02", "不是文本文件"),
    "noextension": (b"abc", "不是可以上传的类型"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken(name: str) -> None:
    extension, kept = checked(name, GOOD[name])

    assert name.endswith(extension)
    assert kept


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_reason(name: str) -> None:
    content, reason = BAD[name]

    with pytest.raises(RuleBroken, match=reason):
        checked(name, content)


def test_a_picture_too_large_to_draw_is_refused_before_it_is_drawn() -> None:
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")

    with pytest.raises(RuleBroken, match="尺寸过大"):
        checked("大图.png", kept.getvalue())


def test_what_hangs_behind_a_picture_is_left_behind() -> None:
    _, kept = checked("图.png", _png() + b"<script>alert(1)</script>")

    assert b"<script>" not in kept


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("../../etc/passwd.txt", "passwd"),
        ("C:\\fakepath\\通知.txt", "C fakepath 通知".replace(" ", "")),
        ("表\u202etxt.exe.txt", "表txt.exe"),
        ("名\x00单.txt", "名单"),
        ("长" * 300 + ".txt", "长" * 100),
        (".txt", "txt"),
    ],
)
def test_the_users_name_is_only_a_title(county: County, given: str, title: str) -> None:
    with county.inside(BUREAU):
        editor = db.session.scalars(select(Account).where(Account.login == "slj.editor")).one()
        kept = store(FileStorage(io.BytesIO("字".encode()), given), editor)

        assert kept.title == title
        assert len(kept.token) == 32
        assert storage().get(f"{kept.tenant_id}/{kept.token}") == "字".encode()


def test_a_file_over_the_limit_is_refused(county: County) -> None:
    with county.inside(BUREAU):
        editor = db.session.scalars(select(Account).where(Account.login == "slj.editor")).one()
        large = FileStorage(io.BytesIO(b"%PDF-" + b"0" * 21 * 1024 * 1024), "大.pdf")

        with pytest.raises(RuleBroken, match="超过 20 MB"):
            store(large, editor)


def _published(county: County, state: ArticleState = ArticleState.PUBLISHED) -> str:
    with county.inside(BUREAU):
        editor = db.session.scalars(select(Account).where(Account.login == "slj.editor")).one()
        file = store(FileStorage(io.BytesIO(b"%PDF-1.7\n"), "名单.pdf"), editor)
        path, file_id = file_path(file), file.id
    county.an_article(files=(file_id,), state=state)
    return path


def _get(county: County, slug: str, path: str, **headers: str) -> TestResponse:
    return county.visitor(slug).get(path, headers=headers)


def test_a_published_file_is_answered_inert_and_only_on_its_tenants_host(county: County) -> None:
    path = _published(county)

    answer = _get(county, BUREAU, path)

    assert (answer.status_code, answer.data) == (200, b"%PDF-1.7\n")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not {"script", "unsafe-eval"} & set(re.findall(r"[a-z-]+(?=-src)|unsafe-eval", policy))
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''%E5%90%8D%E5%8D%95.pdf"
    assert _get(county, TOWN, path).status_code == 404


@pytest.mark.parametrize("state", [ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.WITHDRAWN])
def test_a_file_of_what_readers_do_not_see_is_not_found_whatever_they_know(
    county: County, state: ArticleState
) -> None:
    """A8: permission first, the conditional answer second."""
    path = _published(county, state)
    with county.inside(BUREAU):
        tag = db.session.scalars(select(Attachment.sha256)).one()

    plain, knowing = _get(county, BUREAU, path), _get(county, BUREAU, path, **{"If-None-Match": f'"{tag}"'})

    assert plain.status_code == knowing.status_code == 404
    assert plain.data == knowing.data


def test_who_has_the_file_already_is_told_so(county: County) -> None:
    path = _published(county)
    tag = _get(county, BUREAU, path).headers["ETag"]

    answer = _get(county, BUREAU, path, **{"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")
