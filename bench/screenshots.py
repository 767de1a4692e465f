"""python3 wsgi.py screenshots: the pictures of the README, taken of a demonstration that is founded for them.

They show what a fresh clone shows, so that no picture can tell of something that is not there.
"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pyotp import TOTP

from bench.served import demonstration, free_port
from deploy.bootstrap.places import ROOT
from tests.engines.chromium import chromium

FOLDER = ROOT / "docs" / "screenshots"
#: Width, height of the window, and the most of a long page that is shown.
SIZES = {"1280": (1280, 860, 1500), "360": (360, 740, 1300)}
LARGEST = 300_000  # bytes
FEWEST_COLOURS = 16
PERSON = re.compile(r"账号 (?P<login>\S+)  密码 (?P<password>\S+)(?:  二次验证密钥 (?P<secret>\S+))?")

NOTICE = "关于加强县政府门户网站建设工作的通知"
FOUNDING_NOTICE = ROOT / "tenants" / "yongjia" / "content" / "000-founding-notice.md"
DRAFT = (
    "关于城区部分路段停水的通知",
    (
        "<p>因引水工程管道检修，定于本周三上午八时至下午五时，北城街道沿江路一带停水。请居民和单位提前储水。</p>"
        "<table><tr><th>路段</th><th>停水时间</th></tr><tr><td>沿江路</td><td>八时至十七时</td></tr>"
        "<tr><td>环城西路</td><td>八时至十二时</td></tr></table><p>咨询电话：0577-67236286。</p>"
    ),
)
WAITING = (
    "关于做好汛期山塘水库巡查工作的通知",
    "<p>各乡镇人民政府、街道办事处：</p><p>汛期将至，请组织巡查员每日巡查山塘水库，发现险情立即上报，并做好记录。</p>",
)


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration, as its file of accounts tells."""

    login: str
    password: str
    secret: str


class Studio:
    """The demonstration and the browser in which it is photographed."""

    def __init__(self, browser: Browser, port: int, people: dict[str, Person]) -> None:
        self.browser = browser
        self.port = port
        self.people = people
        self.taken: list[Path] = []

    def address(self, label: str, path: str = "/") -> str:
        """Return the address of a page of a subsite or of the console."""
        return f"http://{label}.yj.localhost:{self.port}{path}"

    @contextmanager
    def window(self, size: str, login: str = "", *, scripted: bool = True) -> Iterator[Page]:
        """Open a window, in which somebody may have signed in."""
        width, height, _ = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=scripted
        )
        page = context.new_page()
        if login:
            self._sign_in(page, self.people[login])
        yield page
        context.close()

    def take(self, page: Page, size: str, name: str, address: str) -> None:
        """Go to a page and keep its picture."""
        width, height, most = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or not answer.ok:
            raise RuntimeError(f"{address} answers {answer and answer.status}")
        if page.locator("textarea[name=body]").count():
            page.wait_for_selector(".tox-tinymce iframe, .tox iframe", timeout=20_000)
        height = min(most, int(page.evaluate("document.documentElement.scrollHeight")))
        if int(page.evaluate("document.documentElement.scrollWidth")) > width:
            sys.stderr.write(f"{name}: wider than {width} px\n")
        # Not a longer picture of the window: what clings to its lower edge would stand in the middle.
        page.set_viewport_size({"width": width, "height": height})
        shot = page.screenshot()
        path = FOLDER / f"{name}-{size}.png"
        path.write_bytes(small(shot))
        self.taken.append(path)

    def _sign_in(self, page: Page, person: Person) -> None:
        page.goto(self.address("console", "/login"))
        page.fill("input[name=login]", person.login)
        page.fill("input[name=password]", person.password)
        page.click("form[action$='/login'] button[type=submit]")
        if person.secret:
            page.fill("input[name=code]", TOTP(person.secret).now())
            page.click("form[action$='/second-factor'] button[type=submit]")
        page.wait_for_load_state()


