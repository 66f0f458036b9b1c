"""The text of a passage as pages show it: sentences, names, emendations and note numbers, one inside the other.

Every layer speaks of offsets in the established text, which all scripts share; here they are cut into
pieces that a template can print one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from edition.annotation import Entry, Note
from edition.edition import Edition
from edition.emend import Established
from edition.model import Passage, Script
from edition.names import Tag


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of text with one set of marks."""

    text: str
    mark: str = ""
    """``em`` for emended text, ``gap`` where something was taken out."""
    received: str = ""
    """What the transcription has instead of an emended stretch, in the script of the page."""
    anchors: tuple[str, ...] = ()
    """The numbers of sentences that were published and began here."""
    refs: tuple[int, ...] = ()
    """Indices of the notes, in the passage, whose numbers stand after it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bits of one name, or of none."""

    bits: tuple[Bit, ...]
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence cut into parts."""

    n: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where in the established text something begins, ends or stands."""

    emended: tuple[tuple[int, int, Entry], ...]
    tags: tuple[Tag, ...]
    refs: dict[int, tuple[int, ...]]
    anchors: dict[int, tuple[str, ...]]

    def cuts(self, start: int, end: int) -> list[int]:
        """All places in a stretch at which the marks change."""
        places = {start, end, *self.refs, *self.anchors}
        for first, last, _ in self.emended:
            places |= {first, last}
        for tag in self.tags:
            places |= {tag.start, tag.end}
        return sorted(place for place in places if start <= place <= end)


def sentences(
    edition: Edition, passage: Passage, script: Script, anchors: Iterable[tuple[str, int]] | None = None
) -> tuple[SentenceView, ...]:
    """A passage in one script, ready to print. The bits, joined, are the converted text.

    ``anchors`` are numbers that were published, with their offsets in the received text: the passage's own as a rule.
    """
    text, established = edition.converted[script][passage.id], edition.texts[passage.id]
    tags, notes = edition.tags.get(passage.id, ()), edition.notes.get(passage.id, ())
    marks = _marks(established, tags, notes, passage.anchors if anchors is None else anchors)
    source = edition.works[passage.work].script

    def show(entry: Entry) -> str:
        """The reading of an entry; unconverted where conversion would make it what we print: 蕭後, 蕭后 → 萧后."""
        shown = edition.shown(entry.reading, source, script)
        return entry.reading if shown == edition.shown(entry.lemma, source, script) else shown

    return tuple(
        SentenceView(n, tuple(_parts(text, (start, end), marks, show))) for n, start, end in established.sentences()
    )


def _marks(
    established: Established, tags: tuple[Tag, ...], notes: Iterable[Note], published: Iterable[tuple[str, int]]
) -> _Marks:
    refs: dict[int, tuple[int, ...]] = {}
    for index, note in enumerate(notes):
        place = established.offset(note.anchor.end, end=True)
        # A number inside a name or an emended stretch would cut it in two: it stands after.
        place = next((tag.end for tag in tags if tag.start < place < tag.end), place)
        refs[place] = (*refs.get(place, ()), index)
    anchors: dict[int, tuple[str, ...]] = {}
    for n, offset in published:
        place = established.offset(offset)
        anchors[place] = (*anchors.get(place, ()), n)
    return _Marks(
        emended=tuple(
            (piece.offset, piece.offset + len(piece.established), piece.entry)
            for piece in established.pieces
            if piece.entry and piece.entry.kind == "emendation"
        ),
        tags=tags,
        refs=refs,
        anchors=anchors,
    )


def _parts(text: str, span: tuple[int, int], marks: _Marks, show: Callable[[Entry], str]) -> Iterable[Part]:
    """The parts of one sentence: a part for each name, and for what stands between names."""
    bits: list[Bit] = []
    current: Tag | None = None
    start, end = span
    cuts = marks.cuts(start, end)
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        gap = next((e for a, b, e in marks.emended if a == b == first and first < end), None)
        tag = next((t for t in marks.tags if t.start <= first < t.end), None) if first < last else None
        if first < last and tag != current:
            if bits:
                yield Part(tuple(bits), current)
            bits, current = [], tag
        if gap:
            bits.append(Bit("", "gap", show(gap)))
        if first == last:
            continue
        entry = next((e for a, b, e in marks.emended if a <= first < b), None)
        bits.append(
            Bit(
                text=text[first:last],
                mark="em" if entry else "",
                received=show(entry) if entry and any(a == first for a, _, e in marks.emended if e is entry) else "",
                anchors=marks.anchors.get(first, ()),
                refs=marks.refs.get(last, ()),
            )
        )
    if bits:
        yield Part(tuple(bits), current)
