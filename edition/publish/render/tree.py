"""Render the pages of one script: the tree of Traditional pages at the root, or that of Simplified ones under hans/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edition.cache.memo import Memo
from edition.model.scripts import Script
from edition.publish.cite.linked import Linked
from edition.publish.cite.patterns import Citing
from edition.publish.render.jinja import Markup, Templates
from edition.publish.render.policy import POLICY
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.placeholders import ROOT, TOP, NoteNumber, fill_notes, fill_paths
from edition.publish.views.values import PassageView
from edition.publish.views.viewer import Viewer

#: Pages to which the head of every page leads; the home page is the first.
SECTIONS = frozenset({"", "synopsis/", "events/", "names/", "apparatus/", "search/"})


class Tree:
    """The pages in one script, and what all of them share."""

    def __init__(self, viewer: Viewer, folder: Path, site_url: str, memo: Memo, *, downloads: bool) -> None:
        """Prepare the templates of ``folder``.

        ``site_url`` ends with a slash or is empty. With ``downloads`` pages link to the page of the data.
        """
        edition = viewer.edition
        self.viewer, self.site_url, self.memo = viewer, site_url, memo
        known_years = {year.year for year in edition.years}
        has = {
            "data": downloads,
            "events": bool(edition.layers.events),
            "names": bool(edition.layers.names),
            "books": any(name.kind == "book" for name in edition.layers.names),
            "apparatus": bool(edition.layers.apparatus),
            "sources": bool(edition.bibliography.sources),
            "about": any(page.slug == "about" for page in edition.pages),
        }
        self.citing = Citing(viewer, site_url)
        self.linked = Linked(viewer, site_url, TOP)
        shared = {
            "t": viewer.t,
            "about": edition.corpus.about,
            "title_of_site": edition.corpus.about.title[viewer.script],
            "script": viewer.script,
            "known_years": known_years,
            "policy": POLICY,
            "has": has,
            "citing": self.citing,
            "linked": self.linked,
            "root": ROOT,
            "top": TOP,
            "site_url": site_url,
            "passage_html": self._passage,
        }
        self.templates = Templates(folder, shared)
        templates = memo.files("templates", object, folder)
        #: What a page shows beside its own values. A page is rendered again if this or its values have changed.
        self._depends_on = (templates, site_url, viewer.t, known_years, has, edition.corpus)
        self._passages: dict[str, str] = {}

    @property
    def script(self) -> Script:
        """The script of the tree."""
        return self.viewer.script

    @property
    def prefix(self) -> str:
        """The folder of the tree below the site, with a slash; empty for Traditional."""
        return "" if self.script == "hant" else "hans/"

    def page(self, page: PageSpec) -> tuple[str, bytes]:
        """The path of a page below the site, and its content."""
        path = f"{self.prefix}{page.path}index.html"
        return path, self.memo(path, lambda page, _: self._page(page), page, self._depends_on)

    def _page(self, page: PageSpec) -> bytes:
        depth = page.path.count("/")
        root = "../" * depth or "./"
        return self._render(page, root, root if self.script == "hant" else "../" * (depth + 1))

    def lost(self) -> bytes:
        """The page for addresses that do not exist, with links from the root of the host: it is shown anywhere."""
        root = "/" + self.site_url.split("//", 1)[-1].partition("/")[2] if self.site_url else "/"
        return self._render(PageSpec("", "pages/404.html"), root, root)

    def _render(self, page: PageSpec, root: str, top: str) -> bytes:
        return fill_paths(self.unfilled(page), root, top).encode()

    def unfilled(self, page: PageSpec) -> str:
        """A page that may stand at any address: its paths are still placeholders."""
        around = {
            "here": page.path,
            "section": "about/"
            if page.path.startswith(("about/", "sources/"))
            else page.path
            if page.path in SECTIONS
            else "-",
            "other": f"{TOP}{'hans/' if self.script == 'hant' else ''}{page.path}",
            "prev": page.prev,
            "next": page.next,
            "before": page.before,
            "after": page.after,
        }
        return self.templates.render(page.template, page.values | around)

    def file(self, template: str, values: Mapping[str, Any], top: str) -> bytes:
        """A file that is no page, with addresses that begin with ``top``."""
        return fill_paths(self.templates.render(template, values), top, top).encode()

    def _passage(self, passage: PassageView, first: int) -> Markup:
        """A passage with its notes, rendered once for all pages that show it, from its note number ``first`` on."""
        if passage.id not in self._passages:
            key = ("passage", self.script, passage.id)
            self._passages[passage.id] = self.memo(key, self._rendered_passage, passage, self._depends_on)
        return Markup(fill_notes(self._passages[passage.id], first))

    def _rendered_passage(self, passage: PassageView, _: object) -> str:
        return self.templates.render("shell/passage.html", {"p": passage, "first": NoteNumber()})
