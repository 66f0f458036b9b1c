"""A year at one look: its lunar and Julian months, and in a lane for each work what that work tells and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edition.publish.pictures.svg import Element, element, number, write
from edition.rules import sexagenary

_TOP, _LANE = 31, 18


@dataclass(frozen=True, slots=True)
class Lane:
    """What one work has of a year."""

    name: str
    told: tuple[tuple[int, int], ...]
    """First and last JDN of each month that the work tells."""
    days: tuple[int, ...]
    """JDNs of the days that it names."""
    eclipses: tuple[int, ...]
    silent: bool
    """Whether it has nothing under this year."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A lunar month on the scale."""

    first: int
    """JDN."""
    name: str
    url: str
    """Empty if there is nothing to lead to."""


@dataclass(frozen=True, slots=True)
class YearStrip:
    """What the strip of a year shows."""

    span: tuple[int, int]
    """First and last JDN of the year."""
    months: tuple[Mark, ...]
    lanes: tuple[Lane, ...]
    label: str
    """What the picture shows, in words."""
    month: str
    """The word after the number of a Julian month."""
    now: int = 0
    """JDN of a day to mark, or 0."""


def strip(year: YearStrip) -> str:
    """Return the strip of a year, hidden from screen readers: it repeats what stands on the page.

    Positions are percentages and heights pixels, so that the type keeps its size on any screen.
    """
    first, last = year.span
    height = _TOP + _LANE * len(year.lanes) + 30
    foot = height - 27

    def x(jdn: float) -> str:
        return f"{(jdn - first) / (last + 1 - first) * 100:.1f}%"

    parts: list[Element] = []
    for index, mark in enumerate(year.months):
        line = element("line", {"y1": 4, "y2": foot})
        name = element("text", {"x": 4, "y": 14}, mark.name)
        if mark.url:  # the page has the same links: they need not be reached by keyboard twice
            name = element("a", {"href": mark.url, "tabindex": "-1"}, name)
        parts.append(element("svg", {"x": x(mark.first)} | _second(index), line, name))
    parts += _julian(year, foot, x)
    for index, lane in enumerate(year.lanes):
        drawn: list[Element] = [element("line", {"class": "none" if lane.silent else "lane", "x2": "100%"})]
        drawn += [element("line", {"class": "told", "x1": x(a), "x2": x(b + 1)}) for a, b in _joined(lane.told)]
        drawn += [element("circle", {"cx": x(day + 0.5), "r": 3.5}) for day in lane.days]
        drawn += [element("circle", {"class": "sun", "cx": x(day + 0.5), "r": 5.5}) for day in lane.eclipses]
        parts.append(element("g", {"transform": f"translate(0 {_TOP + _LANE * index})"}, *drawn))
    if year.now:
        here = x(year.now + 0.5)
        parts.append(element("line", {"class": "now", "x1": here, "x2": here, "y1": 18, "y2": foot}))
    attributes = {"class": "picture strip", "height": number(height), "aria-hidden": "true"}
    return write(element("svg", attributes, element("title", year.label), *parts))


def _second(index: int) -> dict[str, str]:
    """Every second name is left out where there is no room."""
    return {"class": "second"} if index % 2 else {}


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that follow one another.

    >>> _joined([(1, 30), (31, 59), (80, 99)])
    [(1, 59), (80, 99)]
    """
    found: list[tuple[int, int]] = []
    for first, last in sorted(set(spans)):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _julian(strip: YearStrip, foot: int, x: Callable[[float], str]) -> list[Element]:
    """A tick for the first day of each Julian month; a new year has its number instead of that of the month."""
    year, month, _ = sexagenary.julian(strip.span[0])
    ticks: list[Element] = []
    while True:
        year, month = year + month // 12, month % 12 + 1
        first = sexagenary.jdn(year, month, 1)
        if first > strip.span[1]:
            return ticks
        parts = [element("line", {"y2": 5})]
        if strip.span[1] - first > 20:  # otherwise its name would leave the picture
            parts.append(element("text", {"x": 2, "y": 16}, str(year) if month == 1 else f"{month}{strip.month}"))
        ticks.append(element("svg", {"x": x(first), "y": foot} | _second(len(ticks)), *parts))
