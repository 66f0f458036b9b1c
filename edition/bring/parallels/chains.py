"""Find chains: runs of symbols that stand in the same order in two texts, with gaps between them.

A seed is two symbols that stand side by side in both texts; where those two occur more than `MOST` times in ours, three
symbols, or four. Seeds on one diagonal that touch are a run; a run follows another if the gap between them is at most
`GAP` symbols in either text. The best chain is found by dynamic programming over the runs of one juan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: The most symbols that may stand between two runs of a chain, in either text.
GAP = 24
#: The most places of ours that one seed may have; beyond, a longer seed is taken.
MOST = 60
#: The length of the longest seed; one that is more frequent still is passed over.
LONGEST = 5
#: What a gap costs, in symbols, and each symbol of the longer side of it.
OPEN, EXTEND = 0.3, 0.06


#: Where a run of equal symbols is: start in ours, start in theirs, length.
Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain: the runs of equal symbols in it, in order, without overlaps."""

    runs: tuple[Run, ...]

    @property
    def ours(self) -> tuple[int, int]:
        """From where to where in our text, in symbols."""
        return self.runs[0][0], self.runs[-1][0] + self.runs[-1][2]

    @property
    def theirs(self) -> tuple[int, int]:
        """From where to where in the other text."""
        return self.runs[0][1], self.runs[-1][1] + self.runs[-1][2]

    @property
    def shared(self) -> int:
        """Symbols in its runs."""
        return sum(length for _, _, length in self.runs)


def index(text: str) -> dict[str, tuple[int, ...]]:
    """Each seed of our text → its places. A seed that is too frequent has none, and its longer seeds are there.

    >>> index("取中京取中京")["取中"]
    (0, 3)
    """
    found: dict[str, tuple[int, ...]] = {}
    wanted = range(len(text) - 1)
    for length in range(2, LONGEST + 1):
        places: dict[str, list[int]] = {}
        for start in wanted:
            seed = text[start : start + length]
            if len(seed) == length and "\n" not in seed:
                places.setdefault(seed, []).append(start)
        found.update({seed: tuple(starts) if len(starts) <= MOST else () for seed, starts in places.items()})
        wanted = sorted(start for starts in places.values() if len(starts) > MOST for start in starts)  # type: ignore[assignment]
    return found


def chains(seeds: Mapping[str, tuple[int, ...]], theirs: str, least: int) -> Iterator[Chain]:
    """The chains of a text with at least ``least`` shared symbols, the best first; no run is in two chains."""
    runs = sorted(_runs(seeds, theirs))
    best = _best(runs)
    used: set[int] = set()
    for last in sorted((n for n in range(len(runs)) if best[n].shared >= least), key=lambda n: (-best[n].score, n)):
        line: list[int] = []
        number = last
        while number >= 0 and number not in used:
            used.add(number)
            line.append(number)
            number = best[number].before
        if line and (chain := _chain([runs[number] for number in reversed(line)])).shared >= least:
            yield chain


class _End(NamedTuple):
    """The best chain that ends with a run."""

    score: float
    shared: int
    before: int
    """The run before it; −1 if it is the first."""


def _best(runs: Sequence[tuple[int, int, int]]) -> list[_End]:
    """For each run, in order of theirs, the best chain that ends with it."""
    best: list[_End] = []
    bands: dict[int, list[int]] = {}
    for number, (i, j, length) in enumerate(runs):
        end, band = _End(float(length), length, -1), (j - i) // GAP
        for near in (band - 1, band, band + 1):
            if not (ends := bands.get(near)):
                continue
            while ends and runs[ends[0]][0] + runs[ends[0]][2] + GAP < i:
                del ends[0]
            for other in ends:
                i0, j0, length0 = runs[other]
                gap_i, gap_j = i - i0 - length0, j - j0 - length0
                overlap = -min(gap_i, gap_j, 0)
                if overlap >= length or gap_i > GAP or gap_j > GAP or i0 >= i or j0 >= j:
                    continue
                score = best[other].score + length - overlap - OPEN - EXTEND * (max(gap_i, gap_j) + overlap)
                if score > end.score:
                    end = _End(score, best[other].shared + length - overlap, other)
        best.append(end)
        bands.setdefault(band, []).append(number)
    return best


def _chain(runs: Iterable[tuple[int, int, int]]) -> Chain:
    """A chain of runs, each its start in theirs, in ours, and its length; what overlaps the run before is cut off."""
    found: list[Run] = []
    for i, j, length in runs:
        over = max(0, found[-1][0] + found[-1][2] - j, found[-1][1] + found[-1][2] - i) if found else 0
        if over < length:
            found.append((j + over, i + over, length - over))
    return Chain(tuple(found))


def _runs(seeds: Mapping[str, tuple[int, ...]], theirs: str) -> Iterator[tuple[int, int, int]]:
    """Maximal runs of equal symbols: start in theirs, start in ours, length."""
    open_: dict[int, tuple[int, int]] = {}
    for i in range(len(theirs) - 1):
        length = 2
        places = seeds.get(theirs[i : i + 2])
        while places == () and length < LONGEST:
            length += 1
            places = seeds.get(theirs[i : i + length])
        if not places:
            continue
        end = i + length
        for j in places:
            diagonal = j - i
            run = open_.get(diagonal)
            if run is None:
                open_[diagonal] = (i, end)
            elif run[1] >= i:
                open_[diagonal] = (run[0], max(run[1], end))
            else:
                yield run[0], run[0] + diagonal, run[1] - run[0]
                open_[diagonal] = (i, end)
    for diagonal, (start, end) in open_.items():
        yield start, start + diagonal, end - start
