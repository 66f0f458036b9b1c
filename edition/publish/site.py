"""The pages: which there are, at which address, from which template; in two trees, one for each script."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from edition.edition import Edition
from edition.model import SCRIPTS, Pair, Script
from edition.publish import citable, data, exports, feed, offline, search
from edition.publish.citation import Citing
from edition.publish.concordance import event_pages, name_pages
from edition.publish.eras import bands, era_pages
from edition.publish.page import PageSpec, neighbours, numbers, who
from edition.publish.printing import Blocks, environment_of
from edition.publish.viewer import Viewer
from edition.publish.works import moved_pages, work_pages
from edition.record import Record, read_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "static"
#: No script or style but the site's own files, no request to any other host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
#: The same for hosts that read a file of headers (Netlify, Cloudflare Pages), with what only a header can say.
HEADERS = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'self'
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  X-Content-Type-Options: nosniff
"""


def files(edition: Edition, site_url: str = "", *, only_html: bool = False) -> Iterator[tuple[str, bytes]]:
    """Every file of the site: pages of both trees, data, and what is copied.

    ``only_html`` leaves out what can be downloaded, but for the data files in JSON, and the page that lists it.
    """
    strings = _strings(TEMPLATES / "strings.yaml")
    environment = environment_of(TEMPLATES)
    site_url = site_url or edition.corpus.about.site_url
    site_url = site_url and site_url.rstrip("/") + "/"
    viewers = {script: Viewer(edition, script, strings) for script in SCRIPTS}
    commons = {script: _common(viewer, site_url, downloads=not only_html) for script, viewer in viewers.items()}
    addresses: dict[str, None] = {}
    digest = hashlib.sha256()
    folded = search.fold_of(edition)
    for script, viewer in viewers.items():
        common = commons[script] | {"block": Blocks(environment, commons[script])}
        for page in pages(viewer):
            html = _render(environment, page, common, site_url)
            digest.update(html)
            yield _placed(script, page.path), html
            addresses[page.path] = None
        yield from search.files(viewer, folded)
        if site_url:
            description = environment.get_template("opensearch.xml").render(common | {"site_url": site_url})
            yield ("" if script == "hant" else "hans/") + "opensearch.xml", description.encode()
    sizes: dict[str, int] = {}
    for path, content in data.files(edition) if only_html else exports.files(environment, viewers, site_url):
        sizes[path] = len(content)
        yield path, content
    if not only_html:
        page = PageSpec("data/", "data.html", exports.page(edition, sizes, site_url))
        for script, common in commons.items():
            yield _placed(script, page.path), _render(environment, page, common, site_url)
        addresses[page.path] = None
    yield "data/english.json", _english(TEMPLATES / "english.yaml", strings)
    yield "data/addresses.json", json.dumps(list(addresses), ensure_ascii=False, separators=(",", ":")).encode()
    yield from feed.files(environment, viewers["hant"], addresses, site_url)
    yield "404.html", _not_found(environment, commons["hant"], site_url)
    statics = []
    for source in sorted(STATIC.rglob("*")):
        if source.is_file():
            content = source.read_bytes()
            digest.update(content)
            statics.append(f"static/{source.relative_to(STATIC).as_posix()}")
            yield statics[-1], content
    yield "sw.js", offline.worker(environment, edition, digest.hexdigest(), statics)
    yield "_headers", HEADERS.encode()
    yield ".nojekyll", b""


def _placed(script: Script, path: str) -> str:
    """The file of a page of a tree."""
    return ("" if script == "hant" else "hans/") + f"{path}index.html"


def _english(path: Path, strings: Mapping[str, Pair]) -> bytes:
    """The words of the interface, in either script, with what they are in English."""
    record = Record(read_yaml(path), "table of words")
    english = {key: record.text(key) for key in dict(record.rest())}
    found = {strings[key][script]: words for script in SCRIPTS for key, words in english.items()}
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _strings(path: Path) -> dict[str, Pair]:
    """The words of the interface, in both scripts."""
    record = Record(read_yaml(path), "table of words")
    return {key: record.pair(key) for key in dict(record.rest())}


