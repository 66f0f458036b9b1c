"""Read the parallels, and make the line of the other book from our text and the readings.

No text of another book is stored beyond its readings, so each line of it is reconstructed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from edition.emend.quoted import once
from edition.model.findings import CorpusError, Place
from edition.model.kinds import CERTAINTIES, DIRECTIONS, READING_KINDS, ReadingKind
from edition.model.layers import Anchor
from edition.model.parallels import Dismissed, Parallel, Reading
from edition.model.scripts import han
from edition.read.fields import Record


def parallel(record: Record, id_: str, anchor: Anchor | None, text: str, *, hant: bool) -> Parallel | None:
    """Read an entry of ``parallels.yaml`` that is not dismissed.

    ``text`` is the received text of the passage; ``hant`` says whether it is in Traditional characters. None if the
    corpus lacks the work. Raises CorpusError for readings that are not found exactly once, overlap, or change nothing.
    """
    where = anchor or Anchor("", 0, 0, record.place)
    made = Parallel(
        id=id_,
        anchor=where,
        book=record.text("book"),
        copy=record.text("copy", ""),
        juan=record.number("juan") if record.get("juan") else None,
        offset=record.number("offset"),
        via=record.text("via", ""),
        readings=_readings(record, where, text, hant=hant) if anchor else (),
        direction=record.choice("direction", DIRECTIONS),
        reason=record.filled("reason") if record.text("direction") != "undecided" else record.text("reason", ""),
        certainty=record.choice("certainty", CERTAINTIES, "medium"),
        sources=record.texts("sources"),
        note=record.text("note", ""),
    )
    if not anchor:
        record.rest()
    return record.done(made if anchor else None)


def dismissed(record: Record, anchor: Anchor | None) -> Dismissed | None:
    """Read an entry that is dismissed; None if the corpus lacks the work."""
    book, juan, reason = record.text("book"), record.number("juan", 0), record.filled("dismissed")
    return record.done(Dismissed(anchor, book, juan, reason) if anchor else None)


def _readings(record: Record, anchor: Anchor, text: str, *, hant: bool) -> tuple[Reading, ...]:
    found: list[tuple[Reading, Place]] = []
    ours = text[anchor.start : anchor.end]
    for each in record.records("readings", "reading"):
        start, end = _words(each, ours)
        theirs = each.text("theirs")
        kind = each.choice("kind", READING_KINDS)
        if theirs != han(theirs):
            message = f"theirs: 「{theirs}」 must be Chinese characters alone: punctuation does not count"
            raise CorpusError(each.place_of("theirs"), "FIELD", message)
        if hant and han(ours[start:end]) == theirs:  # in the other script, `edition.check.parallels` compares them
            message = f"「{theirs}」 is what our text has: take the reading out"
            raise CorpusError(each.place, "PARALLEL-EMPTY", message)
        _fits(kind, ours[start:end], theirs, each.place)
        made = Reading(anchor.start + start, anchor.start + end, theirs, kind)
        found.append((each.done(made), each.place))
    found.sort(key=lambda item: (item[0].start, item[0].end))
    for (before, _), (after, place) in pairwise(found):
        if after.start < before.end or (after.start, after.end) == (before.start, before.end):
            message = f"「{text[after.start : after.end] or after.theirs}」 overlaps the reading before it: join them"
            raise CorpusError(place, "PARALLEL-OVERLAP", message)
    return tuple(reading for reading, _ in found)


def _words(record: Record, ours: str) -> tuple[int, int]:
    """Where a reading is: the words of ``ours``, or the place ``after`` some words; ``in`` quotes more if need be."""
    field = "after" if record.get("after") else "ours"
    words, context = record.exact(field), record.exact("in", "")
    start = once(ours, context, record.place_of("in"), "in the words of this parallel") if context else 0
    where = f"in 「{context}」" if context else "in the words of this parallel"
    start += once(context or ours, words, record.place_of(field), where)
    end = start + len(words)
    return (end, end) if field == "after" else (start, end)


def _fits(kind: ReadingKind, ours: str, theirs: str, place: Place) -> None:
    """Raise CorpusError if a kind says something else than the words."""
    if (kind == "omission" and theirs) or (kind == "addition" and han(ours)):
        what = "leaves out all of ours" if kind == "omission" else "has words after ours"
        message = f"kind: {kind} means that the book {what}; here it has 「{theirs}」 for 「{ours}」"
        raise CorpusError(place, "PARALLEL-KIND", message)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of two aligned lines."""

    ours: str
    theirs: str
    """As ours where nothing differs, with its punctuation."""
    reading: Reading | None = None


def aligned(parallel: Parallel, text: str) -> Iterator[Stretch]:
    """The stretches of both lines. ``text`` is the passage as received, in the script in which the line is wanted.

    >>> anchor = Anchor("a.1.0.0.1", 1, 8, Place("parallels.yaml", 1))
    >>> one = Parallel("a", anchor, "b", "", 1, 0, "", (Reading(5, 6, "朝", "wording"),), "source", "", "high", (), "")
    >>> [(s.ours, s.theirs) for s in aligned(one, "「皆來、釣會魚。」")]
    [('皆來、釣', '皆來、釣'), ('會', '朝'), ('魚。', '魚。')]
    >>> reconstructed(one, "「皆來、釣會魚。」")
    '皆來釣朝魚'
    """
    end = parallel.anchor.start
    for reading in parallel.readings:
        if same := text[end : reading.start]:
            yield Stretch(same, same)
        yield Stretch(text[reading.start : reading.end], reading.theirs, reading)
        end = reading.end
    if same := text[end : parallel.anchor.end]:
        yield Stretch(same, same)


def reconstructed(parallel: Parallel, text: str) -> str:
    """The Chinese characters of the other book. ``text`` is the passage as received, in Traditional characters."""
    return han("".join(stretch.theirs for stretch in aligned(parallel, text)))
