"""A browser that refuses pages we would not want to publish, on the public hosts and in the console."""

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from werkzeug.test import Client, TestResponse

HAN = "[\u4e00-\u9fff]"
#: Half-width marks between Chinese characters, and dots for an ellipsis.
MISPRINT = re.compile(rf"{HAN}[,;:!?]{HAN}|{HAN}\.\.\.|{HAN} [，。；：！？]")
#: Scripts that no browser runs.
DATA = ("application/json", "application/ld+json")
WITHOUT_TEXT = {"script", "style", "textarea", "code", "pre"}


class _Reader(HTMLParser):
    """Collects what the lint looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.headings = 0
        self.texts: list[str] = []
        self.title = ""
        self.h1 = ""
        self.form: dict[str, Any] | None = None
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._open.append(tag)
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        self.headings += tag == "h1"
        self._refuse_unspoken(tag, found)
        if tag == "form":
            self._begin_form(found)
        if tag == "label" and found.get("for"):
            self.labelled.add(str(found["for"]))
        if tag in {"input", "select", "textarea"}:
            self._note_field(tag, found)
        self._refuse_inline(tag, found)
        self._refuse_third_parties(tag, found)

    def _refuse_unspoken(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "html" and found.get("lang") not in {"zh-CN", "zh-Hant"}:
            self.faults.append("the page does not say lang=zh-CN")
        if tag == "img" and "alt" not in found:
            self.faults.append(f"a picture has no alt: {found.get('src')}")

    def _begin_form(self, found: dict[str, str | None]) -> None:
        self.form = {"method": (found.get("method") or "get").lower(), "token": False}
        if not found.get("action"):
            self.faults.append("a form has no action")

    def _note_field(self, tag: str, found: dict[str, str | None]) -> None:
        if found.get("name") in {"csrf_token", "form_token"} and self.form is not None:
            self.form["token"] = True
        if tag != "input" or (found.get("type") or "text") not in {"hidden", "submit", "button"}:
            in_label = "label" in self._open
            self.fields.append({**found, "in_label": "yes" if in_label else None})

    def _refuse_inline(self, tag: str, found: dict[str, str | None]) -> None:
        if "style" in found or any(name.startswith("on") for name in found):
            self.faults.append(f"<{tag}> carries inline style or script")
        if tag == "style" or (tag == "script" and not found.get("src") and found.get("type") not in DATA):
            self.faults.append(f"inline <{tag}>")

    def _refuse_third_parties(self, tag: str, found: dict[str, str | None]) -> None:
        source = found.get("src") or (found.get("href") if tag == "link" and _is_fetched(found) else "") or ""
        if source.startswith(("http:", "https:", "//")):
            self.faults.append(f"the page asks a third party: {source}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            if self.form["method"] == "post" and not self.form["token"]:
                self.faults.append("a form that posts has no token")
            self.form = None
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "head" in self._open:
            self.title += data
        if "h1" in self._open:
            self.h1 += data
        if not WITHOUT_TEXT & set(self._open):
            self.texts.append(data)


def _is_fetched(found: dict[str, str | None]) -> bool:
    return bool({"stylesheet", "icon", "preload"} & set((found.get("rel") or "").split()))


@lru_cache(maxsize=64)
def page_faults(html: str) -> tuple[str, ...]:
    """Return what is wrong with a page, as sentences; many refusals are one page."""
    reader = _Reader()
    reader.feed(html)
    faults = reader.faults
    if not html.lstrip().lower().startswith("<!doctype html>"):
        faults.append("the page has no doctype")
    if reader.headings != 1:
        faults.append(f"the page has {reader.headings} h1")
    if not " ".join(reader.title.split()).startswith(" ".join(reader.h1.split())):
        faults.append(
            f"the title “{reader.title.strip()}” does not begin with the heading “{reader.h1.strip()}”"
        )
    faults += [f"the id {name} stands {count} times" for name, count in reader.ids.items() if count > 1]
    for field in reader.fields:
        named = field.get("in_label") or field.get("aria-label") or field.get("aria-labelledby")
        if not named and field.get("id") not in reader.labelled:
            faults.append(f"the field {field.get('name')} has no label")
    faults += [f"misprint: {found.group()}" for text in reader.texts for found in MISPRINT.finditer(text)]
    return tuple(faults)


class Browser(Client):
    """One person's browser; every page that it gets is linted."""

    def __init__(self, front: Any, *, host: str, token: str = "") -> None:
        super().__init__(front)
        self.host = host
        #: Put into every form that is sent; empty to try without.
        self.token = token

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if args and not isinstance(args[0], str):
            return super().open(*args, **kwargs)  # A redirect that is followed; its end is linted below.
        if "environ_base" not in kwargs:
            kwargs["environ_base"] = {"REMOTE_ADDR": "127.0.0.1"}
        kwargs.setdefault("base_url", f"http://{kwargs.pop('host', self.host)}")
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308):
            faults = page_faults(answer.text)
            assert not faults, f"{args}: " + "\n".join(faults)
        return answer

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        data = kwargs.pop("data", None) or {}
        if self.token and isinstance(data, dict):
            data = {"csrf_token": self.token, **data}
        return super().post(*args, data=data, **kwargs)
