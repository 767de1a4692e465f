"""Filling in the form of a look as a browser does."""

import re
from typing import Any

import lxml.html

from tests.browser import Browser
from tests.worlds import BUREAU

PATH = f"/{BUREAU}/look/"
Fields = dict[str, Any]


def fields_of(html: str) -> Fields:
    """Return what the form on the page would send, without its buttons."""
    document: Any = lxml.html.document_fromstring(html)
    form = document.xpath("//form[contains(@class, 'look')]")[0]
    found: Fields = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if name not in ("csrf_token", "logo", "banner")}


def opened(browser: Browser, path: str = PATH) -> Fields:
    """Open the page and return its form."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return fields_of(answer.text)


def other_palette(browser: Browser, path: str = PATH) -> str:
    """Return a palette that the unit's theme offers and the unit does not wear."""
    document: Any = lxml.html.document_fromstring(browser.get(path).text)
    return str(document.xpath("//input[@name='palette'][not(@checked)]/@value")[0])


def wears(html: str, palette: str) -> bool:
    """Say whether a page is in a palette, by the address of its stylesheet."""
    return re.search(rf'href="/static/[^"]*\b{palette}\.css"', html) is not None


def saved(browser: Browser, path: str = PATH, *, status: int = 303, **changed: Any) -> str:
    """Change some fields, save, and return the answer."""
    answer = browser.post(path, data={**opened(browser, path), **changed})
    assert answer.status_code == status, answer.text
    return answer.text


def use(browser: Browser, path: str = PATH, *, status: int = 303) -> str:
    """Take up what is prepared, as it stands on the page now."""
    page = browser.get(path).text
    seen = re.search(r'name="seen" value="([^"]*)"', page.partition('id="preview"')[2])
    answer = browser.post(f"{path}use", data={"seen": seen.group(1) if seen else ""})
    assert answer.status_code == status, answer.text
    return answer.text


def headings(html: str) -> list[str]:
    """Return the titles of the blocks of a front page, in order."""
    document: Any = lxml.html.document_fromstring(html)
    return [
        " ".join(str(one.text_content()).split())
        for one in document.xpath("//main//h2[not(ancestor::article)]")
    ]
