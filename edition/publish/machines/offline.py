"""The service worker, which stores pages for reading offline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition.model.scripts import SCRIPTS, Script
from edition.publish.render.tree import Tree
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.placeholders import HERE, ROOT, TOP


def worker(trees: Mapping[Script, Tree], digest: str, statics: Iterable[str]) -> bytes:
    """Return sw.js: it stores the table of years, the years, the works and the search of this release.

    ``digest`` tells one build from another; ``statics`` are the paths of the static files. For a page that is not
    stored it shows one that says so.
    """
    edition = trees["hant"].viewer.edition
    pages = ["", "synopsis/", "search/", *(f"year/{y.year}/" for y in edition.years), *(f"{w}/" for w in edition.works)]
    pages += ["about/" if page.slug == "about" else f"about/{page.slug}/" for page in edition.pages]
    kept = [f"./{prefix}{page}" for prefix in ("", "hans/") for page in pages]
    kept += [
        *statics,
        *(f"data/search/{script}{part}.json" for script in SCRIPTS for part in ("", ".notes")),
        "data/english.json",
    ]
    store = f"annals {edition.corpus.about.release} {digest[:12]}"
    values = {
        "store": store,
        "kept": kept,
        "missing": {tree.prefix: tree.unfilled(PageSpec(HERE, "pages/offline.html")) for tree in trees.values()},
        "placeholders": {"root": ROOT, "top": TOP, "here": HERE},
    }
    return trees["hant"].templates.render("machines/sw.js", values).encode()
