"""Compare the largest contentful paint of pages with bare pages of the same text: ``python -m bench.paint [RUNS]``.

    python -m bench.paint        default: 15

A bare page has the same text in paragraphs, a doctype and a title, and nothing else. Both are opened alternately, each
time in a new browser profile with the CPU throttled four times, like that of a phone. Largest contentful paint, layout
shift and blocking time are those that the browser reports. The aim is a ratio of the medians of at most 1.20.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from html import escape
from pathlib import Path

import lxml.html
from playwright.sync_api import Browser, sync_playwright

from build import build
from tests.browser.chromium import find, flags
from tests.browser.server import serving

ROOT = Path(__file__).parents[1]
PAGES = ("", "year/1122/", "jinshi/2/tianfu6/1/1/", "event/zhongjing/", "synopsis/", "search/")
WATCH = """
window.seen = {paint: 0, shift: 0, blocked: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => seen.paint = e.startTime))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => seen.shift += e.value))
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => seen.blocked += Math.max(0, e.duration - 50)))
  .observe({type: 'longtask', buffered: true});
"""


def bare(page: Path) -> str:
    """Return a bare page with the text of a page."""
    document = lxml.html.parse(str(page)).getroot()
    blocks = document.xpath(
        "//main//*[self::p or self::li or self::dd or self::dt or self::h1 or self::h2 or self::td]"
    )
    words = (" ".join(block.text_content().split()) for block in blocks)
    body = "\n".join(f"<p>{escape(text)}</p>" for text in words if text)
    return f'<!doctype html><html lang="zh-Hant"><meta charset="utf-8"><title>{page.parent.name}</title>\n{body}\n'


def opened(browser: Browser, address: str) -> dict[str, float]:
    """Open a page with an empty cache; return paint (ms), layout shift and blocking time (ms)."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=1.75)
    context.add_init_script(WATCH)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(400)
    seen: dict[str, float] = page.evaluate("window.seen")
    context.close()
    return seen


def main() -> None:
    """Measure every page and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(ROOT / "corpus", site, "")
        for path in PAGES:
            target = site / "bare" / path / "index.html"
            target.parent.mkdir(parents=True)
            target.write_text(bare(site / path / "index.html"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find(), args=flags())
        with serving(site) as root:
            print(f"{'page':26}{'painted':>9}{'bare':>9}{'ratio':>7}{'shift':>8}{'blocked':>9}   medians of {runs}")
            for path in PAGES:
                pairs = [(opened(browser, f"{root}{path}"), opened(browser, f"{root}bare/{path}")) for _ in range(runs)]
                ours, plain = (statistics.median(pair[n]["paint"] for pair in pairs) for n in (0, 1))
                shift, blocked = max(p["shift"] for p, _ in pairs), statistics.median(p["blocked"] for p, _ in pairs)
                figures = f"{ours:6.0f} ms{plain:6.0f} ms{ours / plain:7.2f}{shift:8.3f}{blocked:6.0f} ms"
                print(f"{path or '(home)':26}{figures}", flush=True)


if __name__ == "__main__":
    main()
