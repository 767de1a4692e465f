"""python3 wsgi.py audit: what others' instruments find on our pages, Lighthouse and the Nu HTML checker.

Lighthouse asks the demonstration county for home, column and article of one subsite of each theme, as a phone
and as a desk's screen. The Nu checker reads every sample page of every theme. Both are fetched by npm, in the
versions named here, when this runs for the first time. A score below its goal or an error ends it with 1.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.theming.kit.preview import write_gallery
from app.theming.registry import read_themes
from bench.figures import Table
from bench.served import Server, demonstration, free_port
from deploy.bootstrap.places import ENGINES, ROOT
from deploy.bootstrap.programs import succeeds
from tests.engines.chromium import ARGUMENTS, chromium

LIGHTHOUSE, NU = "lighthouse@13.5.0", "vnu-jar@26.9.27"
MISSING = (
    "需要 node 和 npm（Debian、Ubuntu：apt-get install npm），核对 HTML 还需要 Java（default-jre-headless）。"
)
NOT_FETCHED = "没有取到 {}，请检查网络后再试；详情见 {}。"
#: In hundredths, by Lighthouse's names of its categories.
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
#: A subsite of the demonstration county for each theme.
SITES = {"county_blue": "www", "department": "slj", "township": "qiaotou", "sober": "tsg"}
COLUMN = "/tzgg/"
LOOKED_AT = (".html", ".css", ".svg")
NU_WORDS = ("--no-langdetect", "--also-check-css", "--also-check-svg")
SCREENS = {"phone": (), "desktop": ("--preset=desktop",)}
ARTICLE = re.compile(r"<loc>https?://[^/]+(/[a-z]+/20\d\d/\d\d/\d+\.html)</loc>")
#: What stylesheets have that the Nu checker has not learned yet: queries of a container's size.
NOT_YET_KNOWN = ("“container-type”", "“@container”")
HOW = """{lighthouse} with Chromium against the demonstration county as `python3 wsgi.py run` serves it, on
loopback with Lighthouse's own slowing down of network and processor; hundredths, one visit each. Goals:
{goals}."""


def main() -> int:
    """Let each instrument look, and print what it found."""
    parser = argparse.ArgumentParser(prog="wsgi.py audit", description=__doc__)
    parser.add_argument("--only", choices=("lighthouse", "nu"), help="only this instrument")
    only = parser.parse_args().only
    if not (shutil.which("node") and shutil.which("npm") and (only == "lighthouse" or shutil.which("java"))):
        sys.stderr.write(MISSING + "\n")
        return 1
    found = [] if only == "nu" else list(_lighthouse())
    found += [] if only == "lighthouse" else list(_nu())
    for says in found:
        sys.stdout.write(f"{says}\n")
    return 1 if found else 0


def _fetched(package: str) -> Path:
    """Return where npm has put a package, of one version."""
    name = package.partition("@")[0]
    folder = ENGINES / package
    log = ENGINES / "npm.log"
    if not (folder / "node_modules" / name).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        words = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, package)
        if not succeeds(words, log=log):
            raise SystemExit(NOT_FETCHED.format(name, log))
    return folder / "node_modules" / name


def _lighthouse() -> Iterator[str]:
    """Print the scores of all pages; yield those that miss their goals, with what cost them most."""
    program, rows = _fetched(LIGHTHOUSE) / "cli" / "index.js", []
    with tempfile.TemporaryDirectory(prefix="ziwang-audit-") as name:
        folder, port = Path(name), free_port()
        with demonstration(folder / "data", port) as server:
            for theme, site, path in _pages(server):
                for screen, words in SCREENS.items():
                    report = _report(program, f"http://{site}:{port}{path}", folder / "report.json", words)
                    scores = {goal: round(100 * report["categories"][goal]["score"]) for goal in GOALS}
                    what = f"{theme} {path} {screen}"
                    rows.append((what, *map(str, scores.values())))
                    sys.stderr.write(f"{' '.join(rows[-1])}\n")
                    yield from (
                        f"{what}：{goal} {score}，{'、'.join(_causes(report, goal))}"
                        for goal, score in scores.items()
                        if score < GOALS[goal]
                    )
    goals = ", ".join(f"{goal} {least}" for goal, least in GOALS.items())
    how = HOW.format(lighthouse=LIGHTHOUSE, goals=goals)
    sys.stdout.write(Table("What Lighthouse says", ("page", *GOALS), tuple(rows), how).markdown() + "\n")


def _pages(server: Server) -> Iterator[tuple[str, str, str]]:
    for theme, label in SITES.items():
        host = f"{label}.yj.localhost"
        status, home = server.get(host, "/")
        if f"/static/{theme}/" not in home.decode():
            raise SystemExit(f"{host} 答 {status}，没有用主题 {theme}。")
        article = ARTICLE.search(server.get(host, "/sitemap.xml")[1].decode())
        if article is None:
            raise SystemExit(f"{host} 的站点地图里没有文章。")
        yield from ((theme, host, path) for path in ("/", COLUMN, article.group(1)))


def _report(program: Path, address: str, file: Path, screen: tuple[str, ...]) -> Any:
    browser = chromium()
    flags = " ".join(("--headless=new", *ARGUMENTS, "--host-resolver-rules='MAP *.localhost 127.0.0.1'"))
    told = ("--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={flags}", *screen)
    environ = {**os.environ, **browser.environment, "CHROME_PATH": str(browser.executable)}
    words: tuple[str | Path, ...] = ("node", program, address, *told)
    subprocess.run(words, env=environ, check=True)  # noqa: S603 - a page of our own
    return json.loads(file.read_text(encoding="utf-8"))


def _causes(report: Any, category: str) -> Iterator[str]:
    lost = [
        (one["weight"] * (1 - audit["score"]), one["id"], audit.get("displayValue", ""))
        for one in report["categories"][category]["auditRefs"]
        if (audit := report["audits"][one["id"]])["score"] is not None
    ]
    yield from (f"{name} {shown}".strip() for cost, name, shown in sorted(lost, reverse=True)[:3] if cost)


def _nu() -> Iterator[str]:
    """Yield every error and warning of the Nu checker in the sample pages."""
    jar = _fetched(NU) / "build" / "dist" / "vnu.jar"
    themes = read_themes(ROOT / "themes")
    with tempfile.TemporaryDirectory(prefix="ziwang-audit-") as name:
        write_gallery(themes, list(themes.themes), Path(name))
        files = [file for file in Path(name).rglob("*") if file.suffix in LOOKED_AT]
        told = ("-Xss2m", "-jar", jar, "--format", "json", *NU_WORDS)
        words: tuple[str | Path, ...] = ("java", *told, *files)
        ended = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - on our files
    messages = json.loads(ended.stderr)["messages"]
    wrong = [one for one in messages if not any(known in one["message"] for known in NOT_YET_KNOWN)]
    sys.stdout.write(f"{NU} 核对了 {len(files)} 个文件，{len(wrong)} 处有问题。\n")
    for one in wrong:
        file = one["url"].removeprefix(f"file:{name}/")
        yield f"{file} 第 {one.get('lastLine')} 行：{one['message']}"


if __name__ == "__main__":
    raise SystemExit(main())
