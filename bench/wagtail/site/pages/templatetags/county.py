"""What every page shows: menu, foot and the way to it, as Wagtail's demonstration site does."""

# mypy: ignore-errors

from django import template
from wagtail.models import Site

register = template.Library()
IN_MENU = 9


@register.simple_tag(takes_context=True)
def site_home(context):  # noqa: ANN001, ANN201 - Django's
    """Return the root of the site that is asked, with its own fields."""
    return Site.find_for_request(context["request"]).root_page.specific


@register.simple_tag
def menu_of(home):  # noqa: ANN001, ANN201 - Django's
    """Return the columns of the main menu."""
    return list(home.get_children().live().in_menu()[:IN_MENU])


@register.simple_tag
def foot_of(home):  # noqa: ANN001, ANN201 - Django's
    """Return the pages to which the foot leads."""
    return list(home.get_children().live().filter(columnpage__section="footer"))


@register.simple_tag
def trail_to(page):  # noqa: ANN001, ANN201 - Django's
    """Return the pages above a page, but for the root of all."""
    return page.get_ancestors().filter(depth__gt=1)
