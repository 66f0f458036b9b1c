"""The back of a work in TEI: notes, and the readings that are recorded without being adopted or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.edition import Edition
from edition.model.layers import Entry, Note
from edition.model.texts import Passage
from edition.publish.downloads.tei.bibliography import citation, listed
from edition.publish.downloads.tei.elements import XML_LANG, Element, element, lines, prose
from edition.publish.downloads.tei.header import responsible
from edition.publish.views.viewer import Viewer


def back(viewer: Viewer, passages: Iterable[Passage]) -> Iterator[Element]:
    """Yield ``back``: the notes, the apparatus, then the bibliography of the edition. Nothing if there is none."""
    edition = viewer.edition
    passages = list(passages)
    notes = [_note(viewer, p, note) for p in passages for note in edition.notes.get(p.id, ())]
    entries = [
        _entry(viewer, p, entry) for p in passages for entry in edition.texts[p.id].entries if entry.kind != "layout"
    ]
    divisions = []
    if notes:
        divisions.append(element("div", {"type": "notes"}, *lines(*notes)))
    if entries:
        divisions.append(element("div", {"type": "apparatus"}, element("listApp", *lines(*entries))))
    if sources := edition.bibliography.sources:
        divisions.append(element("div", {"type": "bibliography"}, listed(sources)))
    if divisions:
        yield element("back", *divisions)


def _note(viewer: Viewer, passage: Passage, note: Note) -> Element:
    """Return ``note``, which points at the sentence whose words it follows."""
    attributes = {
        "type": note.kind,
        "target": f"#{passage.id}.{passage.sentence_at(note.anchor.end - 1).n}",
        XML_LANG: "zh-Hant",
        "resp": responsible(viewer.edition.corpus.about),
    }
    return element("note", attributes, *prose(viewer, note.text), *_sources(viewer.edition, note.sources))


def _entry(viewer: Viewer, passage: Passage, entry: Entry) -> Element:
    """Return ``app``: ``lem`` is what the edition prints, also where it prints the reading of its copy."""
    first = passage.sentence_at(entry.anchor.start)
    last = passage.sentence_at(entry.anchor.end - 1)
    lemma, reading = (entry.lemma, entry.reading) if entry.applied else (entry.reading, entry.lemma)
    kind = "received" if entry.applied else "other"
    evidence = (
        [
            element(
                "note", {XML_LANG: "zh-Hant"}, *prose(viewer, entry.evidence), *_sources(viewer.edition, entry.sources)
            )
        ]
        if entry.evidence
        else []
    )
    return element(
        "app",
        {"type": entry.kind, "from": f"#{passage.id}.{first.n}", "to": f"#{passage.id}.{last.n}"},
        element("lem", lemma),
        element("rdg", {"type": kind, "cert": entry.certainty}, reading),
        *evidence,
    )


def _sources(edition: Edition, sources: Iterable[str]) -> Iterator[Element]:
    return (citation(edition, source) for source in sources)