def small(shot: bytes) -> bytes:
    """Return a picture with as few colours as bring it under the limit."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    colours = 256
    while True:
        kept = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() < LARGEST or colours <= FEWEST_COLOURS:
            return kept.getvalue()
        colours //= 2


def main() -> None:
    """Found the demonstration, write two texts, and take every picture at both widths."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = chromium()
    os.environ.update(found.environment)
    with tempfile.TemporaryDirectory(prefix="ziwang-screenshots-") as folder:
        port, data = free_port(), Path(folder) / "data"
        sys.stderr.write("founding the demonstration ...\n")
        with demonstration(data, port), sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=str(found.executable), args=list(found.arguments)
            )
            studio = Studio(browser, port, _people(data / "demo-accounts.txt"))
            _photograph(studio)
            browser.close()
    for path in studio.taken:
        sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB\n")


def _people(file: Path) -> dict[str, Person]:
    found = PERSON.finditer(file.read_text(encoding="utf-8"))
    return {one["login"]: Person(one["login"], one["password"], one["secret"] or "") for one in found}


def _photograph(studio: Studio) -> None:
    draft, waiting = _written(studio)
    taken_in = _taken_in(studio)
    for size in SIZES:
        with studio.window(size) as page:
            for name, address in _public(studio, page):
                studio.take(page, size, name, address)
        with studio.window(size, "slj-editor") as page:
            studio.take(page, size, "desk", studio.address("console", "/slj/"))
            studio.take(page, size, "editor", f"{draft}/edit")
            studio.take(page, size, "intake", taken_in)
        with studio.window(size, "slj-signer") as page:
            studio.take(page, size, "inbox", studio.address("console", "/inbox"))
            studio.take(page, size, "article-decisions", waiting)
    # One window for both widths: the code of the second factor serves only once.
    with studio.window("1280", "portal-operator") as page:
        for size in SIZES:
            studio.take(page, size, "office-units", studio.address("console", "/office/units/"))
            studio.take(
                page, size, "office-open", studio.address("console", "/office/open/?name=永嘉县数据局")
            )


def _public(studio: Studio, page: Page) -> list[tuple[str, str]]:
    page.goto(studio.address("xfb"))
    notice = (
        page.get_by_role("link", name="规范全县政府网站").or_(page.locator("a", has_text="网站建设")).first
    )
    return [
        ("portal-home", studio.address("www")),
        ("bureau-home", studio.address("slj")),
        ("township-home", studio.address("qiaotou")),
        ("founding-notice", str(notice.evaluate("link => link.href"))),
        ("disclosure", studio.address("slj", "/xxgk/")),
        ("units", studio.address("www", "/units/")),
        ("sign-in", studio.address("console", "/login")),
    ]


def _written(studio: Studio) -> tuple[str, str]:
    """Write a draft and a text that waits for its signer, as an editor without JavaScript would."""
    with studio.window("1280", "slj-editor", scripted=False) as page:
        draft = _write(studio, page, *DRAFT)
        waiting = _write(studio, page, *WAITING)
        page.click("form[action$='/submit'] button[type=submit]")
    return draft, waiting


def _taken_in(studio: Studio) -> str:
    """Hand over the founding notice as pasted words; return where its fields are checked."""
    _, _, words = FOUNDING_NOTICE.read_text(encoding="utf-8").split("---\n", 2)
    with studio.window("1280", "slj-editor", scripted=False) as page:
        page.goto(studio.address("console", "/slj/intake/"))
        page.locator("main summary").first.click()
        page.fill("textarea[name=words]", words)
        page.get_by_role("button", name="开始导入").click()
        page.wait_for_url(re.compile(r"/intake/\d+$"))
        return page.url


def _write(studio: Studio, page: Page, title: str, body: str) -> str:
    page.goto(studio.address("console", "/slj/articles/new"))
    page.fill("input[name=title]", title)
    page.select_option("select[name=column_id]", label="通知公告")
    page.select_option("select[name=genre]", label="通知")
    page.fill("textarea[name=body]", body)
    page.click(".save-bar button[type=submit]")
    page.wait_for_url(re.compile(r"/articles/\d+$"))
    return page.url


if __name__ == "__main__":
    main()
