"""What parallels name: books, copies and juan that the bibliography has, and readings that are no change."""

from __future__ import annotations

from collections.abc import Iterator

from edition.edition import Edition
from edition.model.findings import Finding
from edition.model.scripts import han
from edition.read.sources import FILE


def parallels(edition: Edition) -> Iterator[Finding]:
    """Parallels whose book, copy or quoted book no one could find, and readings that only the script makes differ."""
    bibliography = edition.bibliography
    for parallel in edition.layers.parallels:
        place, at = parallel.anchor.place, (str(parallel.anchor.place), parallel.id)
        source = bibliography.by_key.get(parallel.book)
        if not bibliography.sources:
            pass
        elif source is None and parallel.book not in edition.works:
            message = f"book: {parallel.book} is no key of {FILE} and no work: enter it there"
            yield Finding("SOURCE-UNKNOWN", place, message, at, parallel.book)
        elif source and parallel.copy and parallel.copy not in {copy.name for copy in source.copies}:
            message = f"copy: {parallel.copy} is no copy of {source.title} in {FILE}: enter it there"
            yield Finding("SOURCE-UNKNOWN", place, message, at, parallel.copy)
        elif source and source.juan and parallel.juan is None:
            message = f"{source.title} has {source.juan} juan: add juan: (0 for what stands before the first)"
            yield Finding("SOURCE-JUAN", place, message, at, parallel.book)
        if parallel.via and bibliography.sources and bibliography.resolve(parallel.via) is None:
            message = f"via: {parallel.via} is no book of {FILE}: enter it, or write a name it has"
            yield Finding("SOURCE-UNKNOWN", place, message, at, parallel.via)
        passage = edition.passages[parallel.anchor.passage]
        hant = edition.converter.hant(passage.text, edition.works[passage.work].script)
        for reading in parallel.readings:
            if han(hant[reading.start : reading.end]) == reading.theirs:
                message = f"「{reading.theirs}」 is what our text has in Traditional characters: take the reading out"
                yield Finding("PARALLEL-SAME", place, message, at, reading.theirs)
