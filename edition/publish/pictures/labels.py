"""Place labels beside points so that no label covers another label or a point.

A greedy placer: the point with the most neighbours is labelled first, on the first side where nothing is in the way.
Optimal placement is NP-hard, and none of the libraries for it (adjustText, labella) works without drawing a whole
chart; for the dozens of labels of these pictures the greedy one leaves none over another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle, in the units of a picture."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that two boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)


@dataclass(frozen=True, slots=True)
class Label:
    """A label where it was placed."""

    x: float
    """Left edge."""
    y: float
    """Baseline."""
    box: Box
    away: float
    """Distance from the point; a label far from its point needs a line to it."""


def width_of(text: str, size: float) -> float:
    """Estimate the width of a text: a character of East Asia is as wide as the type is high, others about half as wide.

    >>> width_of("正月12≠", 10)
    41.6
    """
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else 0.58 * size for c in text)


def place(
    points: Sequence[tuple[float, float]], texts: Sequence[str], size: float, frame: Box, taken: Iterable[Box] = ()
) -> tuple[Label, ...]:
    """Return a label for each point, in the order of the points.

    ``size`` is the height of the type, ``taken`` what else must stay visible. Where no side is free, the one that
    covers least is taken.

    >>> left, right = place([(20, 20), (30, 20)], ["甲", "乙"], 10, Box(0, 0, 60, 40))
    >>> left.box.overlap(right.box), left.x < 20 < 30 < right.x
    (0.0, True)
    """
    radius = 0.45 * size
    marks = [Box(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    crowded = sorted(range(len(points)), key=lambda i: -_neighbours(points, i, 6 * size))
    placed: dict[int, Label] = {}
    for i in crowded:
        covered = [*taken, *marks[:i], *marks[i + 1 :], *(label.box for label in placed.values())]
        least = None
        for label in _sides(points[i], width_of(texts[i], size), size, radius):
            outside = _area(label.box) - label.box.overlap(frame)
            cost = 4 * outside + sum(label.box.overlap(box) for box in covered)
            if least is None or cost < least:
                least, placed[i] = cost, label
            if cost == 0:  # they come nearest first
                break
    return tuple(placed[i] for i in range(len(points)))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _neighbours(points: Sequence[tuple[float, float]], i: int, reach: float) -> int:
    x, y = points[i]
    return sum(abs(x - a) < reach and abs(y - b) < reach for a, b in points)


def _sides(point: tuple[float, float], width: float, size: float, radius: float) -> Iterable[Label]:
    """The eight sides of a point, the best to read first, and then the same farther away."""
    x, y = point
    for away in (radius + 2, *(radius + factor * size for factor in (0.6, 1.3, 2.2, 3.2, 4.5))):
        for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
            left = x + (away if dx > 0 else -away - width if dx < 0 else -width / 2)
            middle = y + dy * (away + size / 2 if dx == 0 else away)
            box = Box(left, middle - size / 2, left + width, middle + size / 2)
            yield Label(left, middle + 0.36 * size, box, away)
