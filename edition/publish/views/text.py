"""Cut the text of a passage at its marks: sentences, names, emendations and note numbers.

The layers give offsets in the established text, which both scripts share. Templates need the text as a sequence of
pieces, each with the marks that hold for the whole of it; this module makes that sequence.
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
    """A stretch of text with one set of marks. A NamedTuple: there are tens of thousands, and it is cheap to make."""

    text: str
    mark: str = ""
    """``em`` for emended text, ``gap`` where the established text leaves something out, else empty."""
    received: str = ""
    """What the transcription has instead of an emended stretch, in the script of the page."""
    anchors: tuple[str, ...] = ()
    """Numbers of sentences that were published and once began here: old links lead to them."""
    refs: tuple[int, ...] = ()
    """Notes whose numbers stand after it, as indices from 0 into the notes of the passage."""


class Part(NamedTuple):
    """Consecutive bits that belong to one name, or to none."""

    bits: tuple[Bit, ...]
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence cut into parts."""

    n: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Marks by their offsets in the established text."""

    emended: dict[int, tuple[int, Entry]]
    """Start → end and entry of each emended stretch; they do not overlap."""
    gaps: dict[int, Entry]
    tags: dict[int, Tag]
    """By start; they do not overlap."""
    refs: dict[int, tuple[int, ...]]
    anchors: dict[int, tuple[str, ...]]

    places: list[int]
    """All offsets at which any mark changes, in order."""

    def cuts(self, start: int, end: int) -> list[int]:
        """The offsets within a stretch at which marks change, with its two ends."""
        inside = self.places[bisect_right(self.places, start) : bisect_left(self.places, end)]
        return [start, *inside, end] if start < end else [start]


def sentences(
    edition: Edition, passage: Passage, script: Script, anchors: Iterable[tuple[str, int]] | None = None
) -> tuple[SentenceView, ...]:
    """Return the sentences of a passage in one script. The bits, joined, are the converted text.

    ``anchors`` are published sentence numbers that start no sentence any more, with their offsets in the received text;
    by default those of the passage.
    """
    text, established = edition.converted[script][passage.id], edition.texts[passage.id]
    tags, notes = edition.tags.get(passage.id, ()), edition.notes.get(passage.id, ())
    marks = _marks(established, tags, notes, passage.anchors if anchors is None else anchors)
    source = edition.works[passage.work].script

    def show(entry: Entry) -> str:
        """The reading of an entry, with the characters that conversion would make those of the lemma as they are."""
        return edition.shown(entry.reading, source, script, edition.told_apart(entry, script))

    return tuple(
        SentenceView(n, tuple(_parts(text, (start, end), marks, show))) for n, start, end in established.sentences()
    )


def _marks(
    established: Established, tags: tuple[Tag, ...], notes: Iterable[Note], published: Iterable[tuple[str, int]]
) -> _Marks:
    refs: dict[int, tuple[int, ...]] = {}
    for index, note in enumerate(notes):
        place = established.offset(note.anchor.end, end=True)
        # A note number inside a name would split its link: it is moved behind the name.
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
