"""The worker that keeps pages for reading without a network."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import Environment

from edition.edition import Edition
from edition.model.scripts import SCRIPTS


def worker(environment: Environment, edition: Edition, digest: str, statics: Iterable[str]) -> bytes:
    """What reads without a network: the table of years, the years, the works, the search, of this very release."""
    pages = ["", "synopsis/", "search/", *(f"year/{y.year}/" for y in edition.years), *(f"{w}/" for w in edition.works)]
    pages += ["about/" if page.slug == "about" else f"about/{page.slug}/" for page in edition.pages]
    kept = [f"./{tree}{page}" for tree in ("", "hans/") for page in pages]
    kept += [
        *statics,
        *(f"data/search/{script}{part}.json" for script in SCRIPTS for part in ("", ".notes")),
        "404.html",
    ]
    store = f"annals {edition.corpus.about.release} {digest[:12]}"
    return environment.get_template("machines/sw.js").render({"store": store, "kept": kept}).encode()
