"""The text of a passage as pages show it: sentences, names, emendations and note numbers, one inside the other.

Every layer speaks of offsets in the established text, which all scripts share; here they are cut into
pieces that a template can print one after the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from edition.edition import Edition
from edition.emend.established import Established
from edition.emend.names import Tag
from edition.model.layers import Entry, Note
from edition.model.scripts import Script
from edition.model.texts import Passage


class Bit(NamedTuple):
    """A stretch of text with one set of marks. A tuple, as there are tens of thousands."""

    text: str
    mark: str = ""
    """``em`` for emended text, ``gap`` where something was taken out."""
    received: str = ""
    """What the transcription has instead of an emended stretch, in the script of the page."""
    anchors: tuple[str, ...] = ()
    """The numbers of sentences that were published and began here."""
    refs: tuple[int, ...] = ()
    """Indices of the notes, in the passage, whose numbers stand after it."""


class Part(NamedTuple):
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

    emended: dict[int, tuple[int, Entry]]
    """Start → end and entry of what is emended, none in another."""
    gaps: dict[int, Entry]
    tags: dict[int, Tag]
    """By start, none in another."""
    refs: dict[int, tuple[int, ...]]
    anchors: dict[int, tuple[str, ...]]

    places: list[int]
    """All places at which any of them changes, in order."""

    def cuts(self, start: int, end: int) -> list[int]:
        """The places in a stretch at which the marks change, with its ends."""
        inside = self.places[bisect_right(self.places, start) : bisect_left(self.places, end)]
        return [start, *inside, end] if start < end else [start]


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
    emended: dict[int, tuple[int, Entry]] = {}
    gaps: dict[int, Entry] = {}
    for piece in established.pieces:
        if piece.entry and piece.entry.kind == "emendation":
            if piece.established:
                emended[piece.offset] = piece.offset + len(piece.established), piece.entry
            else:
                gaps.setdefault(piece.offset, piece.entry)
    places = {*refs, *anchors, *gaps, *emended, *(end for end, _ in emended.values())}
    places.update(place for tag in tags for place in (tag.start, tag.end))
    return _Marks(emended, gaps, {tag.start: tag for tag in tags}, refs, anchors, sorted(places))


def _parts(text: str, span: tuple[int, int], marks: _Marks, show: Callable[[Entry], str]) -> Iterable[Part]:
    """The parts of one sentence: a part for each name, and for what stands between names."""
    bits: list[Bit] = []
    current: Tag | None = None
    start, end = span
    tag = next((tag for tag in marks.tags.values() if tag.start < start < tag.end), None)
    until, entry = next((found for first, found in marks.emended.items() if first < start < found[0]), (start, None))
    cuts = marks.cuts(start, end)
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        tag = marks.tags.get(first, tag if tag and first < tag.end else None)
        until, entry = marks.emended.get(first, (until, entry if first < until else None))
        if first < last and tag != current:
            if bits:
                yield Part(tuple(bits), current)
            bits, current = [], tag
        if first in marks.gaps and first < end:
            bits.append(Bit("", "gap", show(marks.gaps[first])))
        if first == last:
            continue
        bits.append(
            Bit(
                text=text[first:last],
                mark="em" if entry else "",
                received=show(entry) if entry and first in marks.emended else "",
                anchors=marks.anchors.get(first, ()),
                refs=marks.refs.get(last, ()),
            )
        )
    if bits:
        yield Part(tuple(bits), current)
