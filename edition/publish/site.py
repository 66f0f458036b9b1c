"""The pages: which there are, at which address, from which template; in two trees, one for each script."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from edition.edition import Edition
from edition.fold import Folding
from edition.memo import Memo
from edition.model import SCRIPTS, Pair, Script
from edition.publish import citable, data, feed, offline, search
from edition.publish.citation import Citing
from edition.publish.concordance import event_pages, name_pages
from edition.publish.environment import TOP, environment_of, faults
from edition.publish.eras import bands, era_pages
from edition.publish.output import Files, Manifest, Written
from edition.publish.page import PageSpec, neighbours, numbers, who
from edition.publish.printing import context_of, page_of
from edition.publish.viewer import Viewer
from edition.publish.works import moved_pages, work_pages
from edition.record import Record, read_bytes, read_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "static"
SHEETS = ("tokens", "text", "synopsis", "pages")
"""The style sheets of every page, in this order: published as one, since a page is not painted before each has come."""
#: No script or style but the site's own files, no request to any other host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
#: Pages to which the head of every page leads; the home page is the first.
SECTIONS = frozenset({"", "synopsis/", "events/", "names/", "apparatus/", "search/"})
#: The same for hosts that read a file of headers (Netlify, Cloudflare Pages), with what only a header can say.
HEADERS = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'self'
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  X-Content-Type-Options: nosniff
"""


@dataclass(frozen=True)
class Site:
    """The files of a site: parts that can be made side by side, and those that tell of the others."""

    edition: Edition
    site_url: str
    """With a slash at the end; empty if it is not said."""
    downloads: bool
    """Whether there is what can be downloaded, beyond the data files in JSON, and the page that lists it."""
    environments: Mapping[Script, Environment]
    viewers: Mapping[Script, Viewer]
    commons: Mapping[Script, dict[str, Any]]
    """What every page of a tree is given."""
    strings: Mapping[str, Pair]
    memo: Memo

    @classmethod
    def of(cls, edition: Edition, site_url: str = "", *, only_html: bool = False, memo: Memo | None = None) -> Site:
        """The site of an edition. With a ``memo``, a page is printed again only if something on it has changed."""
        memo = memo or Memo(forgets=True)
        strings = memo.files("strings", lambda: _strings(TEMPLATES / "strings.yaml"), TEMPLATES / "strings.yaml")
        site_url = site_url or edition.corpus.about.site_url
        site_url = site_url and site_url.rstrip("/") + "/"
        viewers = {script: Viewer(edition, script, strings, memo) for script in SCRIPTS}
        environments = {script: environment_of(TEMPLATES, viewer.t) for script, viewer in viewers.items()}
        with faults(TEMPLATES):
            commons = {
                script: _common(environments[script], viewer, site_url, memo, downloads=not only_html)
                for script, viewer in viewers.items()
            }
        return cls(edition, site_url, not only_html, environments, viewers, commons, strings, memo)

    @property
    def parts(self) -> list[Callable[[], Files]]:
        """The two trees, and what can be downloaded."""
        made: list[Callable[[], Files]] = [*(partial(self.tree, script) for script in SCRIPTS), self.data]
        return [partial(_printed, part) for part in made]

    def tree(self, script: Script) -> Files:
        """The pages in one script, and its search."""
        viewer = self.viewers[script]
        for page in pages(viewer):
            yield self._page(script, page)
        yield from search.files(viewer, self._folded)
        if self.site_url:
            template = self.environments[script].get_template("opensearch.xml")
            description = template.render(self.commons[script] | {"site_url": self.site_url})
            yield _tree(script) + "opensearch.xml", description.encode()

    @cached_property
    def _folded(self) -> Folding:
        return search.fold_of(self.edition, self.memo)

    def data(self) -> Files:
        """What can be downloaded."""
        if self.downloads:
            from edition.publish import exports  # noqa: PLC0415 (slow to load, and only needed here)

            return exports.files(self.environments, self.viewers, self.site_url)
        return data.files(self.edition)

    def last(self, written: Manifest) -> Files:
        """The files that tell of the others, and those that only are copied."""
        return _printed(partial(self._last, written))

    def _last(self, written: Manifest) -> Files:
        addresses = [
            path.removesuffix("index.html")
            for path in written
            if path.endswith("index.html") and not path.startswith("hans/")
        ]
        if self.downloads:
            from edition.publish import exports  # noqa: PLC0415

            sizes = {path: file.size for path, file in written.items() if path.startswith(("data/", "dts/"))}
            page = PageSpec("data/", "data.html", exports.page(self.edition, sizes, self.site_url))
            yield from (self._page(script, page) for script in SCRIPTS)
            addresses.append(page.path)
        yield "data/english.json", _english(TEMPLATES / "english.yaml", self.strings)
        yield "data/addresses.json", json.dumps(addresses, ensure_ascii=False, separators=(",", ":")).encode()
        yield from feed.files(self.environments["hant"], self.viewers["hant"], addresses, self.site_url)
        yield "404.html", self._not_found()
        statics = _statics()
        yield from statics.items()
        shown = [file.digest for path, file in sorted(written.items()) if path.endswith((".html", ".json"))]
        digest = hashlib.sha256("".join(shown).encode() + b"".join(statics.values())).hexdigest()
        yield "sw.js", offline.worker(self.environments["hant"], self.edition, digest, statics, self._missing())
        yield "_headers", HEADERS.encode()
        yield ".nojekyll", b""

    def _page(self, script: Script, page: PageSpec) -> tuple[str, bytes]:
        """A page: printed, unless it was with the same values."""
        path = f"{_tree(script)}{page.path}index.html"
        return path, self.memo(path, lambda page, _: self._print(script, page), page, self.commons[script]["same"])

    def _print(self, script: Script, page: PageSpec) -> bytes:
        """A page, with the ways up to the root of its tree and of the site."""
        depth = page.path.count("/")
        root = "../" * depth or "./"
        return self._printed(script, page, root, root if script == "hant" else "../" * (depth + 1))

    def _not_found(self) -> bytes:
        """The page for addresses that do not exist: its links are from the root of the host, wherever it is shown."""
        root = "/" + self.site_url.split("//", 1)[-1].partition("/")[2] if self.site_url else "/"
        return self._printed("hant", PageSpec("", "404.html", {"lost": True}), root, root)

    def _missing(self) -> dict[str, str]:
        """For each tree, the page that stands offline for one that is not kept."""
        page = PageSpec(offline.HERE, "offline.html", {"lost": True})
        return {
            tree: self._printed(script, page, offline.SITE + tree, offline.SITE).decode()
            for script in SCRIPTS
            for tree in [_tree(script)]
        }

    def _printed(self, script: Script, page: PageSpec, root: str, top: str) -> bytes:
        own = {
            "here": page.path,
            "section": "about/" if page.path.startswith("about/") else page.path if page.path in SECTIONS else "-",
            "other": f"{TOP}{'hans/' if script == 'hant' else ''}{page.path}",
            "prev": page.prev,
            "next": page.next,
            "before": page.before,
            "after": page.after,
            "site_url": self.site_url,
        }
        return page_of(self.environments[script], page.template, self.commons[script] | page.values | own, root, top)


