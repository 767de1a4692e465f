"""python3 wsgi.py matrix: axe on every kind of page in every theme, palette, mode and width.

The pages are the samples of flask themes preview, opened from the disk. Each look that has a fault is named,
and any ends the command with an error. The ordinary tests go through a covering part of the same looks.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.theming.registry import read_themes
from bench.looks import Look, Wardrobe, covering, every_look, faults
from deploy.bootstrap.places import ROOT
from tests.engines.chromium import chromium

_OFTEN = 200
#: Prime, so that neighbours differ in every way.
_STRIDE = 37


def main() -> int:
    """Go through all looks, or those asked for, and name what is wrong."""
    asked = _words()
    themes = read_themes(ROOT / "themes")
    if unknown := [name for name in asked.themes if name not in themes.themes]:
        sys.stderr.write(f"没有主题 {unknown[0]}，现有的是 {'、'.join(themes.themes)}。\n")
        return 1
    looks = [look for look in every_look(themes) if not asked.themes or look.theme in asked.themes]
    looks = covering(looks) if asked.covering else _spread(looks)
    found = chromium()
    os.environ.update(found.environment)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="ziwang-matrix-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found.executable), args=list(found.arguments))
        for count, (look, said) in enumerate(faults(browser, Wardrobe(themes, Path(folder)), looks), 1):
            wrong += bool(said)
            for says in said:
                sys.stdout.write(f"{look}：{says}\n")
                sys.stdout.flush()
            if count % _OFTEN == 0:
                sys.stderr.write(f"已检查 {count}/{len(looks)}\n")
        browser.close()
    sys.stdout.write(f"检查了 {len(looks)} 种外观，{wrong} 种有问题。\n")
    return 1 if wrong else 0


def _spread(looks: list[Look]) -> list[Look]:
    """Put first what differs most, so that a run that is ended early has seen something of everything."""
    return [look for first in range(_STRIDE) for look in looks[first::_STRIDE]]


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wsgi.py matrix", description=__doc__)
    parser.add_argument("themes", nargs="*", help="only these themes")
    parser.add_argument("--covering", action="store_true", help="only what the ordinary tests look at")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
