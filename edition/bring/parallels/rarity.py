"""How much it says that two texts share some words: the information in them, in bits.

A symbol counts by how seldom it follows the one before it. So 同中書門下平章事 says little for its length, since 書
follows 中 in a thousand titles, and eight characters of a story say much. Numbers and dates say little anywhere, and
what was said once in a chain says nothing again: 一也 … 二也 … 三也.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.bring.parallels.chains import Run

#: Symbols of numbers and dates, and what each of them counts.
CALENDAR = frozenset(
    "〇一二三四五六七八九十廿卅百千万萬年歲岁月日朔晦春夏秋冬正閏闰甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥元"
)
CALENDAR_BITS = 1.5
#: Seeds that are so rare that their count says nothing of their frequency: what is added to the counts.
SMOOTH = 20
#: Books of fewer symbols say too little of what is seldom: there a symbol has at least so many bits, by itself and
#: after another. In the histories of Song, Liao and Jin these are 11 and 6 on average.
ENOUGH, LEAST = 1_000_000, (9.0, 5.0)
#: What a gap costs, in bits, and each symbol of the longer side of it.
OPEN, EXTEND = 4.5, 1.2
#: A run at the end of a chain is left out if the gap before it is so many times as long.
SPARSE = 3


@dataclass
class Rarity:
    """Counts of the symbols in the books, and what follows from them for each symbol of our text."""

    ours: str
    single: Counter[str]
    double: Counter[str]

    def __post_init__(self) -> None:
        """Compute the bits of each symbol of ours: by itself, and after the one before it."""
        total = sum(self.single.values()) + len(self.ours)
        alone_least, after_least = LEAST if total < ENOUGH else (0.0, 0.0)
        alone = [max(alone_least, math.log2(total / (self.single[symbol] + 1))) for symbol in self.ours]
        after = [0.0] + [
            min(bits, max(after_least, math.log2((self.single[one] + SMOOTH) / (self.double[one + other] + 1))))
            for (one, other), bits in zip(pairwise(self.ours), alone[1:], strict=True)
        ]
        self._alone = [min(b, CALENDAR_BITS) if s in CALENDAR else b for s, b in zip(self.ours, alone, strict=True)]
        self._after = [min(b, CALENDAR_BITS) if s in CALENDAR else b for s, b in zip(self.ours, after, strict=True)]

    def bits(self, runs: Iterable[Run]) -> list[float]:
        """The bits of each run of a chain."""
        said: set[str] = set()
        found = []
        for start, _, length in runs:
            total = 0.0
            for place in range(start, start + length):
                pair = self.ours[place - 1 : place + 1] if place > start else self.ours[place]
                pair = "".join("一" if symbol in CALENDAR else symbol for symbol in pair)
                if pair not in said:
                    said.add(pair)
                    total += self._after[place] if place > start else self._alone[place]
            found.append(total)
        return found

    def segments(self, runs: Sequence[Run], least: float) -> Iterable[tuple[float, Sequence[Run]]]:
        """Cut a chain where a gap costs more than what is beyond it says; yield the parts that say ``least`` bits.

        The best comes first, found as Kadane's algorithm finds the largest sum of neighbours; then those on both sides.
        """
        bits = self.bits(runs)
        best = (0.0, 0, 0)
        total, first = 0.0, 0
        for number, run in enumerate(runs):
            if number:
                total -= OPEN + EXTEND * _gap(runs[number - 1], run)
            if total <= 0:
                total, first = 0.0, number
            total += bits[number]
            best = max(best, (total, first, number), key=lambda item: item[0])
        score, first, last = best
        if not runs or score < least:
            return
        yield score, _trimmed(runs[first : last + 1])
        yield from self.segments(runs[:first], least)
        yield from self.segments(runs[last + 1 :], least)


def _trimmed(runs: Sequence[Run]) -> Sequence[Run]:
    """Leave out runs at either end that are short beside the gap that parts them from the rest: chance characters.

    >>> _trimmed([(0, 0, 1), (4, 1, 9), (14, 11, 2)])
    [(4, 1, 9), (14, 11, 2)]
    """
    while len(runs) > 1 and _gap(runs[0], runs[1]) >= SPARSE * runs[0][2]:
        runs = runs[1:]
    while len(runs) > 1 and _gap(runs[-2], runs[-1]) >= SPARSE * runs[-1][2]:
        runs = runs[:-1]
    return runs


def _gap(before: Run, after: Run) -> int:
    """How many symbols lie between two runs, in the text that has more of them."""
    return max(after[0] - before[0] - before[2], after[1] - before[1] - before[2])
