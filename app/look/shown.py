"""The chosen look as themes show it; addresses lead to the console's own files in a preview."""

from app.look.design import SORTS, Picture
from app.look.pictures import MEDIA_TYPES, names_of
from app.look.queries import design_now, is_preview
from app.tenancy.current import current_tenant
from app.tenancy.places import here
from app.theming.look_parts import Banner, Logo, Look
from app.theming.pages import Link

FILES = "/look/files/"


def shown_look() -> Look:
    """Return what stands on all pages of the current subsite."""
    design = design_now()
    return Look(
        logo=_logo(design.logo) if design.logo else None,
        banner=_banner(design.banner) if design.banner else None,
        notes=design.notes,
    )


def topics() -> tuple[Link, ...]:
    """Return the topics that the unit points to."""
    return tuple(Link(one.title, one.url) for one in design_now().friends if one.sort == "topic")


def friends() -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return the friendly links by their sort, in the fixed order of sorts."""
    of_sort = {
        title: tuple(Link(one.title, one.url) for one in design_now().friends if one.sort == sort)
        for sort, title in SORTS.items()
        if sort != "topic"
    }
    return tuple((title, links) for title, links in of_sort.items() if links)


def picture_url(name: str) -> str:
    """Return where a file of a picture is answered, for visitors or in a preview."""
    return f"/{current_tenant.slug}{FILES}{name}" if is_preview() else here(f"{FILES}{name}")


def _logo(picture: Picture) -> Logo:
    name = names_of(picture, picture.endings[0])[picture.widths[0]]
    return Logo(picture_url(name), picture.width, picture.height, picture.says)


def _banner(picture: Picture) -> Banner:
    sources = tuple(
        (
            MEDIA_TYPES[ending],
            ", ".join(f"{picture_url(name)} {width}w" for width, name in names_of(picture, ending).items()),
        )
        for ending in picture.endings
    )
    last = names_of(picture, picture.endings[-1])[picture.widths[0]]
    return Banner(picture_url(last), picture.width, picture.height, picture.says, sources)
