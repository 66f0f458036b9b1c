"""The bibliography for programs: ``sources.json``."""

from __future__ import annotations

from typing import Any

from edition.edition import Edition
from edition.model.sources import Source


def entries(edition: Edition, base: str) -> list[dict[str, Any]]:
    """Every source, in the order of the bibliography, with who cites it."""
    return [_source(source, edition.cited_by.get(source.key, ()), base) for source in edition.bibliography.sources]


def _source(source: Source, cited: tuple[str, ...], base: str) -> dict[str, Any]:
    places = [at.partition("/") for at in cited]
    return {
        "key": source.key,
        "title": source.title,
        "names": list(source.names),
        "author": source.author or None,
        "date": source.date or None,
        "juan": source.juan or None,
        "kind": source.kind,
        "copies": [{"name": copy.name, "about": copy.about or None, "seen": copy.seen} for copy in source.copies],
        "seen": source.seen,
        "via": source.via or None,
        "quoted_in": source.quoted_in or None,
        "about": source.about or None,
        "link": source.link or None,
        "cited_by": {
            "passages": [kind for kind, slash, _ in places if not slash],
            "events": [id_ for kind, _, id_ in places if kind == "event"],
            "names": [id_ for kind, _, id_ in places if kind == "name"],
        },
        "url": f"{base}sources/#{source.key}",
    }
