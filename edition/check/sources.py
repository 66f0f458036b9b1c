"""What layers cite: books that the bibliography has not, juan that are not named, books not seen that do not say so.

Without ``sources.yaml`` a corpus is asked for none of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.edition import Edition
from edition.emend.citations import citations
from edition.model.findings import Finding
from edition.read.sources import FILE


def sources(edition: Edition) -> Iterator[Finding]:
    """Citations that the bibliography does not resolve, or that say less than a reader needs to find the place."""
    bibliography = edition.bibliography
    if not bibliography.sources:
        return
    for citation in citations(edition.layers):
        place, at = citation.place, (str(citation.place), citation.at.rpartition("/")[2])
        cited = bibliography.resolve(citation.written)
        if cited is None or cited.unknown:
            name = cited.unknown if cited else citation.written
            message = f"「{name}」 in 「{citation.written}」 is no book of {FILE}: enter it, or write a name it has"
            yield Finding("SOURCE-UNKNOWN", place, message, at, citation.written)
            continue
        if cited.source.juan and not cited.juan and not cited.front and not cited.unseen:
            message = f"「{citation.written}」 names no juan, and {cited.source.title} has {cited.source.juan}: add it"
            yield Finding("SOURCE-JUAN", place, message, at, citation.written)
        if not cited.source.seen and not cited.unseen:
            message = f"「{citation.written}」 was not seen, says {FILE}: end it with （未見） or （未見，據…轉引）"
            yield Finding("SOURCE-UNSEEN", place, message, at, citation.written)
    for event in edition.layers.events:
        for other in event.others:
            at = (str(other.place), event.id)
            source = bibliography.by_key.get(other.book)
            if source is None:
                message = f"others: {other.book} is no key of {FILE}: enter it there"
                yield Finding("SOURCE-UNKNOWN", other.place, message, at, other.book)
            elif source.juan and not other.juan:
                message = f"others: {other.book} has {source.juan} juan: add juan:"
                yield Finding("SOURCE-JUAN", other.place, message, at, other.book)
