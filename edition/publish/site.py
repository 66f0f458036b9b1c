"""The site: which parts it has, and in which order they are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from edition.cache.memo import Memo
from edition.edition import Edition
from edition.model.scripts import SCRIPTS, Pair, Script
from edition.paths import STATIC, TEMPLATES
from edition.publish.downloads import collect, data, listing
from edition.publish.folder.write import Files, Manifest, Written
from edition.publish.machines import feed, offline
from edition.publish.machines.headers import headers
from edition.publish.pages.days import day_pages
from edition.publish.pages.eclipses import eclipses_page
from edition.publish.pages.eras import era_pages
from edition.publish.pages.events import event_pages
from edition.publish.pages.home import home_page
from edition.publish.pages.maps import map_page
from edition.publish.pages.names import name_pages
from edition.publish.pages.prose import apparatus_page, prose_pages, search_page
from edition.publish.pages.retired import retired_pages
from edition.publish.pages.river import river_page
from edition.publish.pages.sources import sources_page
from edition.publish.pages.who import who_page
from edition.publish.pages.works import moved_pages, work_pages
from edition.publish.pages.years import year_pages
from edition.publish.render.jinja import template_errors
from edition.publish.render.tree import Tree
from edition.publish.search import index
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.viewer import Viewer
from edition.publish.words import english_labels, read_words
from edition.read.files import read_bytes
from edition.rules.fold import Folding

#: The style sheets of every page, in this order. They are published as one file: each request delays the first paint.
SHEETS = ("base/tokens", "base/text", "base/pictures", "pages/synopsis", "pages/vertical", "pages/pages")


@dataclass(frozen=True)
class Site:
    """The files of a site: first those made from the edition, then those that depend on the content of the others."""

    edition: Edition
    site_url: str
    """With a slash at the end; empty if it is not said."""
    downloads: bool
    """Whether there are downloads beyond the JSON files, and the page that lists them."""
    trees: Mapping[Script, Tree]
    words: Mapping[str, Pair]
    """The words of the interface."""
    memo: Memo

    @classmethod
    def of(cls, edition: Edition, site_url: str = "", *, only_html: bool = False, memo: Memo | None = None) -> Site:
        """The site of an edition. With a ``memo`` a page is rendered again only if something on it has changed."""
        memo = memo or Memo(forgets=True)
        table = TEMPLATES / "words" / "strings.yaml"
        words = memo.files("words", lambda: read_words(table), table)
        site_url = site_url or edition.corpus.about.site_url
        site_url = site_url and site_url.rstrip("/") + "/"
        trees = {
            script: Tree(Viewer(edition, script, words, memo), TEMPLATES, site_url, memo, downloads=not only_html)
            for script in SCRIPTS
        }
        return cls(edition, site_url, not only_html, trees, words, memo)

    def files(self) -> Files:
        """The pages in both scripts with their search, and the data."""
        with template_errors(TEMPLATES):
            for tree in self.trees.values():
                yield from self._tree(tree)
            if self.downloads:
                yield from collect.files(self.trees, self.site_url)
            else:
                yield from data.files(self.edition, self.site_url, data.lists(self.edition, self.site_url))

    def _tree(self, tree: Tree) -> Files:
        for page in pages(tree.viewer):
            yield tree.page(page)
        yield from index.files(tree.viewer, self._folding)
        if self.site_url:
            description = tree.file("machines/opensearch.xml", {}, self.site_url)
            yield tree.prefix + "opensearch.xml", description

    def _titles(self) -> dict[Pair, str]:
        """The titles of pages of prose in English."""
        return {page.title: page.english for page in self.edition.pages if page.english}

    def _names(self) -> Iterator[Pair]:
        """The names that labels mention: the edition, its works and their juan, states and eras."""
        yield self.edition.corpus.about.title
        for work in self.edition.works.values():
            yield from (work.title, *(juan.chapter for juan in work.juans))
        calendar = self.edition.corpus.calendar
        yield from (state.name for state in calendar.states)
        yield from (era.name for era in calendar.era_by_code.values())

    @cached_property
    def _folding(self) -> Folding:
        return index.fold_of(self.edition, self.memo)

    def last(self, written: Manifest) -> Files:
        """The files that depend on the others (lists, digests), and static files."""
        with template_errors(TEMPLATES):
            yield from self._last(written)

    def _last(self, written: Manifest) -> Files:
        tree = self.trees["hant"]
        addresses = [
            path.removesuffix("index.html")
            for path in written
            if path.endswith("index.html") and not path.startswith("hans/")
        ]
        if self.downloads:
            sizes = {path: file.size for path, file in written.items() if path.startswith(("data/", "dts/"))}
            page = PageSpec("data/", "pages/data.html", listing.page(self.edition, sizes, self.site_url))
            yield from (own.page(page) for own in self.trees.values())
            addresses.append(page.path)
        yield (
            "data/english.json",
            english_labels(TEMPLATES / "words" / "english.yaml", self.words, self._names(), self._titles()),
        )
        yield "data/addresses.json", json.dumps(addresses, ensure_ascii=False, separators=(",", ":")).encode()
        yield from feed.files(tree, addresses)
        yield "404.html", tree.lost()
        statics = _statics()
        yield from statics.items()
        shown = [file.digest for path, file in sorted(written.items()) if path.endswith((".html", ".json"))]
        digest = hashlib.sha256("".join(shown).encode() + b"".join(statics.values())).hexdigest()
        yield "sw.js", offline.worker(self.trees, digest, statics)
        yield "_headers", headers(written, self.edition.works, self.site_url).encode()
        yield ".nojekyll", b""


def files(edition: Edition, site_url: str = "", *, only_html: bool = False) -> Files:
    """Every file of the site, one after the other: path below it, and content."""
    site = Site.of(edition, site_url, only_html=only_html)
    written: dict[str, Written] = {}
    for path, content in site.files():
        written[path] = Written.of(content)
        yield path, content
    yield from site.last(written)


def _statics() -> dict[str, bytes]:
    """The static files, with the style sheets of every page joined into site.css."""
    sheets = [STATIC / f"{sheet}.css" for sheet in SHEETS]
    copied = {
        f"static/{source.relative_to(STATIC).as_posix()}": read_bytes(source)
        for source in sorted(set(STATIC.rglob("[!.]*")).difference(sheets))
        if source.is_symlink() or source.is_file()
    }
    return copied | {"static/site.css": b"".join(map(read_bytes, sheets))}


def pages(viewer: Viewer) -> Iterator[PageSpec]:
    """All pages of a tree."""
    yield from home_page(viewer)
    yield from year_pages(viewer)
    yield from work_pages(viewer)
    yield from moved_pages(viewer)
    yield from day_pages(viewer)
    yield from era_pages(viewer)
    yield from apparatus_page(viewer)
    yield from search_page(viewer)
    yield from event_pages(viewer)
    yield from eclipses_page(viewer)
    yield from name_pages(viewer)
    yield from who_page(viewer)
    yield from map_page(viewer)
    yield from river_page(viewer)
    yield from retired_pages(viewer)
    yield from sources_page(viewer)
    yield from prose_pages(viewer)
