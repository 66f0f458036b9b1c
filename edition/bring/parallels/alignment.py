"""From equal symbols to readings: every character in which a book differs, and what kind of difference it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.bring.parallels.ours import OurPassage
from edition.model.kinds import ReadingKind
from edition.model.scripts import Script
from edition.rules.script import Converter

#: The characters of numbers in running text.
NUMBERS = frozenset("〇一二三四五六七八九十廿卅百千萬万餘余數数兩两")
#: What a print of 會編 writes after a name that another copy has changed.
RENAMED = "改作"

#: Equal characters: start and end in our passage, start and end in the words of the book.
Equal = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A reading, in Chinese characters of the passage."""

    start: int
    end: int
    theirs: str
    """In Traditional characters."""
    kind: ReadingKind


def readings(
    ours: OurPassage, theirs: str, script: Script, equal: Sequence[Equal], converter: Converter
) -> tuple[Found, ...]:
    """All readings between the first and the last of the equal characters.

    ``theirs`` is in ``script``. Where it is Simplified, a character that is the simplified form of ours is ours, and
    the others are converted.
    """
    hant = converter.hant(theirs, script)
    found: list[Found] = []
    last = (equal[0][0], equal[0][2])
    for start, end, other, other_end in equal:
        if start > last[0] or other > last[1]:
            found.append(_changed(ours, last[0], start, hant[last[1] : other]))
        found += _forms(ours, (start, end), theirs[other:other_end], hant[other:other_end], script)
        last = end, other_end
    return tuple(found)


def _forms(ours: OurPassage, where: tuple[int, int], theirs: str, hant: str, script: Script) -> list[Found]:
    """Characters of one symbol: the same, another form of the same character, or another form of a name."""
    start, end = where
    if len(theirs) != end - start:
        return [Found(start, end, hant, "name")]
    known = ours.hant if script == "hant" else ours.hans
    differ = [
        n
        for n in range(end - start)
        if theirs[n] != known[start + n] and ours.hant[start + n] not in (theirs[n], hant[n])
    ]
    if not differ:
        return []
    if end - start > 1:
        first, last = differ[0], differ[-1] + 1
        return [Found(start + first, start + last, hant[first:last], "name")]
    return [Found(start, end, hant, "graph")]


def _changed(ours: OurPassage, start: int, end: int, theirs: str) -> Found:
    words = ours.hant[start:end]
    name = theirs.startswith(RENAMED) or bool(words and theirs and ours.names.issuperset(range(start, end)))
    kind: ReadingKind = "wording"
    if name:
        kind = "name"
    elif set(words + theirs) <= NUMBERS:
        kind = "number"
    elif not theirs:
        kind = "omission"
    elif not words:
        kind = "addition"
    return Found(start, end, theirs, kind)
