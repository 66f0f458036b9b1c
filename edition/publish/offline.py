"""The worker that keeps pages for reading without a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jinja2 import Environment

from edition.edition import Edition
from edition.model import SCRIPTS

#: Stand in the page for what is not kept; the worker puts in the path of the site and, below its tree, of the page.
SITE, HERE = "%SITE%", "%HERE%"


def worker(
    environment: Environment, edition: Edition, digest: str, statics: Iterable[str], missing: Mapping[str, str]
) -> bytes:
    """What reads without a network: the table of years, the years, the works, the search, of this very release.

    ``missing`` has for each tree the page that says that a page is not kept.
    """
    pages = ["", "synopsis/", "search/", *(f"year/{y.year}/" for y in edition.years), *(f"{w}/" for w in edition.works)]
    pages += ["about/" if page.slug == "about" else f"about/{page.slug}/" for page in edition.pages]
    kept = [f"./{tree}{page}" for tree in ("", "hans/") for page in pages]
    kept += [
        *statics,
        *(f"data/search/{script}{part}.json" for script in SCRIPTS for part in ("", ".notes")),
        "data/english.json",
    ]
    store = f"annals {edition.corpus.about.release} {digest[:12]}"
    return environment.get_template("sw.js").render({"store": store, "kept": kept, "missing": missing}).encode()
