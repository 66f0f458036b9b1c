"""The worker that keeps pages for reading without a network."""

from __future__ import annotations

from collections.abc import Iterable

from edition.model.scripts import SCRIPTS
from edition.publish.render.tree import Tree


def worker(tree: Tree, digest: str, statics: Iterable[str]) -> bytes:
    """What reads without a network: the table of years, the years, the works, the search, of this very release."""
    edition = tree.viewer.edition
    pages = ["", "synopsis/", "search/", *(f"year/{y.year}/" for y in edition.years), *(f"{w}/" for w in edition.works)]
    pages += ["about/" if page.slug == "about" else f"about/{page.slug}/" for page in edition.pages]
    kept = [f"./{prefix}{page}" for prefix in ("", "hans/") for page in pages]
    kept += [
        *statics,
        *(f"data/search/{script}{part}.json" for script in SCRIPTS for part in ("", ".notes")),
        "404.html",
    ]
    store = f"annals {edition.corpus.about.release} {digest[:12]}"
    return tree.file("machines/sw.js", {"store": store, "kept": kept}, "./")
