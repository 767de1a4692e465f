"""Pictures come in the size that a screen needs, with their measures; what was signed stays as it was."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select, update

from app.content.filetypes import checked
from app.content.models import Attachment, Revision
from app.content.pictures import measured
from app.content.states import ArticleState
from app.content.storage import storage
from app.core.database import db
from app.pagecache.generations import raise_generation
from tests.app.content.photographs import a_moving_picture, a_photograph, shown_on, taken_in
from tests.worlds import BUREAU, PORTAL, TOWN, County


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_picture_has_smaller_sizes_in_its_own_format_and_in_webp(kind: str, ending: str) -> None:
    found = measured(ending, a_photograph(1200, 800, kind))

    assert (found.width, found.height) == (1200, 800)
    assert sorted(found.sizes) == ["1200.webp", f"480.{ending}", "480.webp", f"960.{ending}", "960.webp"]
    for name, content in found.sizes.items():
        made = _opened(content)
        assert made.size == (int(name.partition(".")[0]), round(int(name.partition(".")[0]) * 2 / 3))
        assert made.format == {"webp": "WEBP"}.get(name.partition(".")[2], kind)


def test_no_size_is_larger_than_the_picture_in_dots_or_in_bytes() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(plain, "PNG", optimize=True)
    content = plain.getvalue()

    assert all(len(one) < len(content) for one in measured("png", content).sizes.values())
    assert measured("jpg", a_photograph(480, 320)).sizes == {}
    large = measured("jpg", a_photograph(2400, 1600))
    assert max(int(name.partition(".")[0]) for name in large.sizes) == 1600


def test_transparency_and_the_colours_of_print_survive() -> None:
    clear = Image.new("RGBA", (1000, 500), (200, 30, 30, 0))
    clear.paste(_opened(a_photograph(500, 500)), (0, 0))
    printed = _opened(a_photograph(1000, 500)).convert("CMYK")
    written = {"png": io.BytesIO(), "jpg": io.BytesIO()}
    clear.save(written["png"], "PNG")
    printed.save(written["jpg"], "JPEG")

    smaller = _opened(measured("png", written["png"].getvalue()).sizes["480.webp"])
    assert smaller.convert("RGBA").getpixel((470, 100))[3] == 0  # type: ignore[index]  # Four bands.
    assert _opened(measured("jpg", written["jpg"].getvalue()).sizes["480.jpg"]).mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_as_the_camera_was_held_and_says_nothing_of_where(kind: str) -> None:
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())

    _, kept = checked(f"现场.{ending}", a_photograph(600, 400, kind, orientation=6))

    assert _opened(kept).size == (400, 600)
    assert not dict(_opened(kept).getexif())


def test_moving_pictures_are_measured_and_left_alone() -> None:
    found = measured("gif", a_moving_picture())

    assert (found.width, found.height, found.sizes) == (600, 400, {})


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 no picture", a_photograph()[:3000]])
def test_what_cannot_be_read_has_neither_measures_nor_sizes(content: bytes) -> None:
    found = measured("jpg", content)

    assert found.sizes == {}


def test_an_article_offers_its_pictures_in_sizes_and_its_text_stays_as_it_was_signed(county: County) -> None:
    pictures = [
        taken_in(county, "大坝.jpg", a_photograph()),
        taken_in(county, "左岸.jpg", a_photograph(700, 500)),
    ]
    path = shown_on(county, *pictures)

    page = county.visitor().get(path).text

    first, second = re.findall(r"<picture>.*?</picture>", page)
    token = pictures[0][1]
    assert f'src="/files/{token}.jpg" alt="大坝 “左岸”" width="1200" height="800"' in first
    assert f"/files/{token}-480.webp 480w" in first
    assert f"/files/{token}-480.jpg 480w, /files/{token}-960.jpg 960w, /files/{token}.jpg 1200w" in first
    assert ("loading" in first, 'loading="lazy"' in second) == (False, True)
    for address in set(re.findall(r"/files/[0-9a-f]{32}[^ \",]*", page)):
        answer = county.visitor().get(address)
        assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (
            200,
            "default-src 'none'; sandbox",
        )
        assert _opened(answer.data).format in {"JPEG", "WEBP"}
    with county.inside(BUREAU):
        bodies = db.session.scalars(select(Revision.body).where(Revision.body.contains(token))).all()
    assert [one.count("<img") for one in bodies] == [2]
    assert not {"srcset", "width", "loading"} & set(re.findall(r"\w+", bodies[0]))


def test_on_the_portal_and_on_the_desk_the_sizes_are_found_too(county: County) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    path = shown_on(county, picture)

    mounted = county.visitor(PORTAL).get(f"/u/slj{path}").text
    assert f"/u/slj/files/{picture[1]}-480.webp 480w" in mounted
    assert county.visitor(PORTAL).get(f"/u/slj/files/{picture[1]}-480.webp").mimetype == "image/webp"

    draft = county.an_article(
        body=f'<p><img src="/files/{picture[1]}.jpg" alt="坝"></p>', files=(picture[0],)
    )
    editor = county.staff("slj.editor")
    preview = editor.get(f"/slj/articles/{draft}/preview").text
    assert f"/slj/articles/files/{picture[1]}-960.webp 960w" in preview
    assert editor.get(f"/slj/articles/files/{picture[1]}-960.webp").mimetype == "image/webp"


@pytest.mark.parametrize(
    "asked", ["481.webp", "480.gif", "480.svg", "1600.jpg", "-480.jpg", "480.", "99999.webp"]
)
def test_no_visitor_can_have_a_size_made(county: County, asked: str) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    shown_on(county, picture)

    assert county.visitor().get(f"/files/{picture[1]}-{asked}").status_code == 404


def test_a_size_is_as_public_as_its_picture(county: County) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    address = f"/files/{picture[1]}-480.webp"

    county.an_article(files=(picture[0],), state=ArticleState.SUBMITTED)
    assert county.visitor().get(address).status_code == 404
    shown_on(county, picture)
    answer = county.visitor().get(address)
    assert answer.status_code == 200
    assert county.visitor(TOWN).get(address).status_code == 404
    again = county.visitor().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert county.visitor().get(f"/files/{picture[1]}.jpg").headers["ETag"] != answer.headers["ETag"]


def test_a_picture_attached_is_shown_with_its_title_for_those_who_do_not_see_it(county: County) -> None:
    picture = taken_in(county, "公示牌.png", a_photograph(1000, 700, "PNG"))
    article = county.an_article(files=(picture[0],), state=ArticleState.PUBLISHED)

    page = county.visitor().get(county.path_of(BUREAU, article)).text

    assert f"{picture[1]}-480.png 480w" in page
    assert re.search(r'alt="公示牌"\s+width="1000" height="700"', page)


def test_a_picture_that_the_storage_has_lost_is_not_found_and_harms_no_page(county: County) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    path = shown_on(county, picture)
    with county.inside(BUREAU) as tenant:
        storage().put(f"{tenant.id}/" + "0" * 32, b"")
        db.session.execute(update(Attachment).values(token="f" * 32))

    assert county.visitor().get(path).status_code == 200
    assert county.visitor().get(f"/files/{'f' * 32}.jpg").status_code == 404
    assert county.visitor().get(f"/files/{'f' * 32}-480.webp").status_code == 404


def test_pictures_from_before_get_their_sizes_by_one_command(county: County) -> None:
    picture = taken_in(county, "大坝.jpg", a_photograph())
    path = shown_on(county, picture)
    with county.inside(BUREAU) as tenant:
        db.session.execute(update(Attachment).values(width=None, height=None, sizes=""))
        raise_generation(tenant.id)
    before = county.visitor().get(path).text
    assert f'<img src="/files/{picture[1]}.jpg" alt="大坝 “左岸”" decoding="async">' in before

    runner = county.front.console.test_cli_runner()
    made = runner.invoke(args=["pictures", "make"])
    again = runner.invoke(args=["pictures", "make"])

    assert "共处理 1 张图片，其中 0 张读不出" in made.output
    assert "共处理 0 张图片" in again.output
    assert f"{picture[1]}-480.webp 480w" in county.visitor().get(path).text
