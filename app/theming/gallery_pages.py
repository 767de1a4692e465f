"""Part of the theme author's API: the page of all parts and states, drawn for authors and served nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.article_pages import ArticlePage
from app.theming.pages import Link, Page, Pager, Teaser, UnitGroup
from app.theming.palettes import TEXT_PAIRS


@dataclass(frozen=True, kw_only=True)
class GalleryPage(Page):
    """Every part in every state on one page."""

    template: ClassVar[str] = "gallery.html"
    stylesheet: ClassVar[str] = "gallery.css"
    #: Tokens of text and background, each of which a stylesheet may set.
    pairs: tuple[tuple[str, str], ...] = TEXT_PAIRS
    teasers: tuple[Teaser, ...]
    pager: Pager
    siblings: tuple[Link, ...]
    disclosure: tuple[Link, ...]
    groups: tuple[UnitGroup, ...]
    article: ArticlePage
