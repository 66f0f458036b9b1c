"""The Atom feed of changes to the text, the sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from edition.publish.render.tree import Tree
from edition.publish.views.changes import changes, urn


def files(tree: Tree, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The feed; if the address of the site is known also sitemap.xml and robots.txt, which need absolute URLs."""
    viewer, site_url = tree.viewer, tree.site_url
    edition = viewer.edition
    values: dict[str, Any] = {
        "id": urn(edition, ""),
        "changes": changes(viewer),
        # The corpus knows no date of a single page, and a build has no clock: all are as old as the latest change.
        "changed": max([edition.corpus.about.released, *(change.date for change in edition.history)]),
        "addresses": list(addresses),
    }
    names = ("feed.xml", "sitemap.xml", "robots.txt") if site_url else ("feed.xml",)
    for name in names:
        yield name, tree.file(f"machines/{name}", values, site_url or "./")
