"""The sample of the page of all parts."""

from dataclasses import replace

from app.theming.article_pages import ArticlePage
from app.theming.gallery_pages import GalleryPage
from app.theming.pages import ColumnPage
from app.theming.samples.voices import Voice, entrances, teasers, unit_groups, url_of


def gallery_page(voice: Voice, column: ColumnPage, article: ArticlePage) -> GalleryPage:
    """Put together what the other samples are made of."""
    first, *others = teasers(voice, unit=True, number=True) or (None,)
    marked = (replace(first, mark=voice.say("已废止")), *others) if first else ()
    return GalleryPage(
        title=voice.say("部件画廊"),
        canonical=url_of("gallery.html"),
        teasers=tuple(teaser for teaser in marked if teaser),
        pager=column.pager,
        siblings=column.siblings,
        disclosure=entrances(voice),
        groups=unit_groups(voice),
        article=article,
    )
