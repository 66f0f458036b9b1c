"""The back of a work in TEI: the notes, the apparatus, and the books that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.model.layers import Anchor, Entry, Note
from edition.model.texts import Passage, Work
from edition.publish.downloads.tei import bibliography
from edition.publish.downloads.tei.elements import LANGUAGES, XML_LANG, Element, element, lines
from edition.publish.downloads.tei.header import RECEIVED, responsible, witness
from edition.publish.downloads.tei.setting import Setting, references
from edition.publish.downloads.tei.text import anchor
from edition.publish.downloads.tei.witnesses import Attested, witnesses


def back(setting: Setting, work: Work, passages: Iterable[Passage]) -> Iterator[Element]:
    """Yield ``back``; nothing if there is nothing in it."""
    edition = setting.edition
    passages = list(passages)
    notes = [_note(setting, note) for p in passages for note in edition.notes.get(p.id, ())]
    entries = [_entry(setting, work, e) for p in passages for e in edition.texts[p.id].entries if e.kind != "layout"]
    divisions = []
    if notes:
        divisions.append(element("div", {"type": "notes"}, "\n", *lines(*notes)))
    if entries:
        divisions.append(element("div", {"type": "apparatus"}, element("listApp", "\n", *lines(*entries))))
    books = list(bibliography.cited(setting, divisions))
    divisions += [element("div", {"type": "bibliography"}, *books)] if books else []
    if divisions:
        yield element("back", "\n", *lines(*divisions))


def _span(place: Anchor, first: str, last: str) -> dict[str, str]:
    """Return two pointers, to the anchors at the beginning and at the end of the words of a layer."""
    return {first: f"#{anchor(place.passage, place.start)}", last: f"#{anchor(place.passage, place.end)}"}


def _note(setting: Setting, note: Note) -> Element:
    """Return ``note``, which points at the words that it is about."""
    return element(
        "note",
        {"type": note.kind, **_span(note.anchor, "target", "targetEnd")},
        {XML_LANG: setting.language, "resp": responsible(setting.edition.corpus.about)},
        *setting.prose(note.text),
        *(setting.citation(source) for source in note.sources),
    )


def _entry(setting: Setting, work: Work, entry: Entry) -> Element:
    """Return ``app``: ``lem`` is what the edition prints, also where it prints the reading of its copy."""
    edition = setting.edition
    texts = [edition.shown(words, work.script, setting.script) for words in (entry.lemma, entry.reading)]
    language: dict[str, str] = {}
    if texts[0] == texts[1]:  # 後 and 后 are one character in Simplified: an entry about their difference stays
        texts, language = [entry.lemma, entry.reading], {XML_LANG: LANGUAGES[work.script]}
    lemma, reading = witnesses(edition, entry)
    own = {"wit": " ".join([f"#{RECEIVED}", *map(witness, reading.copies)]), "source": references(reading.books)}
    other = _attested(lemma)
    if entry.applied:
        responsibility = {"resp": responsible(edition.corpus.about), "cert": entry.certainty}
        readings = [
            element("lem", language, other, responsibility, texts[0]),
            element("rdg", {"type": "received"}, language, own, texts[1]),
        ]
    else:
        proposed = {"resp": responsible(edition.corpus.about) if entry.kind == "conjecture" else ""}
        readings = [
            element("lem", language, own, texts[1]),
            element("rdg", {"type": entry.kind, "cert": entry.certainty}, language, other, proposed, texts[0]),
        ]
    note = element(
        "note",
        {XML_LANG: setting.language},
        *setting.prose(entry.evidence),
        *(setting.citation(source) for source in entry.sources),
    )
    return element(
        "app", {"type": entry.kind, **_span(entry.anchor, "from", "to")}, *readings, *([note] if entry.evidence else [])
    )


def _attested(found: Attested) -> dict[str, str]:
    return {"wit": " ".join(map(witness, found.copies)), "source": references(found.books)}
