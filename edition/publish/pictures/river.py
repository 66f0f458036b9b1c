"""The river: time × works, with the ink of each month, events told twice, displaced passages, eras and eclipses.

One list of marks is drawn twice: time across for a wide screen, and time down for a narrow one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.model.kinds import DisplacedKind
from edition.publish.pictures.labels import width_of
from edition.publish.pictures.svg import Element, element, number, write

_TYPE = 12.5
#: Of the highest bar, and of the deepest arc under a lane.
_HEIGHT, _DEEP = 64.0, 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """The characters that a work has under one month, or under a season or year."""

    first: int
    """JDN."""
    last: int
    size: int
    """In Chinese characters."""
    url: str
    title: str

    @property
    def dated(self) -> bool:
        """Whether they are dated to a month."""
        return self.last - self.first < 31

    @property
    def weight(self) -> float:
        """Characters for each month: of a season or year they are spread over its months, so that areas compare."""
        return self.size if self.dated else self.size / ((self.last - self.first + 1) / 29.53)


@dataclass(frozen=True, slots=True)
class Label:
    """What a work calls a year."""

    first: int
    last: int
    text: str
    """天輔六年."""
    short: str
    """六年, where there is no room for the name of the era."""
    differs: bool
    """Whether it counts otherwise than is common."""
    empty: bool
    """Whether the heading is printed and has no text."""


@dataclass(frozen=True, slots=True)
class Arc:
    """Words that stand under one time and tell of another."""

    stands: int
    """JDN."""
    first: int
    """First JDN of what they tell of."""
    last: int
    kind: DisplacedKind
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A work."""

    title: str
    juan: str
    url: str
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """An event that several works tell."""

    title: str
    url: str
    ends: tuple[tuple[int, float], ...]
    """Index of a lane and JDN, in the order of the lanes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event or an eclipse at its time."""

    jdn: float
    title: str
    url: str
    lanes: tuple[int, ...]
    """The works that tell of it."""


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year of the scale."""

    year: int
    ganzhi: str
    first: int
    last: int
    url: str
    size: int
    """Characters of all works."""


@dataclass(frozen=True, slots=True)
class River:
    """All that the picture shows."""

    years: tuple[YearMark, ...]
    lanes: tuple[Lane, ...]
    eras: tuple[tuple[str, tuple[tuple[str, int, int, str], ...]], ...]
    """For each state its name, and name, first and last JDN, and address of its eras."""
    threads: tuple[Thread, ...]
    eclipses: tuple[Mark, ...]
    events: tuple[Mark, ...]


class Scale:
    """Time → units. Years with more text are drawn wider, and runs of more than three empty years are left out."""

    def __init__(self, years: Sequence[YearMark], start: float, length: float = 0) -> None:
        """Lay out the years from ``start``; they fill ``length``, or with 0 take as much as is comfortable."""
        most = max(year.size for year in years) or 1
        elided = _inner(sorted(year.year for year in years if not year.size))
        widths = [3.0 if year.year in elided else 30 + 55 * (year.size / most) ** 0.5 for year in years]
        factor = length / sum(widths) if length else 1.0
        self.edges: list[tuple[int, float]] = []
        place = start
        for year, width in zip(years, widths, strict=True):
            self.edges.append((year.first, place))
            place += width * factor
        self.edges.append((years[-1].last + 1, place))
        self.end = place
        self.elided = elided

    def __call__(self, jdn: float) -> float:
        """The place of a moment; those before and after the scale stand at its ends."""
        for (first, start), (following, end) in pairwise(self.edges):
            if jdn < following:
                return start + max(0.0, jdn - first) / (following - first) * (end - start)
        return self.end


def _inner(years: Sequence[int]) -> set[int]:
    """Of runs of more than three years, all but the first and the last.

    >>> sorted(_inner([1101, 1110, 1111, 1112, 1113]))
    [1111, 1112]
    """
    known = set(years)
    runs = [year for year in years if year - 1 not in known]
    found: set[int] = set()
    for first in runs:
        last = next(year for year in range(first, first + len(years)) if year + 1 not in known)
        if last - first >= 3:
            found |= set(range(first + 1, last))
    return found


def across(river: River) -> str:
    """Return the river with time from left to right."""
    left = 92.0
    t = Scale(river.years, left, max(1220.0, 24.0 * len(river.years)))
    eras = 21.0 * len(river.eras)
    top = 42 + eras
    feet = [top + 24 + (i + 1) * (16 + _HEIGHT) + i * _DEEP for i in range(len(river.lanes))]
    rail = feet[-1] + _DEEP + 6
    parts = _years_across(river, t, rail)
    parts += _eras_across(river, t, left)
    for mark in river.eclipses:
        foot = feet[max(mark.lanes, default=0)]
        stem = element("path", {"class": "eclipse", "d": f"M{number(t(mark.jdn))} {number(top + 8)}V{number(foot)}"})
        disc = element("circle", {"class": "sun", "cx": t(mark.jdn), "cy": top + 8, "r": 5})
        parts.append(_link(mark.url, mark.title, stem, disc))
    for thread in river.threads:
        d = "M" + "L".join(f"{number(t(jdn))} {number(feet[lane])}" for lane, jdn in thread.ends)
        parts.append(_link(thread.url, thread.title, element("path", {"class": "thread", "d": d})))
    peak = max((bar.size for lane in river.lanes for bar in lane.bars if bar.dated), default=1)
    for lane, foot in zip(river.lanes, feet, strict=True):
        parts += _lane_across(lane, t, foot, _HEIGHT / peak, left)
    parts += _events_across(river.events, t, left, rail)
    size = f"0 0 {number(t.end + 48)} {number(rail + 190)}"
    return write(element("svg", {"class": "picture river wide", "viewBox": size, "aria-hidden": "true"}, *parts))


def down(river: River) -> str:
    """Return the river with time from top to bottom, without the names of the events."""
    top, wide = 46.0, 46.0
    t = Scale(river.years, top, max(1140.0, 22.0 * len(river.years)))
    eras = 34.0
    step = max(60.0, (340 - eras - 14.0 * len(river.eras)) / max(1, len(river.lanes)))
    feet = [eras + 14.0 * len(river.eras) + 30 + i * step for i in range(len(river.lanes))]
    right = feet[-1] + wide + 8
    parts: list[Element] = []
    for year in river.years:
        a, b = t(year.first), t(year.last + 1)
        if year.year in t.elided:
            continue
        hit = element("rect", {"class": "hit", "x": 0, "y": a, "width": right, "height": b - a})
        line = element("path", {"class": "grid", "d": f"M0 {number(a)}H{number(right)}"})
        text = element("text", {"x": 0, "y": a + 13}, str(year.year))
        parts.append(_link(year.url, f"{year.year} {year.ganzhi}", hit, line, text))
    parts += _eras_down(river, t, eras, top)
    for thread in river.threads:
        d = "M" + "L".join(f"{number(feet[lane])} {number(t(jdn))}" for lane, jdn in thread.ends)
        parts.append(_link(thread.url, thread.title, element("path", {"class": "thread", "d": d})))
    peak = max((bar.size for lane in river.lanes for bar in lane.bars if bar.dated), default=1)
    for lane, foot in zip(river.lanes, feet, strict=True):
        parts += _lane_down(lane, t, foot, wide / peak, top)
    for mark in river.eclipses:
        discs = [element("circle", {"class": "sun", "cx": feet[i], "cy": t(mark.jdn), "r": 4}) for i in mark.lanes]
        parts.append(_link(mark.url, mark.title, *discs))
    size = f"0 0 {number(right)} {number(t.end + 12)}"
    return write(element("svg", {"class": "picture river narrow", "viewBox": size, "aria-hidden": "true"}, *parts))


def _eras_down(river: River, t: Scale, left: float, top: float) -> list[Element]:
    parts: list[Element] = []
    for index, (state, eras) in enumerate(river.eras):
        x = left + 14 * index
        parts.append(element("text", {"class": "second upright", "x": x + 6.5, "y": top - 28}, state))
        for name, first, last, url in eras:
            a, b = t(first), t(last + 1)
            box = element("rect", {"class": "era", "x": x, "y": a, "width": 13, "height": b - a})
            fits = 12 * len(name) < b - a - 2
            words = [element("text", {"class": "upright", "x": x + 6.5, "y": a + 2}, name)] if fits else []
            parts.append(_link(url, f"{state} {name}", box, *words))
    return parts


def _lane_down(lane: Lane, t: Scale, foot: float, unit: float, top: float) -> list[Element]:
    """A work; ``unit`` is the length of the bar of one character."""
    name = element("text", {"class": "name", "x": foot - 4, "y": top - 20}, lane.title)
    juan = element("text", {"class": "second", "x": foot - 4, "y": top - 6}, lane.juan)
    parts = [_link(lane.url, "", name, juan)]
    parts.append(element("path", {"class": "beyond", "d": f"M{number(foot)} {number(top)}V{number(t.end)}"}))
    for bar in lane.bars:
        a, b = t(bar.first), t(bar.last + 1)
        box = {"x": foot, "y": a + 0.3, "width": max(1.6, bar.weight * unit), "height": max(1.3, b - a - 0.6)}
        parts.append(_link(bar.url, bar.title, element("rect", box | {"class": "ink" if bar.dated else "loose"})))
    for label in lane.labels:
        a, b = t(label.first), t(label.last + 1)
        parts.append(element("path", {"class": "ground", "d": f"M{number(foot)} {number(a)}V{number(b)}"}))
        if label.empty:
            parts.append(element("circle", {"class": "loose", "cx": foot + 5, "cy": (a + b) / 2, "r": 2.6}))
    for arc in lane.arcs:
        a, b = t(arc.stands), t((arc.first + arc.last) / 2)
        x = foot - 4 - 24 * min(1.0, abs(b - a) / 620) ** 0.5
        d = f"M{number(foot)} {number(a)}C{number(x)} {number(a)} {number(x)} {number(b)} {number(foot)} {number(b)}"
        parts.append(_link(arc.url, arc.title, element("path", {"class": f"arc {arc.kind}", "d": d})))
    return parts


def _lane_across(lane: Lane, t: Scale, foot: float, unit: float, left: float) -> list[Element]:
    """A work; ``unit`` is the height of the bar of one character."""
    name = element("text", {"x": left - 8, "y": foot - 16, "text-anchor": "end", "class": "name"}, lane.title)
    juan = element("text", {"x": left - 8, "y": foot, "text-anchor": "end", "class": "second"}, lane.juan)
    parts = [_link(lane.url, "", name, juan)]
    parts.append(element("path", {"class": "beyond", "d": f"M{number(left)} {number(foot)}H{number(t.end)}"}))
    for bar in lane.bars:
        a, b = t(bar.first), t(bar.last + 1)
        high = max(2.0, bar.weight * unit)
        box = {"x": a + 0.4, "y": foot - high, "width": max(1.4, b - a - 0.8), "height": high}
        parts.append(_link(bar.url, bar.title, element("rect", box | {"class": "ink" if bar.dated else "loose"})))
    for label in lane.labels:
        a, b = t(label.first), t(label.last + 1)
        parts.append(element("path", {"class": "ground", "d": f"M{number(a)} {number(foot)}H{number(b)}"}))
        sign = "≠" if label.differs else ""
        texts = (text + sign for text in (label.text, label.short) if width_of(text + sign, _TYPE) < b - a - 2)
        words = {"x": a + 3, "y": foot - _HEIGHT - 4, "class": "editor" if label.differs else "second"}
        parts.append(element("text", words, next(texts, sign)))
        if label.empty:
            parts.append(element("circle", {"class": "loose", "cx": (a + b) / 2, "cy": foot - 5, "r": 3}))
    longest = sorted(lane.arcs, key=lambda arc: -abs(t(arc.first) - t(arc.stands)))
    return [*parts, *(_arc_across(arc, t, foot, _DEEP) for arc in longest)]


def _link(url: str, title: str, *content: Element) -> Element:
    """A link of the picture. Keyboards skip it, because the table below the picture has the same ones."""
    words = [element("title", title)] if title else []
    return element("a", {"href": url, "tabindex": "-1"}, *words, *content)


def _years_across(river: River, t: Scale, rail: float) -> list[Element]:
    parts: list[Element] = []
    for year in river.years:
        a, b = t(year.first), t(year.last + 1)
        parts.append(element("path", {"class": "grid", "d": f"M{number(a)} 4V{number(rail)}"}))
        if year.year in t.elided:
            continue
        hit = element("rect", {"class": "hit", "x": a, "y": 0, "width": b - a, "height": rail})
        text = element("text", {"x": a + 3, "y": 14}, str(year.year))
        under = element("text", {"class": "second", "x": a + 3, "y": 30}, year.ganzhi)
        parts.append(_link(year.url, f"{year.year} {year.ganzhi}", hit, text, under))
    return parts


def _eras_across(river: River, t: Scale, left: float) -> list[Element]:
    parts: list[Element] = []
    for index, (state, eras) in enumerate(river.eras):
        y = 40 + 21.0 * index
        parts.append(element("text", {"class": "second", "x": left - 8, "y": y + 14, "text-anchor": "end"}, state))
        for name, first, last, url in eras:
            a, b = t(first), t(last + 1)
            box = element("rect", {"class": "era", "x": a, "y": y, "width": b - a, "height": 19})
            fits = width_of(name, _TYPE) < b - a - 4
            words = [element("text", {"x": a + 4, "y": y + 14}, name)] if fits else []
            parts.append(_link(url, f"{state} {name}", box, *words))
    return parts


def _arc_across(arc: Arc, t: Scale, foot: float, deep: float) -> Element:
    """An arc from where words stand to the time they tell of; one that ends beyond the scale leaves it at its end."""
    a, b = t(arc.stands), t((arc.first + min(arc.last, arc.first + 400)) / 2)
    low = foot + (5 + (deep - 8) * min(1.0, abs(b - a) / 560) ** 0.5) * 1.33
    d = f"M{number(a)} {number(foot)}C{number(a)} {number(low)} {number(b)} {number(low)} {number(b)} {number(foot)}"
    end = element("circle", {"class": "end", "cx": b, "cy": foot, "r": 1.9})
    return _link(arc.url, arc.title, element("path", {"class": f"arc {arc.kind}", "d": d}), end)


def _events_across(events: Sequence[Mark], t: Scale, left: float, rail: float) -> list[Element]:
    """The names of the events on their rail, spread out; of too many, those that fewer works tell are left out."""
    apart = 15.2
    room = int((t.end + 30 - left) // apart)
    kept = sorted(sorted(events, key=lambda mark: -len(mark.lanes))[:room], key=lambda mark: mark.jdn)
    spots = spread([t(mark.jdn) for mark in kept], apart, left + 4, t.end + 30)
    parts = [element("path", {"class": "axis", "d": f"M{number(left)} {number(rail)}H{number(t.end)}"})]
    for mark, spot in zip(kept, spots, strict=True):
        several = len(mark.lanes) > 1
        d = f"M{number(t(mark.jdn))} {number(rail - 4)}v8L{number(spot)} {number(rail + 40)}v4"
        line = element("path", {"class": "thread" if several else "axis", "d": d})
        name = {"class": "upright" if several else "upright second", "x": spot, "y": rail + 47}
        parts.append(_link(mark.url, "", line, element("text", name, mark.title)))
    return parts


def spread(places: Sequence[float], apart: float, first: float, last: float) -> list[float]:
    """Move sorted places so that neighbours are ``apart``, each as little as the others allow.

    They stay between ``first`` and ``last``, which must have room for all.

    >>> spread([10, 11, 12], 5, 0, 100)
    [6.0, 11.0, 16.0]
    """
    groups: list[tuple[int, float]] = []
    """Neighbours that touch: how many, and the sum of where each would like the first of them to be."""
    for place in places:
        count, total = 1, place
        while groups and _start(groups[-1], apart, first, last) + groups[-1][0] * apart > _start(
            (count, total), apart, first, last
        ):
            before, earlier = groups.pop()
            count, total = before + count, earlier + total - count * before * apart
        groups.append((count, total))
    found: list[float] = []
    for group in groups:
        start = _start(group, apart, first, last)
        found += [start + i * apart for i in range(group[0])]
    return found


def _start(group: tuple[int, float], apart: float, first: float, last: float) -> float:
    """Where the first of a group of places stands."""
    count, total = group
    return min(max(total / count, first), last - (count - 1) * apart)
