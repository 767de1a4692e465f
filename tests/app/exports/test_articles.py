"""An article as a file: what readers see of it, whole, and nothing where they see nothing (GK-09)."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from freezegun import freeze_time
from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.exports.blocks import CUT, Grid, Line, blocks_of
from app.publishing import endings
from tests.app.exports.papers import RICH, a_file, a_picture, words_of
from tests.engines.libreoffice import rewritten
from tests.worlds import BUREAU, PORTAL, TOWN, County

KINDS = ("pdf", "docx", "zip")


def stem_of(county: County, article: int) -> str:
    return county.path_of(BUREAU, article).removesuffix(".html")


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_gk_09_an_article_is_fetched_with_its_data(county: County, kind: str) -> None:
    token = a_file(county, "示意图", "png", a_picture())
    article = county.an_article(
        state=ArticleState.PUBLISHED,
        body=f'{RICH}<p><img src="/files/{token[1]}.png" alt="示意图"></p>',
        document_number="永水〔2026〕1号",
        formed_on=date(2026, 1, 5),
        files=(token[0],),
    )
    path = county.path_of(BUREAU, article)

    answer = county.visitor(BUREAU).get(f"{stem_of(county, article)}.{kind}")

    assert answer.status_code == 200
    assert f"{stem_of(county, article)}.{kind}" in county.visitor(BUREAU).get(path).text
    words = words_of(answer.data, kind).replace("\n", "")
    for expected in (
        *("关于城区停水的通知", "永嘉县水利局", "永水〔2026〕1号", "2026-01-05", "有效", "县前路", "环城路"),
        *("一、范围", "管道检修", "3. ", "周四", f"http://slj.yj.localhost{path}"),
    ):
        assert expected in words, expected


def test_merged_cells_and_pictures_stay_in_the_word_file(county: County) -> None:
    file, token = a_file(county, "图", "png", a_picture())
    body = f'{RICH}<p><img src="/files/{token}.png" alt="图"></p>'
    article = county.an_article(state=ArticleState.PUBLISHED, body=body, files=(file,))

    document = Document(io.BytesIO(county.visitor(BUREAU).get(f"{stem_of(county, article)}.docx").data))

    grid = document.tables[1]
    assert grid.cell(0, 0).text == grid.cell(0, 1).text == "断水范围"
    assert grid.cell(1, 0)._tc is grid.cell(2, 0)._tc  # noqa: SLF001 - one element is what merged means
    assert grid.cell(2, 1).text == "环城路"
    assert len(document.inline_shapes) == 1
    (heading,) = [one for one in document.paragraphs if one.text == "一、范围"]
    assert heading.style is not None
    assert heading.style.name == "Heading 1"


def test_the_word_file_opens_in_a_word_processor(county: County, folder: Path) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED, body=RICH)
    content = county.visitor(BUREAU).get(f"{stem_of(county, article)}.docx").data

    words = rewritten(content, "docx", "txt:Text (encoded):UTF8", folder).decode("utf-8-sig")

    assert "管道检修" in words
    assert "环城路" in words


def test_the_archive_holds_text_files_and_a_list(county: County) -> None:
    """Names are safe whatever the file was called."""
    first, second = (
        a_file(county, title, "txt", b"one line\n") for title in ("../../etc/附件\u202e一", "附件" * 50)
    )
    article = county.an_article(state=ArticleState.PUBLISHED, files=(first[0], second[0]))

    answer = county.visitor(BUREAU).get(f"{stem_of(county, article)}.zip")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        listed = archive.read("清单.txt").decode("utf-8-sig")
        assert archive.read(names[2]) == b"one line\n"
        assert "定于周三停水" in words_of(archive.read("正文.docx"), "docx")
    assert names[:2] == ["正文.docx", "正文.txt"]
    assert all(".." not in name and name.count("/") <= 1 and len(name) < 90 for name in names)
    assert "SHA-256" in listed
    assert f"{stem_of(county, article)}.html" in listed


def test_what_readers_do_not_see_is_no_file(county: County) -> None:
    """A7: drafts and later ones 404, withdrawn ones 410, on the unit's host and under the portal's prefix."""
    for state in ArticleState:
        article = county.an_article(state=state)
        if state in (ArticleState.PUBLISHED, ArticleState.WITHDRAWN):
            stem = stem_of(county, article)
        else:
            stem = f"/tzgg/2026/11/{article}"
        expected = {ArticleState.PUBLISHED: 200, ArticleState.WITHDRAWN: 410}.get(state, 404)
        for kind in KINDS:
            assert county.visitor(BUREAU).get(f"{stem}.{kind}").status_code == expected, (state, kind)
            assert county.visitor(TOWN).get(f"{stem}.{kind}").status_code == 404, (state, kind)
            mounted = county.visitor(PORTAL).get(f"/u/{BUREAU}{stem}.{kind}")
            assert mounted.status_code == expected, (state, kind)


def test_a_file_ends_with_its_text(county: County) -> None:
    """S-66: a kept file is never shown after the text was taken down, nor before its minute."""
    article = county.an_article(state=ArticleState.PUBLISHED)
    stem = stem_of(county, article)

    def answers() -> set[int]:
        return {county.visitor(BUREAU).get(f"{stem}.{kind}").status_code for kind in KINDS}

    assert answers() == {200}
    with freeze_time(datetime.now(UTC) - timedelta(days=2)):
        assert answers() == {404}
    with county.inside(BUREAU):
        found = db.session.scalars(select(Article).where(Article.id == article)).one()
        signer = db.session.scalars(select(Account).where(Account.login == "slj.signer")).one()
        endings.take_down(found, signer, revision=found.head_id or 0, reason="涉密")
    assert answers() == {410}


def test_a_known_file_is_not_sent_again(county: County) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    visitor = county.visitor(BUREAU)
    first = visitor.get(f"{stem_of(county, article)}.pdf")

    again = visitor.get(f"{stem_of(county, article)}.pdf", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert visitor.get(f"{stem_of(county, article)}.exe").status_code == 404
    assert visitor.get(f"/tzgg/1999/01/{article}.pdf").status_code == 404


HOSTILE = (
    "<table><tr><td rowspan='999'>高</td><td>行</td></tr>" + "<tr><td>行</td></tr>" * 300 + "</table>",
    f"<table><tr><td>{'长' * 9_000}</td><td rowspan='2'>宽</td></tr><tr><td>窄</td></tr></table>",
    f"<table><tr>{'<td>很多列</td>' * 60}</tr></table>",
    "<p>" + "<b>" * 400 + "深" + "</b>" * 400 + "</p>",
    "<table><tr><td rowspan='99999' colspan='99999'>大</td></tr></table>",
    "<table><tr><td rowspan='3'>一</td></tr><tr></tr><tr><td colspan='0'>二</td></tr></table>",
    "<table><tr><td>外<table><tr><td>里</td></tr></table></td></tr></table>",
    "<ol start='99999999999'><li>条</li></ol><p>&lt;script&gt;&amp;&lt;para&gt; = +cmd|' /C'!A0</p>",
    "<p><img src='/files/00000000000000000000000000000000.png' alt='<para>'>图</p>",
    "<blockquote><div><p>\u202e𠮷 😀 \uffff</p></div></blockquote><pre>一  行</pre><hr>末",
)


def test_a_hostile_text_makes_files_all_the_same(county: County) -> None:
    for body in HOSTILE:
        article = county.an_article(state=ArticleState.PUBLISHED, body=body, title="<b>&停水]]></b>")
        for kind in KINDS:
            answer = county.visitor(BUREAU).get(f"{stem_of(county, article)}.{kind}")
            assert answer.status_code == 200, (body[:40], kind)


def test_an_endless_text_is_cut_with_a_word_about_it() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>乙</td></tr>" for n in range(50_000))

    blocks = blocks_of(f"<p>前</p><table>{rows}</table><p>后</p>")

    grid, last = blocks[1], blocks[-1]
    assert isinstance(grid, Grid)
    assert len(grid.cells) == 6_000
    assert isinstance(last, Line)
    assert last.text == CUT
    assert len(blocks_of("<p>行</p>" * 90_000)) <= 3_001
