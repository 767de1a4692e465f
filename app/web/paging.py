"""Page numbers from the address, and the links between pages."""

from flask import abort, request

from app.theming.pages import Link, Pager

PER_PAGE = 20
#: Pages on either side of the current one that get a link of their own.
NEARBY = 2
LONGEST_NUMBER = 7


def page_number() -> int:
    """Return the page that ?page= asks for, or answer 404 for what is no page number."""
    asked = request.args.get("page", "1")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > LONGEST_NUMBER or int(asked) < 1:
        abort(404)
    return int(asked)


def pager(page: int, total: int, url: str) -> Pager:
    """Return where a page stands; answers 404 beyond the last one."""
    pages = max(1, -(-total // PER_PAGE))
    if page > pages:
        abort(404)

    def at(number: int) -> str:
        return url if number == 1 else f"{url}{'&' if '?' in url else '?'}page={number}"

    shown = sorted({1, pages, *range(max(1, page - NEARBY), min(pages, page + NEARBY) + 1)})
    links: list[Link | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            links.append(None)
        links.append(Link(str(number), at(number), current=number == page))
    return Pager(
        page=page,
        pages=pages,
        total=total,
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if page < pages else None,
        links=tuple(links),
    )
