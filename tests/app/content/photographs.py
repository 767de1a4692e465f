"""Pictures that the tests take in, as cameras and drawing programs write them."""

import io
from hashlib import shake_128

from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.accounts.models import Account
from app.content.attachments import store
from app.content.states import ArticleState
from app.core.database import db
from app.pagecache.generations import raise_generation
from tests.worlds import BUREAU, County

ORIENTATION = 0x0112
GPS = 0x8825


def a_photograph(width: int = 1200, height: int = 800, kind: str = "JPEG", *, orientation: int = 0) -> bytes:
    """Return a picture with so much in it that its bytes grow with its size."""
    small = Image.frombytes("RGB", (60, 40), shake_128(b"2007").digest(60 * 40 * 3))
    written = io.BytesIO()
    notes = Image.Exif()
    if orientation:
        notes[ORIENTATION] = orientation
        notes.get_ifd(GPS)[2] = (28.0, 9.0, 12.0)
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    picture.save(written, kind, **({"exif": notes} if orientation else {}))
    return written.getvalue()


def a_moving_picture() -> bytes:
    """Return a GIF of two frames, wider than the smallest size."""
    frames = [Image.new("P", (600, 400), colour) for colour in (1, 200)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=200)
    return written.getvalue()


def taken_in(county: County, name: str, content: bytes, slug: str = BUREAU) -> tuple[int, str]:
    """Upload a file as the unit's editor does; return its id and token."""
    with county.inside(slug):
        editor = db.session.scalars(select(Account).where(Account.login == f"{slug}.editor")).one()
        kept = store(FileStorage(io.BytesIO(content), name), editor)
        return kept.id, kept.token


def shown_on(county: County, *pictures: tuple[int, str], ending: str = "jpg") -> str:
    """Publish an article of the bureau with pictures in its text; return its path."""
    body = "".join(f'<p><img src="/files/{token}.{ending}" alt="大坝 “左岸”"></p>' for _, token in pictures)
    article = county.an_article(
        body=f"<p>正文。</p>{body}", files=tuple(one for one, _ in pictures), state=ArticleState.PUBLISHED
    )
    return county.path_of(BUREAU, article)


def arranged(county: County, slug: str, *blocks: dict[str, object]) -> None:
    """Let a unit's front page have these blocks before what the county asks for."""
    with county.inside(slug) as tenant:
        whole = [{"title": "", "count": 0, "source": "", "area": "", **one} for one in blocks]
        tenant.look = {"number": 1, "blocks": whole}
        raise_generation(tenant.id)
