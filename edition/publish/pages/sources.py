"""The bibliography: every book that the layers cite, and who cites it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edition.model.kinds import SOURCE_KINDS
from edition.model.sources import Source
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.viewer import Viewer

#: How many of the places that cite a book its entry links to.
SHOWN = 6


def sources_page(viewer: Viewer) -> Iterator[PageSpec]:
    """The bibliography, kind by kind in the order of ``sources.yaml``; no page if there is none."""
    sources = viewer.edition.bibliography.sources
    if not sources:
        return
    kinds = [(kind, [_entry(viewer, s) for s in sources if s.kind == kind]) for kind in SOURCE_KINDS]
    yield PageSpec("sources/", "pages/sources.html", {"kinds": [found for found in kinds if found[1]]})


def _entry(viewer: Viewer, source: Source) -> dict[str, Any]:
    """What the page prints of a book."""
    convert = viewer.convert
    cited = viewer.edition.cited_by.get(source.key, ())
    quoting = viewer.edition.bibliography.by_key.get(source.quoted_in)
    return {
        "key": source.key,
        "title": convert(source.title),
        "link": source.link,
        "author": convert(source.author),
        "date": convert(source.date),
        "juan": source.juan,
        "copies": [(convert(copy.name), convert(copy.about), copy.seen) for copy in source.copies],
        "seen": source.seen,
        "via": convert(source.via),
        "quoted_in": (quoting.key, convert(quoting.title)) if quoting else None,
        "about": convert(source.about),
        "cited": len(cited),
        "places": _first(viewer, cited),
    }


def _first(viewer: Viewer, cited: tuple[str, ...]) -> list[tuple[str, str]]:
    """The first places that cite a book, none of the same name as one before it."""
    found: dict[str, str] = {}
    for at in cited:
        if len(found) == SHOWN:
            break
        if place := cited_at(viewer, at):
            found.setdefault(*place)
    return list(found.items())


def cited_at(viewer: Viewer, at: str) -> tuple[str, str] | None:
    """Name and address of a place that cites a source: a passage, an event, a name."""
    edition = viewer.edition
    if at in edition.passages:
        passage = viewer.passage(at)
        return f"{passage.work}{passage.label}{passage.when}", passage.url
    kind, _, id_ = at.partition("/")
    named = edition.layers.events if kind == "event" else edition.layers.names
    found = next((thing for thing in named if thing.id == id_), None)
    if found is None:
        return None
    title = found.title if hasattr(found, "title") else found.name
    return title[viewer.script], f"{at}/"
