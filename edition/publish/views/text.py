"""Cut the text of a passage at its marks: sentences, names, emendations, and the signs of notes.

The layers give offsets in the established text, which both scripts share. Templates need the text as a sequence of
pieces, each with the marks that hold for the whole of it; this module makes that sequence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from edition.edition import Edition
from edition.emend.established import Established
from edition.emend.names import Tag
from edition.model.layers import Entry
from edition.model.scripts import Script
from edition.model.texts import Passage
from edition.publish.views.remarks import Remark, Sign, remarks


class Bit(NamedTuple):
    """A stretch of text with one set of marks. A NamedTuple: there are tens of thousands, and it is cheap to make."""

    text: str
    mark: str = ""
    """``em`` for emended text, ``rest`` for more of it after a cut, ``gap`` where the established text leaves something
    out, else empty."""
    received: str = ""
    """What the transcription has instead of an emended stretch, in the script of the page."""
    anchors: tuple[str, ...] = ()
    """Numbers of sentences that were published and once began here: old links lead to them."""
    signs: tuple[Sign, ...] = ()
    """Signs that stand after it: note numbers and the like."""
    entry: Sign | None = None
    """For marked text: the entry of the apparatus that changed it."""


class Part(NamedTuple):
    """Consecutive bits that belong to one name, or to none. An emendation in a name is a part by itself."""

    bits: tuple[Bit, ...]
    tag: Tag | None = None
    piece: str = ""
    """Which piece of a name that is cut by an emendation: ``a`` the first, ``m`` one between, ``z`` the last."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence cut into parts."""

    n: str
    parts: tuple[Part, ...]

    @property
    def signs(self) -> Iterator[Sign]:
        """All that leads to remarks, in order: signs, and what the apparatus changed."""
        for part in self.parts:
            for bit in part.bits:
                if bit.entry and bit.mark != "rest":
                    yield bit.entry
                yield from bit.signs


@dataclass(frozen=True, slots=True)
class _Marks:
    """Marks by their offsets in the established text."""

    emended: dict[int, tuple[int, Entry]]
    """Start → end and entry of each emended stretch; they do not overlap."""
    gaps: dict[int, tuple[Entry, ...]]
    tags: dict[int, Tag]
    """By start; they do not overlap."""
    signs: dict[int, tuple[Sign, ...]]
    entries: dict[Entry, Sign]
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
    published = passage.anchors if anchors is None else anchors
    marks = _marks(established, edition.tags.get(passage.id, ()), remarks(edition, passage), published)
    source = edition.works[passage.work].script

    def show(entry: Entry) -> str:
        """The reading of an entry, with the characters that conversion would make those of the lemma as they are."""
        return edition.shown(entry.reading, source, script, edition.told_apart(entry, script))

    return tuple(
        SentenceView(n, tuple(_parts(text, (start, end), marks, show))) for n, start, end in established.sentences()
    )


def _marks(
    established: Established, tags: Sequence[Tag], said: Iterable[Remark], published: Iterable[tuple[str, int]]
) -> _Marks:
    entries = [entry for entry in established.entries if entry.kind != "layout"]
    signs: dict[int, tuple[Sign, ...]] = {}
    applied: dict[Entry, Sign] = {}
    for remark in said:
        for place, index in zip(remark.places, remark.same, strict=True):
            sign = Sign(remark.kind, index, remark.index)
            if remark.kind == "entry" and entries[index].applied:
                applied[entries[index]] = sign
                continue
            # A sign inside a name would split its link: it is moved behind the name. None comes before all text.
            behind = next((tag.end for tag in tags if tag.start < place < tag.end), place or 1)
            signs[behind] = (*signs.get(behind, ()), sign)
    anchors: dict[int, tuple[str, ...]] = {}
    for n, offset in published:
        place = established.offset(offset)
        anchors[place] = (*anchors.get(place, ()), n)
    emended: dict[int, tuple[int, Entry]] = {}
    gaps: dict[int, tuple[Entry, ...]] = {}
    for piece in established.pieces:
        if piece.entry and piece.entry.kind == "emendation":
            if piece.established:
                emended[piece.offset] = piece.offset + len(piece.established), piece.entry
            else:
                gaps[piece.offset] = (*gaps.get(piece.offset, ()), piece.entry)
    places = {*signs, *anchors, *gaps, *emended, *(end for end, _ in emended.values())}
    places.update(place for tag in tags for place in (tag.start, tag.end))
    return _Marks(emended, gaps, {tag.start: tag for tag in tags}, signs, applied, anchors, sorted(places))


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
        gaps = marks.gaps.get(first, ()) if first < end or end == len(text) else ()
        left_out = [Bit("", "gap", show(gap), entry=marks.entries[gap]) for gap in gaps]
        if first < last and tag != current:
            yield from _pieces(bits, current)
            yield from _pieces(left_out, None)
            bits, current = [], tag
        else:
            bits += left_out
        if first == last:
            continue
        begins = first in marks.emended
        bits.append(
            Bit(
                text=text[first:last],
                mark=("em" if begins else "rest") if entry else "",
                received=show(entry) if entry and begins else "",
                anchors=marks.anchors.get(first, ()),
                signs=marks.signs.get(last, ()),
                entry=marks.entries[entry] if entry else None,
            )
        )
    yield from _pieces(bits, current)


def _pieces(bits: Iterable[Bit], tag: Tag | None) -> Iterable[Part]:
    """The parts of a name: one, or more where an emendation within it has a link of its own."""
    if tag is None:
        groups = [tuple(bits)]
    else:
        plain = groupby(enumerate(bits), lambda item: item[0] if item[1].mark else -1)
        groups = [tuple(bit for _, bit in group) for _, group in plain]
    last = len(groups) - 1
    for i, group in enumerate(groups):
        if group:
            yield Part(group, tag, "" if not last else "a" if not i else "z" if i == last else "m")
