"""Somebody at a browser: every page they come to is looked at as an inspector would."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.journeys.service import Service
from tests.worlds import PASSWORD

#: The editor's own frame, in which the text is typed.
EDITOR = "iframe.tox-edit-area__iframe"

#: What a page is made of, each sort of element once, and whether it shows: axe says the same of two pages
#: that agree in it, on whatever screen.
SHAPE = """() => {
  const told = new Set(["class", "type", "role", "style", "lang", "aria-hidden"]);
  const isWhole = (one) => ["HTML", "BODY"].includes(one.tagName) || one.rel === "stylesheet";
  const named = (one) => [...one.attributes].map(({ name, value }) =>
    isWhole(one) || told.has(name) ? name + "=" + value : name);
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const sort = (one) => [one.tagName, ...named(one), says(one), one.checkVisibility()].join(" ");
  const all = [...document.querySelectorAll("*")];
  return [...new Set(all.map((one) => sort(one) + " in " + (one.parentElement?.tagName ?? "")))].join();
}"""


@dataclass(frozen=True)
class Screen:
    """What somebody holds in their hands or has on their table."""

    name: str
    width: int
    height: int
    is_phone: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """How the browser behaves like it."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "is_mobile": self.is_phone,
            "has_touch": self.is_phone,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
        }


DESKTOP = Screen("desktop", 1280, 900)
PHONE = Screen("phone", 360, 740, is_phone=True)


class Person:
    """One person with a browser of their own, which takes nothing on a page for granted."""

    #: The shapes that the inspector has seen already: everybody signs in, and again.
    inspected: ClassVar[set[str]] = set()

    def __init__(
        self, context: BrowserContext, screen: Screen, service: Service, *, has_script: bool = True
    ) -> None:
        self.screen, self.service, self.has_script = screen, service, has_script
        self.complaints: list[str] = []
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.page = context.new_page()

    # ---- moving

    def go(self, address: str, *, status: int = 200) -> None:
        """Type an address."""
        answer = self.page.goto(address)
        self._arrived(answer, status)

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the first link of that name that can be seen."""
        links = (within or self.page.locator("body")).get_by_role("link", name=name)
        self.activate(links.filter(visible=True).first)

    def press(self, name: str, *, status: int = 200) -> None:
        """Press the button of exactly that name, which leads to another page."""
        self.activate(self.page.get_by_role("button", name=name, exact=True), status=status)

    def activate(self, target: Locator, *, status: int = 200) -> None:
        """Click or tap what leads to another page."""
        self.arrive_by(target.tap if self.screen.is_phone else target.click, status=status)

    def arrive_by(self, act: Callable[[], object], *, status: int = 200) -> None:
        """Do something that leads to another page."""
        with self.page.expect_navigation() as arriving:
            act()
        self._arrived(arriving.value, status)

    def in_a_new_tab(self, name: str | re.Pattern[str]) -> "AbstractContextManager[Page]":
        """Follow a link that opens beside this page; what opens is looked at, and closed at the end."""
        return _Aside(self, self.page.get_by_role("link", name=name).filter(visible=True).first)

    # ---- staff

    def sign_in(self, login: str, path: str = "/", *, password: str = PASSWORD) -> None:
        """Go to a page of the console, and through the form of signing in, which leads there."""
        self.go(self.service.console(path))
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.press("登录")

    @property
    def text(self) -> Locator:
        """The text that is being written in the rich text editor."""
        return self.page.frame_locator(EDITOR).locator("body")

    def sign(self, name: str) -> None:
        """Show once more who signs, tick what is left to a person's eye, and press the button."""
        button = self.page.get_by_role("button", name=name, exact=True)
        form = self.page.locator("form").filter(has=button)
        if form.get_by_role("checkbox").count():
            form.get_by_role("checkbox").check()
        form.get_by_label("登录密码").fill(PASSWORD)
        self.press(name)

    def unfold(self, name: str) -> None:
        """Open what is folded away under a name."""
        self.page.locator("summary").filter(has_text=re.compile(f"^\\s*{name}")).click()

    def is_told(self, words: str) -> None:
        """Find out what the last act has done."""
        expect(self.page.locator(".flash").filter(has_text=words)).to_be_visible()

    # ---- looking

    def look(self) -> None:
        """Find nothing wrong with the page as it stands."""
        if self.has_script and self.page.locator("form.writing").count():
            expect(self.text).to_be_visible()
            expect(self.page.locator(".tox-statusbar__wordcount")).not_to_be_empty()
        where = f"{urlsplit(self.page.url).path} on the {self.screen.name}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.screen.width, f"{where} is {wide} wide"
        if self.has_script:  # The inspector is itself a script; the same pages are inspected with it.
            self._inspect(where)
        assert self.complaints == [], where

    def _inspect(self, where: str) -> None:
        shape = str(self.page.evaluate(SHAPE))
        if shape in self.inspected:
            return
        violations = Axe().run(self.page).response["violations"]
        found = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
        assert not found, f"{where}: {found}"
        self.inspected.add(shape)

    def _arrived(self, answer: Response | None, status: int) -> None:
        assert answer is not None
        assert answer.status == status, f"{answer.url} answered {answer.status}"
        self.page.wait_for_load_state()
        self.look()

    def _note_request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in {"data", "blob", "about"}:
            return
        is_ours = (asked.hostname or "").endswith(".yj.localhost") and asked.port == self.service.port
        if asked.scheme != "http" or not is_ours:
            self.complaints.append(f"asks elsewhere: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.url} answered {response.status}")

    def _note_message(self, message: ConsoleMessage) -> None:
        # The browser also complains of a page that is an error on purpose; the status is judged elsewhere.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")


class _Aside(AbstractContextManager[Page]):
    """Another tab, for as long as it is read."""

    def __init__(self, person: Person, link: Locator) -> None:
        self._person, self._link, self._before = person, link, person.page

    def __enter__(self) -> Page:
        with self._before.context.expect_page() as opening:
            (self._link.tap if self._person.screen.is_phone else self._link.click)()
        self._person.page = opening.value
        self._person.page.wait_for_load_state()
        self._person.look()
        return self._person.page

    def __exit__(self, *_: object) -> None:
        self._person.page.close()
        self._person.page = self._before