def files(edition: Edition, site_url: str = "", *, only_html: bool = False) -> Files:
    """Every file of the site, one after the other: path below it, and content."""
    site = Site.of(edition, site_url, only_html=only_html)
    written: dict[str, Written] = {}
    for part in site.parts:
        for path, content in part():
            written[path] = Written(len(content), hashlib.sha256(content).hexdigest())
            yield path, content
    yield from site.last(written)


def _printed(part: Callable[[], Files]) -> Files:
    """The files of a part; what is wrong in a template is told with its place."""
    with faults(TEMPLATES):
        yield from part()


def _statics() -> dict[str, bytes]:
    """What is copied, and the style sheets of every page as one."""
    sheets = [STATIC / f"{sheet}.css" for sheet in SHEETS]
    copied = {
        f"static/{source.relative_to(STATIC).as_posix()}": read_bytes(source)
        for source in sorted(set(STATIC.rglob("[!.]*")).difference(sheets))
        if source.is_symlink() or source.is_file()
    }
    return copied | {"static/site.css": b"".join(map(read_bytes, sheets))}


def _tree(script: Script) -> str:
    """Where the pages of a script are, below the site."""
    return "" if script == "hant" else "hans/"


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


def _common(environment: Environment, viewer: Viewer, site_url: str, memo: Memo, *, downloads: bool) -> dict[str, Any]:
    """What every page of a tree is given."""
    edition = viewer.edition
    common = {
        "t": viewer.t,
        "lost": False,
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
    templates = memo.files("templates", object, TEMPLATES)
    common["same"] = (templates, site_url, viewer.t, common["known_years"], common["has"], edition.corpus)
    return context_of(environment, common, Citing(viewer, site_url), memo)


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
