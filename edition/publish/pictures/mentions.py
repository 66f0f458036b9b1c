"""When a name is mentioned: the years from left to right, a lane for each work, a mark for each year that has some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.publish.pictures.svg import element, number, write

WIDTH, LANE = 250, 7


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a name in one work."""

    title: str
    by_year: Mapping[int, int]
    """Year → how often."""


def bar(years: tuple[int, int], works: Sequence[Mentions], url: str) -> str:
    """Return the bar of a name from the first to the last of ``years``.

    The height of a mark is a third of its lane for one mention, two thirds for two, the whole for three and more.
    ``url``: the address of a year, with ``{year}``. Keyboards and screen readers skip the picture: what it shows also
    stands on the page of the name.
    """
    first, last = years
    step = WIDTH / (last - first + 1)
    parts = []
    for lane, work in enumerate(works):
        foot = 3 + (lane + 1) * LANE
        parts.append(element("path", {"class": "grid", "d": f"M0 {foot - 0.5}H{WIDTH}"}))
        for year, times in sorted(work.by_year.items()):
            height = min(times, 3) * (LANE - 1) / 3
            x = (year - first + 0.5) * step
            mark = element("path", {"class": "mark", "d": f"M{number(x)} {foot - 1}v{number(-height)}"})
            title = element("title", f"{year} {work.title} {times}")
            parts.append(element("a", {"href": url.format(year=year), "tabindex": "-1"}, title, mark))
    height = LANE * len(works) + 6
    attributes = {"class": "mentions", "viewBox": f"0 0 {WIDTH} {height}", "aria-hidden": "true"}
    return write(element("svg", attributes, *parts))


def axis(years: tuple[int, int]) -> str:
    """Return the scale that stands over the bars: the first and the last year, and round years between them.

    >>> from xml.etree import ElementTree as ET
    >>> [text.text for text in ET.fromstring(axis((1101, 1123))).iter("text")]
    ['1101', '1110', '1123']
    """
    first, last = years
    step = WIDTH / (last - first + 1)
    every = next(n for n in (10, 20, 50, 100, 200, 500, 1000) if n * step >= 50 or n == 1000)
    inner = [
        year for year in range(first - first % every + every, last, every) if min(year - first, last - year) * step > 40
    ]
    labels = [(first, "start"), *((year, "middle") for year in inner), (last, "end")]
    parts = [
        element(
            "text",
            {
                "x": 0 if side == "start" else WIDTH if side == "end" else (year - first + 0.5) * step,
                "y": 12,
                "text-anchor": side,
            },
            str(year),
        )
        for year, side in labels
    ]
    return write(element("svg", {"class": "mentions", "viewBox": f"0 0 {WIDTH} 16", "aria-hidden": "true"}, *parts))
