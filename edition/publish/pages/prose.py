"""Pages about the edition: the apparatus, the search, editors' prose, and the history of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.publish.views.changes import changes
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.viewer import Viewer, opening, plain

#: A part of a page whose heading has Latin letters only.
ENGLISH = re.compile(r"<h2>([A-Za-z ]+)</h2>(?:(?!<h2>).)*", re.DOTALL)


def apparatus_page(viewer: Viewer) -> Iterator[PageSpec]:
    """All entries of the apparatus, work by work; no page if there are none."""
    entries = viewer.edition.layers.apparatus
    works = [
        (work.title[viewer.script], [viewer.entry(e) for e in entries if e.anchor.passage.startswith(f"{slug}.")])
        for slug, work in viewer.edition.works.items()
    ]
    if entries:
        yield PageSpec("apparatus/", "pages/apparatus.html", {"works": works})


def search_page(viewer: Viewer) -> Iterator[PageSpec]:
    """The page of the search."""
    values = {"works": viewer.edition.corpus.works, "years": [year.year for year in viewer.years]}
    yield PageSpec("search/", "pages/search.html", values)


def prose_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """The pages of ``corpus/pages/``, and the history if there is one; each links to the others."""
    edition = viewer.edition
    paths = {page.slug: "about/" if page.slug == "about" else f"about/{page.slug}/" for page in edition.pages}
    links = [(page.title[viewer.script], paths[page.slug]) for page in edition.pages]
    if edition.bibliography.sources:
        links.append((viewer.t["bibliography"], "sources/"))
    if edition.history:
        links.append((viewer.t["history"], "about/history/"))
        values = {"changes": changes(viewer), "siblings": links}
        yield PageSpec("about/history/", "pages/history.html", values)
    for page in edition.pages:
        html = in_languages(viewer.prose(page.text))
        values = {"title": page.title[viewer.script], "html": html, "siblings": links, "opening": opening(plain(html))}
        yield PageSpec(paths[page.slug], "pages/prose.html", values)


def in_languages(html: str) -> str:
    """Make a part under an English heading a section of that language, with the heading as its id.

    >>> in_languages("<p>遼</p><h2>In English</h2><p>Liao</p>")
    '<p>遼</p><section id="in-english" lang="en"><h2>In English</h2><p>Liao</p></section>'
    """
    return ENGLISH.sub(
        lambda m: f'<section id="{m[1].lower().replace(" ", "-")}" lang="en">{m[0].rstrip()}</section>', html
    )
