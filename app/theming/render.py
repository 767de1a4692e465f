"""Page -> HTML, in the theme of the site it belongs to; the end of the visitor's path."""

from dataclasses import fields
from http import HTTPStatus

from markupsafe import Markup

from app.theming.pages import Page, Site
from app.theming.registry import Registry, registry

_PLAIN = Markup("""<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{title}</title>
  </head>
  <body>
    <main>
      <h1>{title}</h1>
      <p>{advice}</p>
      <hr>
      <p><small>错误代码：{status:d}</small></p>
    </main>
  </body>
</html>
""")


def render(page: Page, site: Site) -> str:
    """Render a page in the running application's themes."""
    return draw(registry(), page, site)


def draw(themes: Registry, page: Page, site: Site) -> str:
    """Draw a page with its own fields and its site, and nothing else: no request, no session, no rows."""
    theme = themes.worn_by(site.theme)
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    template = themes.environments[theme.name].get_template(page.template)
    sheet = theme.stylesheet_url(site.palette)
    return template.render(context, page=page, site=site, theme_stylesheet=sheet)


def plain_error(status: HTTPStatus | int, title: str, advice: str) -> str:
    """Return a page for a request that belongs to no tenant: it names none and asks for no other file."""
    return _PLAIN.format(status=int(status), title=title, advice=advice)
