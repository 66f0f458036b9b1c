"""The books that a TEI document cites, and the citations that point at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.edition import Edition
from edition.model.sources import Source
from edition.publish.downloads.tei.elements import XML_ID, Element, element, lines


def citation(edition: Edition, written: str) -> Element:
    """Return ``bibl``: a citation as the editors word it, pointing at its book and at the one that this book quotes."""
    cited = edition.bibliography.resolve(written)
    books = (cited.source, cited.quoted) if cited else ()
    return element("bibl", {"corresp": " ".join(f"#{_id(book.key)}" for book in books if book)}, written)


def listed(sources: Iterable[Source]) -> Element:
    """Return ``listBibl`` with an entry for each source."""
    return element("listBibl", *lines(*(_source(source) for source in sources)))


def _id(key: str) -> str:
    # Names have ids without a prefix, and a name may be the same word as a book.
    return f"source.{key}"


def _source(source: Source) -> Element:
    return element(
        "bibl",
        {XML_ID: _id(source.key), "type": source.kind},
        element("title", source.title),
        *(element("title", {"type": "alternative"}, name) for name in source.names),
        *([element("author", source.author)] if source.author else []),
        *([element("date", source.date)] if source.date else []),
        *([element("extent", f"{source.juan} juan")] if source.juan else []),
        *(element("edition", ": ".join(filter(None, (copy.name, copy.about)))) for copy in source.copies),
        *([element("ref", {"target": source.link}, source.link)] if source.link else []),
        *_notes(source),
    )


def _notes(source: Source) -> Iterator[Element]:
    """Yield what else is said of a source, and how it is known if it was not seen itself."""
    if source.about:
        yield element("note", source.about)
    if source.via:
        yield element("note", {"type": "via"}, source.via)
    if source.quoted_in:
        yield element("relatedItem", {"type": "quotedIn", "target": f"#{_id(source.quoted_in)}"})
