"""Print Lighthouse's scores of five pages on a simulated phone: ``python -m bench.lighthouse``.

Also prints the ratio of the largest contentful paint to that of a bare page with the same text (`bench.paint`); the aim
is at most 1.20. npx downloads Lighthouse on first use. The site is served with gzip, as by most static hosts.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import build
from bench.paint import bare
from tests.browser import chromium

PAGES = ("", "year/1122/", "jinshi/2/tianfu4/5/1/", "search/?q=粘罕", "event/zhongjing/")
COMMAND = ("npx", "--yes", "lighthouse@12.8.2", "--quiet", "--output=json", "--output-path=stdout")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")


class _Compressing(SimpleHTTPRequestHandler):
    """Serves gzip over persistent connections, with a long cache lifetime for static files."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=31536000" if "static" in path.parts else "max-age=600")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Log nothing."""


def scores(address: str, *, quiet: bool = False) -> dict[str, float]:
    """Return the four scores of a page (0 – 100), its paint and blocking time in ms, and its layout shift."""
    flags = " ".join(["--headless=new", *chromium.flags()])
    environment = os.environ | {"CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(
        [*COMMAND, f"--chrome-flags={flags}", address], capture_output=True, text=True, check=True, env=environment
    )
    report = json.loads(done.stdout)
    values: dict[str, float] = {name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES}
    for audit in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"):
        values[audit] = report["audits"][audit]["numericValue"]
    for name in () if quiet else CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                sys.stderr.write(f"  {address}: {name}: {audit['title']} {audit.get('displayValue', '')}\n")
    return values


def measure(site: Path) -> None:
    """Build the site as it would be published, serve it, and print the scores of its pages."""
    handler = partial(_Compressing, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        build.main(["--out", str(site), "--site-url", address])
        Thread(target=server.serve_forever, daemon=True).start()
        for page in PAGES:
            values = scores(address + page)
            folder, _, asked = page.partition("?")
            plain = site / "bare" / folder / "index.html"
            plain.parent.mkdir(parents=True, exist_ok=True)
            plain.write_text(bare(site / folder / "index.html"), encoding="utf-8")
            paint = "largest-contentful-paint"
            ratio = values[paint] / scores(f"{address}bare/{folder}", quiet=True)[paint]
            line = "  ".join(f"{name} {value:.4g}" for name, value in values.items())
            beside = "" if asked else f"  to a bare page {ratio:.2f}"  # the bare page has no search results
            sys.stdout.write(f"/{page}\n  {line}{beside}\n")
        server.shutdown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "site")
