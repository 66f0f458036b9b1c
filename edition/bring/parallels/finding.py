"""Find the parallels between the works of the edition and the books in a folder, the best first."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from pathlib import Path

from edition.bring.parallels import chains
from edition.bring.parallels.alignment import Equal, Found, readings
from edition.bring.parallels.books import Copy, Juan, books
from edition.bring.parallels.chains import Run
from edition.bring.parallels.ours import OurPassage, Ours
from edition.bring.parallels.rarity import Rarity
from edition.bring.parallels.symbols import Alphabet, Symbols
from edition.edition import Edition
from edition.model.renamings import Renaming
from edition.model.scripts import Script, han
from edition.publish.search.index import fold_of

#: The fewest symbols that a chain shares, to be looked at.
SHARED = 6
#: The fewest bits that a proposal says. Below, dates and titles outnumber borrowings.
BITS = 40.0
#: How many symbols before and after a chain are aligned with it.
MARGIN = 30
#: The fewest characters that the part of a chain in one passage shares, if the chain runs over several.
PART = 5
#: If a juan has so much of a juan of ours, in order, it is a copy of ours and no other book: where the bibliography
#: says that it is of the same book, and where it says nothing. Another book may have as much: 九朝編年備要 has most of
#: 大金國志.
WITNESS, STRANGER = 0.2, 0.8
#: The name of the copy of a book that is a work of the edition.
EDITION = "本編"


@dataclass(frozen=True, slots=True)
class Named:
    """A book that is named in a juan."""

    title: str
    end: int
    """In the Chinese characters of the juan."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A parallel as found."""

    bits: float
    """What the whole chain says; the parts of a chain in several passages have the same."""
    ours: OurPassage
    start: int
    """In the Chinese characters of the passage."""
    end: int
    copy: Copy
    juan: int
    offset: int
    """In the Chinese characters of the juan."""
    theirs: str
    """The Chinese characters as the copy has them."""
    script: Script
    shared: int
    """How many of ours are equal or forms of the same."""
    readings: tuple[Found, ...]
    named: Named | None
    """The book that is named last before the words: they may be quoted from it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A chain with what stands around it; all that is kept of a juan."""

    copy: Copy
    juan: int
    script: Script
    chain: chains.Chain
    first: int
    """The symbol of the juan with which the margin begins."""
    symbols: Symbols
    """Of the chain and its margins; the starts count from the beginning of the juan."""
    han: str
    named: tuple[Named, ...]
    """The book that is named last before the chain, and those named within it."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """The part of a chain that pays."""

    bits: float
    runs: Sequence[Run]
    """In symbols of ours and of the window of the candidate."""
    candidate: _Candidate

    @property
    def ours(self) -> tuple[int, int]:
        return self.runs[0][0], self.runs[-1][0] + self.runs[-1][2]

    @property
    def theirs(self) -> tuple[int, int]:
        """In the Chinese characters of the juan."""
        starts = self.candidate.symbols.starts
        return starts[self.runs[0][1]], starts[self.runs[-1][1] + self.runs[-1][2]]


def find(
    edition: Edition, renamings: Iterable[Renaming], folder: Path, works: Sequence[str], least: float = BITS
) -> list[Proposal]:
    """All proposals for the works with these slugs, the best first. Raises CorpusError for a folder without books.

    Works of the edition are compared with each other too. Copies of the works themselves are left out, and of several
    copies of a book that have the same words the nearest is taken.
    """
    alphabet = Alphabet.of(fold_of(edition), _names(edition, renamings))
    ours = Ours.of(edition, works, alphabet)
    candidates, single, double = _scan(ours, alphabet, _juans(edition, folder), _Titles.of(edition, alphabet))
    rarity = Rarity(ours.text, single, double)
    segments = [segment for candidate in candidates for segment in _segments(ours.text, candidate, rarity, least)]
    segments = _without_overlaps(segments, rarity, least)
    segments = _without_doubles(ours, _without_witnesses(ours, segments), edition, works)
    proposals = [p for segment in segments for p in _proposals(ours, segment, edition)]
    return sorted(_nearest(proposals), key=lambda p: (-p.bits, p.copy.book, p.juan, p.offset))


def _names(edition: Edition, renamings: Iterable[Renaming]) -> Iterator[tuple[str, ...]]:
    """The forms of each name that texts write in several ways."""
    for name in edition.layers.names:
        if name.kind in ("person", "place", "people", "state"):
            yield (name.name.hant, *(form for _, forms in name.forms for form in forms))
    for renaming in renamings:
        yield renaming.old, renaming.new


def _juans(edition: Edition, folder: Path) -> Iterator[Juan]:
    """The juan of the books, and of the works of the edition."""
    yield from books(folder, edition.bibliography, edition.converter)
    for (slug, number), group in groupby(edition.passages.values(), key=lambda passage: (passage.work, passage.juan)):
        text = "".join(han(passage.text) for passage in group)
        yield Juan(Copy(slug, EDITION), number, text, edition.works[slug].script)


def _without_doubles(
    ours: Ours, segments: Iterable[_Segment], edition: Edition, works: Sequence[str]
) -> list[_Segment]:
    """Of two works of the edition that are both compared, only the later has the earlier as its parallel."""
    order = list(edition.works)
    kept = []
    for segment in segments:
        copy, work = segment.candidate.copy, ours.passages[ours.where[segment.ours[0]][0]].passage.work
        if copy.name != EDITION or copy.book not in works or order.index(work) > order.index(copy.book):
            kept.append(segment)
    return kept


@dataclass(frozen=True)
class _Titles:
    """The titles of the bibliography, as symbols."""

    titles: dict[str, tuple[str, str]]
    """Symbols of a title → key and title of the book."""
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, edition: Edition, alphabet: Alphabet) -> _Titles:
        titles = {
            alphabet.read(name).text: (source.key, source.title)
            for source in edition.bibliography.sources
            for name in source.all_names
            if len(name) > 2  # 會編 and 事略 are in many words
        }
        ordered = sorted(titles, key=lambda title: (-len(title), title))
        return cls(titles, re.compile("|".join(map(re.escape, ordered)) or "(?!)"))

    def find(self, symbols: Symbols, book: str) -> list[Named]:
        """The titles of other books in a juan, in order."""
        found = []
        for match in self.pattern.finditer(symbols.text):
            key, title = self.titles[match[0]]
            if key != book:
                found.append(Named(title, symbols.starts[match.end()]))
        return found


def _scan(
    ours: Ours, alphabet: Alphabet, juans: Iterable[Juan], titles: _Titles
) -> tuple[list[_Candidate], Counter[str], Counter[str]]:
    """Every chain in the books, and how often the symbols of ours and their pairs occur in them."""
    seeds = chains.index(ours.text)
    candidates: list[_Candidate] = []
    single, double = Counter[str](), Counter[str]()
    for juan in juans:
        symbols = alphabet.read(juan.han)
        text, starts = symbols.text, symbols.starts
        single.update(text)
        double.update(pair for pair in map("".join, pairwise(text)) if pair in seeds)
        titles_named = titles.find(symbols, juan.copy.book)
        ends = [named.end for named in titles_named]
        for chain in chains.chains(seeds, text, SHARED):
            first, last = max(0, chain.theirs[0] - MARGIN), min(len(text), chain.theirs[1] + MARGIN)
            window = Symbols(text[first:last], starts[first : last + 1])
            words = juan.han[starts[first] : starts[last]]
            place = bisect(ends, starts[chain.theirs[0]])
            named = tuple(titles_named[max(0, place - 1) : bisect(ends, starts[chain.theirs[1]])])
            candidates.append(_Candidate(juan.copy, juan.number, juan.script, chain, first, window, words, named))
    return candidates, single, double


def _segments(ours: str, candidate: _Candidate, rarity: Rarity, least: float) -> Iterator[_Segment]:
    """Align what lies between the runs of a chain, and its margins, symbol by symbol; then cut it."""
    theirs, shift = candidate.symbols.text, candidate.first
    left, right = max(0, candidate.chain.ours[0] - MARGIN), candidate.chain.ours[1] + MARGIN
    runs: list[Run] = []
    start, other = left, 0
    for run in (*candidate.chain.runs, (min(right, len(ours)), shift + len(theirs), 0)):
        gap = SequenceMatcher(None, ours[start : run[0]], theirs[other : run[1] - shift], autojunk=False)
        found = [(start + block.a, other + block.b, block.size) for block in gap.get_matching_blocks()]
        for own, their, length in (*found, (run[0], run[1] - shift, run[2])):
            if runs and (own, their) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
                runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + length)
            elif length:
                runs.append((own, their, length))
        start, other = run[0] + run[2], run[1] + run[2] - shift
    for bits, segment in rarity.segments(runs, least):
        yield _Segment(bits, segment, candidate)


def _without_overlaps(segments: list[_Segment], rarity: Rarity, least: float) -> list[_Segment]:
    """Take from each segment what a better one has too, and cut the rest anew: margins reach into other chains."""
    kept: dict[tuple[Copy, int], list[_Segment]] = {}
    for segment in sorted(segments, key=lambda s: -s.bits):
        same = kept.setdefault((segment.candidate.copy, segment.candidate.juan), [])
        better = [other for other in same if _meet(segment.ours, other.ours) and _meet(segment.theirs, other.theirs)]
        rest = [run for run in segment.runs if not any(_covers(other, segment, run) for other in better)]
        if len(rest) == len(segment.runs):
            same.append(segment)
        else:
            same += [_Segment(bits, runs, segment.candidate) for bits, runs in rarity.segments(rest, least)]
    return [segment for same in kept.values() for segment in same]


def _covers(other: _Segment, segment: _Segment, run: Run) -> bool:
    """Whether a run of one segment lies in another, in both texts."""
    starts = segment.candidate.symbols.starts
    theirs = starts[run[1]], starts[run[1] + run[2]]
    return _meet((run[0], run[0] + run[2]), other.ours) and _meet(theirs, other.theirs)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two ranges have anything in common."""
    return one[0] < other[1] and other[0] < one[1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The share of the shorter range that is in both."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / min(one[1] - one[0], other[1] - other[0])


def _without_witnesses(ours: Ours, segments: Iterable[_Segment]) -> list[_Segment]:
    """Leave out the text of our own juan where a copy of it stands among the books."""

    def juan_of(segment: _Segment) -> tuple[str, int]:
        passage = ours.passages[ours.where[segment.ours[0]][0]].passage
        return passage.work, passage.juan

    sizes = Counter(
        (ours.passages[index].passage.work, ours.passages[index].passage.juan)
        for index, _, _ in ours.where
        if index >= 0
    )
    groups: dict[tuple[Copy, int, str, int], list[_Segment]] = {}
    for segment in segments:
        key = (segment.candidate.copy, segment.candidate.juan, *juan_of(segment))
        groups.setdefault(key, []).append(segment)
    kept: list[_Segment] = []
    for (copy, _, work, juan), group in groups.items():
        line = _in_order(group)
        least = WITNESS if copy.book == work else 2 if copy.name else STRANGER
        if sum(_shared(segment.runs) for segment in line) >= least * sizes[work, juan]:
            first, last = min(s.theirs[0] for s in line), max(s.theirs[1] for s in line)
            group = [s for s in group if s.theirs[1] <= first or s.theirs[0] >= last]  # noqa: PLW2901
        kept += group
    return kept


def _shared(runs: Sequence[Run]) -> int:
    return sum(length for _, _, length in runs)


def _in_order(segments: Iterable[_Segment]) -> list[_Segment]:
    """The segments that stand in the same order in both texts, chosen so that they share most."""
    ordered = sorted(segments, key=lambda s: (s.ours, s.theirs))
    best: list[tuple[int, int]] = []
    for number, segment in enumerate(ordered):
        own = _shared(segment.runs)
        before = max(
            ((best[n][0], n) for n in range(number) if ordered[n].theirs[0] < segment.theirs[0]), default=(0, -1)
        )
        best.append((before[0] + own, before[1]))
    line: list[_Segment] = []
    number = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    while number >= 0:
        line.append(ordered[number])
        number = best[number][1]
    return line


def _proposals(ours: Ours, segment: _Segment, edition: Edition) -> Iterator[Proposal]:
    """A proposal for each passage in which a segment has words."""
    candidate = segment.candidate
    starts, base = candidate.symbols.starts, candidate.symbols.starts[0]
    pairs = [
        (*ours.where[start + n], starts[other + n] - base, starts[other + n + 1] - base)
        for start, other, length in segment.runs
        for n in range(length)
    ]
    parts = [(index, [pair[1:] for pair in part]) for index, part in groupby(pairs, key=lambda pair: pair[0])]
    most = max(_characters(part) for _, part in parts)
    for index, part in parts:
        if (shared := _characters(part)) < min(PART, most):
            continue
        passage, first, last = ours.passages[index], part[0][2], part[-1][3]
        equal = [(start, end, other - first, other_end - first) for start, end, other, other_end in part]
        theirs = candidate.han[first:last]
        yield Proposal(
            bits=segment.bits,
            ours=passage,
            start=part[0][0],
            end=part[-1][1],
            copy=candidate.copy,
            juan=candidate.juan,
            offset=base + first,
            theirs=theirs,
            script=candidate.script,
            shared=shared,
            readings=readings(passage, theirs, candidate.script, equal, edition.converter),
            named=next((named for named in reversed(candidate.named) if named.end <= base + first), None),
        )


def _characters(part: Iterable[Equal]) -> int:
    """How many characters of ours are equal."""
    return sum(end - start for start, end, _, _ in part)


def _nearest(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of the copies of a book that have the same words, the one that is nearest to ours."""
    kept: dict[str, list[Proposal]] = {}
    for proposal in sorted(proposals, key=lambda p: (-_nearness(p), p.copy.name, p.offset)):
        same = kept.setdefault(proposal.copy.book, [])
        if not any(
            other.copy != proposal.copy
            and (other.juan == proposal.juan or 0 in (other.juan, proposal.juan))
            and other.ours is proposal.ours
            and _overlap((other.start, other.end), (proposal.start, proposal.end)) > 0.5
            for other in same
        ):
            same.append(proposal)
            yield proposal


def _nearness(proposal: Proposal) -> float:
    differs = sum(
        max(reading.end - reading.start, len(reading.theirs)) * (0.1 if reading.kind == "graph" else 0.5)
        for reading in proposal.readings
    )
    return proposal.shared - differs
