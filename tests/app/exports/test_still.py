"""A subsite as plain files: whole, with its links, and nothing that visitors do not see."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from app.content.states import ArticleState
from app.core.errors import RuleBroken
from app.exports.still import Copied, copy_site, file_of
from bench.articles import publish_articles
from tests.app.content.photographs import a_photograph, shown_on, taken_in
from tests.worlds import BUREAU, HOSTS, County

HOME = f"http://{HOSTS[BUREAU]}"


def copied(county: County, folder: Path) -> Copied:
    return copy_site(county.front, HOME, folder, told=lambda _: None)


def test_a_copy_is_whole_and_its_links_lead_to_files(county: County, tmp_path: Path) -> None:
    publish_articles(county.front, BUREAU, "tzgg", 25)
    county.an_article(state=ArticleState.PUBLISHED, title="停水通知")
    county.an_article(state=ArticleState.DRAFT, title="还没有审签")

    found = copied(county, tmp_path / "slj")

    assert found.missing == []
    pages = list((tmp_path / "slj").rglob("*.html"))
    assert found.pages == len(pages)
    assert (tmp_path / "slj/tzgg/page-2/index.html").exists()
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    assert any("停水通知" in text for text in texts.values())
    assert not any("还没有审签" in text for text in texts.values())
    for page, text in texts.items():
        for element in html.document_fromstring(text).iter("a", "img", "link", "script"):
            for link in filter(None, (element.get("href"), element.get("src"))):
                if "://" in link or link.startswith(("#", "mailto:", "tel:")):
                    continue
                assert (page.parent / unquote(link.partition("#")[0])).is_file(), (page, link)


def test_what_needs_the_service_leads_back_to_it(county: County, tmp_path: Path) -> None:
    copied(county, tmp_path / "slj")

    page = (tmp_path / "slj/index.html").read_text(encoding="utf-8")

    assert f'action="{HOME}/search"' in page
    assert not (tmp_path / "slj/search").exists()
    assert not (tmp_path / "slj/hant").exists()
    assert re.search(rf'rel="canonical" href="{HOME}/"', page)


def test_a_folder_with_something_in_it_is_left_alone(county: County, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")

    with pytest.raises(RuleBroken, match="已经有内容"):
        copied(county, tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/tzgg/", "tzgg/index.html"),
        ("/tzgg/?page=2", "tzgg/page-2/index.html"),
        ("/map.html", "map.html"),
        ("/tzgg/2026/11/3.html", "tzgg/2026/11/3.html"),
    ],
)
def test_an_address_has_one_file(address: str, file: str) -> None:
    assert file_of(address) == file


def test_pictures_in_every_size_and_files_of_articles_lie_in_the_copy(county: County, tmp_path: Path) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    document = taken_in(county, "方案.pdf", b"%PDF-1.7\n")
    shown_on(county, picture)
    county.an_article(title="附有方案", files=(document[0],), state=ArticleState.PUBLISHED)

    found = copied(county, tmp_path / "slj")

    assert found.missing == []
    kept = {one.name for one in (tmp_path / "slj/files").iterdir()}
    assert kept == {
        f"{document[1]}.pdf",
        *(
            f"{picture[1]}{end}"
            for end in (".jpg", "-480.jpg", "-960.jpg", "-480.webp", "-960.webp", "-1200.webp")
        ),
    }
    pages = (one.read_text(encoding="utf-8") for one in (tmp_path / "slj/tzgg").rglob("[0-9]*.html"))
    shown = next(one for one in pages if picture[1] in one)
    assert f"../../../files/{picture[1]}-480.webp 480w, " in shown
