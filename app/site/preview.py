"""An unpublished text as it will look on its subsite, for the people who write and sign it (A1)."""

from dataclasses import replace

from flask import g

from app.content import queries as content
from app.content.attachments import desk_files
from app.content.models import Article, Revision
from app.site.article import article_page
from app.site.frame import current_site
from app.tenancy.places import place
from app.theming.render import render


def preview_html(article: Article, revision: Revision) -> str:
    """Return the page of a revision in the theme of the bound tenant; the caller has checked who asks."""
    g.columns = content.menu_columns(content.own_menu(), also=article.column_id)
    column = next(one for one in g.columns if one.id == article.column_id)
    place()
    page = article_page(article, revision, column, files=desk_files())
    return render(replace(page, has_downloads=False), current_site())  # They are made of what readers see.
