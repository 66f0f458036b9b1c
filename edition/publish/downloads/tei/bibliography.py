"""The books that a TEI document cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.model.sources import Source
from edition.publish.downloads.tei.elements import XML_ID, XML_LANG, Element, element, lines
from edition.publish.downloads.tei.setting import Setting, references


def cited(setting: Setting, parts: Iterable[Element]) -> Iterator[Element]:
    """Yield ``listBibl`` with the books to which elements point, and those in which lost ones are quoted.

    Nothing if they point to none. The order is that of the bibliography.
    """
    by_key = setting.edition.bibliography.by_key
    pointers = {
        pointer
        for part in parts
        for node in part.iter()
        for name in ("corresp", "source")
        for pointer in node.get(name, "").split()
    }
    keys = {key for key in by_key if references([key]) in pointers}
    keys |= {by_key[key].quoted_in for key in keys if by_key[key].quoted_in}
    found = [_source(setting, source) for key, source in by_key.items() if key in keys]
    if found:
        yield element("listBibl", {"type": "sources", XML_LANG: setting.language}, "\n", *lines(*found))


def _source(setting: Setting, source: Source) -> Element:
    shown = setting.viewer.convert
    return element(
        "bibl",
        {XML_ID: references([source.key]).removeprefix("#"), "type": source.kind},
        element("title", shown(source.title)),
        *(element("title", {"type": "alternative"}, shown(name)) for name in source.names),
        *([element("author", shown(source.author))] if source.author else []),
        *([element("date", shown(source.date))] if source.date else []),
        *(
            [element("extent", element("measure", {"unit": "juan", "quantity": source.juan}, f"{source.juan}卷"))]
            if source.juan
            else []
        ),
        *(element("edition", shown("：".join(filter(None, (copy.name, copy.about))))) for copy in source.copies),
        *([element("ref", {"target": source.link}, source.link)] if source.link else []),
        *_notes(setting, source),
    )


def _notes(setting: Setting, source: Source) -> Iterator[Element]:
    """Yield what else is said of a source, and how it is known if it was not seen itself."""
    if source.about:
        yield element("note", setting.viewer.convert(source.about))
    if source.via:
        yield element("note", {"type": "via"}, setting.viewer.convert(source.via))
    if source.quoted_in:
        yield element("relatedItem", {"type": "quotedIn", "target": references([source.quoted_in])})
