"""Take screenshots of every kind of page: ``python -m bench.screens FOLDER [KIND …]``.

Takes them from the built ``site/``, 360, 768, 1280 and 1920 pixels wide, light and dark, in both scripts.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.conftest import Scheme
from tests.browser.server import serving
from tests.browser.test_reading import KINDS

WIDTHS = (360, 768, 1280, 1920)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def take(folder: Path, kinds: list[str]) -> int:
    """Write the screenshots into a folder and return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Path(__file__).parent.parent / "site"
    count = 0
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        for width, scheme in product(WIDTHS, SCHEMES):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for kind, (tree, script) in product(kinds, (("", "hant"), ("hans/", "hans"))):
                page.goto(f"{address}{tree}{KINDS[kind]}")
                page.screenshot(path=folder / f"{kind}-{width}-{scheme}-{script}.png", full_page=True)
                count += 1
            page.close()
        browser.close()
    return count


if __name__ == "__main__":
    wanted = sys.argv[2:] or list(KINDS)
    sys.stdout.write(f"{take(Path(sys.argv[1]), wanted)} screenshots in {sys.argv[1]}\n")
