"""What stands on the paper of one article, whatever file it becomes: the signed text and its data (GK-09)."""

import io
from dataclasses import dataclass

from PIL import Image

from app.content import queries as content
from app.content.attachments import content_of
from app.content.models import Article, Attachment, Column, Revision, article_path
from app.content.validity import validity_of
from app.content.vocabulary import subjects
from app.core.clock import today
from app.core.html import pictures_in
from app.exports.blocks import Block, blocks_of
from app.tenancy.places import canonical, place
from app.theming.filters import minute

#: A picture is made no larger than paper needs; one that claims more dots is not opened at all.
MOST_DOTS = 40_000_000
LONGEST_SIDE = 1_600
MOST_PICTURES = 60


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be put on paper, as PNG or JPEG."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Paper:
    """One article as it goes on paper."""

    title: str
    unit: str
    #: Terms and values, empty ones left out; the last is the address of the page.
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    #: By the token of the file.
    pictures: dict[str, Drawn]
    #: The files that do not stand in the text as pictures.
    files: tuple[Attachment, ...]
    address: str


def paper_of(article: Article, revision: Revision, column: Column) -> Paper:
    """Compose the paper of what readers see of an article now."""
    assert article.first_published_at is not None
    files = content.files_of(revision)
    shown = pictures_in(revision.body)
    address = canonical(article_path(column.slug, article.first_published_at, article.id))
    return Paper(
        title=revision.title,
        unit=place().tenant.unit,
        facts=(*(fact for fact in _facts(article, revision, column) if fact[1]), ("本页地址", address)),
        blocks=tuple(blocks_of(revision.body)),
        pictures=_pictures(files, shown[:MOST_PICTURES]),
        files=tuple(file for file in files if file.token not in shown),
        address=address,
    )


def _facts(article: Article, revision: Revision, column: Column) -> list[tuple[str, str]]:
    assert article.first_published_at is not None
    return [
        ("索引号", article.index_number or ""),
        ("名称", revision.title),
        ("文号", revision.document_number),
        ("发布机构", place().tenant.unit),
        ("体裁", revision.genre.label),
        ("主题", subjects().get(revision.subject, revision.subject)),
        ("栏目", column.title),
        ("来源", revision.source),
        ("成文日期", revision.formed_on.isoformat() if revision.formed_on else ""),
        ("印发日期", revision.printed_on.isoformat() if revision.printed_on else ""),
        ("发布日期", minute(article.first_published_at)),
        ("公开方式", revision.attribute.label),
        ("有效性", validity_of(article, revision, today()).label),
        ("更正说明", revision.correction),
    ]


def _pictures(files: list[Attachment], tokens: list[str]) -> dict[str, Drawn]:
    by_token = {file.token: file for file in files}
    drawn = {}
    for token in tokens:
        if (file := by_token.get(token)) is not None and (picture := _drawn(file)) is not None:
            drawn[token] = picture
    return drawn


def _drawn(file: Attachment) -> Drawn | None:
    """Return a picture in a form that every program reads; None where it cannot be read."""
    try:
        with Image.open(io.BytesIO(content_of(file))) as opened:
            if opened.width * opened.height > MOST_DOTS:
                return None
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            is_clear = opened.mode in {"RGBA", "LA", "P"}
            picture = opened.convert("RGBA" if is_clear else "RGB")
            written = io.BytesIO()
            picture.save(written, "PNG" if is_clear else "JPEG")
            return Drawn(written.getvalue(), picture.width, picture.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # Lost by the storage, or no picture: the text is worth having without it.
