"""What editors say of a passage, in the order of its text, and the signs that lead to it."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from edition.edition import Edition
from edition.model.layers import Displaced, Entry, Note
from edition.model.texts import Passage
from edition.rules.numerals import write

RemarkKind = Literal["note", "dating", "entry"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What editors say at one place or more of a passage: a note, an editorial dating, or an entry of the apparatus."""

    kind: RemarkKind
    index: int
    """0-based, among those of its kind in the passage."""
    places: tuple[int, ...]
    """Offsets in the established text, in order: after the words of a note, at the first character of an emendation."""
    same: tuple[int, ...]
    """The indices of all that say the same, its own first; one for each place."""

    @property
    def times(self) -> str:
        """How often it is said, in Chinese numerals; empty for once."""
        return write(len(self.same)) if len(self.same) > 1 else ""

    def within(self, signs: Container[tuple[RemarkKind, int]]) -> Remark:
        """The remark on a page that has only some of its signs, by kind and index."""
        found = [pair for pair in zip(self.places, self.same, strict=True) if (self.kind, pair[1]) in signs]
        return replace(self, places=tuple(place for place, _ in found), same=tuple(index for _, index in found))


class Sign(NamedTuple):
    """A sign in the text that leads to a remark."""

    kind: RemarkKind
    nth: int
    """0-based, among those of its kind in the passage: every sign has its own."""
    remark: int
    """The index of the remark that it leads to: its own, or an earlier one that says the same."""


def remarks(edition: Edition, passage: Passage) -> tuple[Remark, ...]:
    """Return the remarks on a passage in the order of the text. What is said twice in the same words is one remark."""
    text = edition.texts[passage.id]

    def after(item: Note | Displaced | Entry) -> int:
        return text.offset(item.anchor.end, end=True)

    notes, datings = edition.notes.get(passage.id, ()), edition.displaced.get(passage.id, ())
    entries = [entry for entry in text.entries if entry.kind != "layout"]
    found: list[Remark] = []
    found += _once("note", [((note.kind, note.text, note.sources), after(note)) for note in notes])
    found += _once("dating", [((d.kind, d.years, d.slots, d.day, d.note, d.sources), after(d)) for d in datings])
    found += _once(
        "entry",
        [
            (
                (e.kind, e.lemma, e.reading, e.evidence, e.sources),
                text.offset(e.anchor.start) if e.applied else after(e),
            )
            for e in entries
        ],
    )
    return tuple(sorted(found, key=lambda remark: remark.places[0]))


def _once(kind: RemarkKind, said: Iterable[tuple[Hashable, int]]) -> Iterator[Remark]:
    """Remarks from pairs of what is said, and where; those that say the same become one."""
    found: dict[Hashable, list[tuple[int, int]]] = {}
    for index, (words, place) in enumerate(said):
        found.setdefault(words, []).append((place, index))
    for places in found.values():
        yield Remark(kind, places[0][1], tuple(place for place, _ in places), tuple(index for _, index in places))