def _common(viewer: Viewer, site_url: str, *, downloads: bool) -> dict[str, Any]:
    """What every page of a tree is given."""
    edition = viewer.edition
    return {
        "t": viewer.t,
        "lost": False,
        "citing": Citing(viewer, site_url),
        "about": edition.corpus.about,
        "title_of_site": edition.corpus.about.title[viewer.script],
        "script": viewer.script,
        "known_years": {year.year for year in edition.years},
        "policy": POLICY,
        "has": {
            "data": downloads,
            "events": bool(edition.layers.events),
            "names": bool(edition.layers.names),
            "books": any(name.kind == "book" for name in edition.layers.names),
            "apparatus": bool(edition.layers.apparatus),
            "about": any(page.slug == "about" for page in edition.pages),
        },
    }


def _render(environment: Environment, page: PageSpec, common: dict[str, Any], site_url: str) -> bytes:
    """A page, with the ways up to the root of its tree and of the site."""
    depth = page.path.count("/")
    root = "../" * depth or "./"
    hant = common["script"] == "hant"
    top = root if hant else "../" * (depth + 1)
    own = {
        "root": root,
        "top": top,
        "here": page.path,
        "other": f"{top}hans/{page.path}" if hant else f"{top}{page.path}",
        "prev": page.prev,
        "next": page.next,
        "before": page.before,
        "after": page.after,
        "site_url": site_url,
    }
    return environment.get_template(page.template).render(common | page.values | own).encode()


def _not_found(environment: Environment, common: dict[str, Any], site_url: str) -> bytes:
    """The page for addresses that do not exist: its links are from the root of the host, wherever it is shown."""
    root = "/" + site_url.split("//", 1)[-1].partition("/")[2] if site_url else "/"
    page = PageSpec("", "404.html", {"lost": True})
    html = _render(environment, page, common, site_url).decode()
    return html.replace('="./', f'="{root}').encode()


def pages(viewer: Viewer) -> Iterator[PageSpec]:
    """All pages of a tree."""
    edition = viewer.edition
    years = viewer.years
    yield PageSpec(
        "",
        "home.html",
        {"years": years, "largest": max((c.size for y in years for c in y.columns), default=1)} | bands(viewer),
    )
    for i, year in enumerate(years):
        yield PageSpec(
            f"year/{year.year}/",
            "year.html",
            {
                "year": year,
                "numbers": numbers(year.passages),
                "who": who(viewer, year.passages),
                "cited": citable.of_year(viewer, year),
            },
            **neighbours([(f"year/{y.year}/", f"{y.year} {y.ganzhi}") for y in years], i),
        )
    passages = [passage for year in years for passage in year.passages]
    values = {"years": years, "numbers": numbers(passages), "who": who(viewer, passages)}
    yield PageSpec("synopsis/", "synopsis.html", values)
    yield from work_pages(viewer)
    yield from moved_pages(viewer)
    yield from era_pages(viewer)
    if edition.layers.apparatus:
        works = [
            (
                work.title[viewer.script],
                [viewer.entry(e) for e in edition.layers.apparatus if e.anchor.passage.startswith(f"{slug}.")],
            )
            for slug, work in edition.works.items()
        ]
        yield PageSpec("apparatus/", "apparatus.html", {"works": works})
    searched = {"works": edition.corpus.works, "years": [year.year for year in years]}
    yield PageSpec("search/", "search.html", searched)
    for spec in (*event_pages(viewer), *name_pages(viewer)):
        yield PageSpec(*spec)
    links = [(p.title[viewer.script], "about/" if p.slug == "about" else f"about/{p.slug}/") for p in edition.pages]
    if edition.history:
        links.append((viewer.t["history"], "about/history/"))
        yield PageSpec("about/history/", "history.html", {"changes": feed.changes(viewer), "siblings": links})
    for page in edition.pages:
        path = "about/" if page.slug == "about" else f"about/{page.slug}/"
        values = {"title": page.title[viewer.script], "html": viewer.prose(page.text)}
        yield PageSpec(path, "prose.html", values | {"siblings": links})
