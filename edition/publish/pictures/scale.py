"""The days that several books give for one event, on a line."""

from __future__ import annotations

from collections.abc import Sequence

from edition.publish.pictures import labels
from edition.publish.pictures.svg import element, number, write

_TYPE = 13.0


def scale(days: Sequence[tuple[str, int]], months: Sequence[tuple[str, int]], now: int, label: str) -> str:
    """Return a line of days with the names of the books at the days that they give.

    ``days``: names and JDNs, ``months``: names and JDNs of the new moons about them; ``now``: the JDN to fill;
    ``label``: what the picture shows, in words.
    """
    width, line, height = 480.0, 46.0, 84.0
    by_day: dict[int, list[str]] = {}
    for name, day in days:
        if name not in by_day.setdefault(day, []):
            by_day[day].append(name)
    first, last = min(by_day) - 2, max(by_day) + 2

    def x(day: float) -> float:
        return 12 + (day - first) / (last - first) * (width - 24)

    parts = [element("path", {"class": "axis", "d": f"M0 {number(line)}H{number(width)}"})]
    for name, day in months:
        if first <= day <= last:
            parts.append(element("path", {"class": "axis", "d": f"M{number(x(day))} {number(line)}v12"}))
            parts.append(
                element("text", {"class": "second", "x": x(day), "y": line + 28, "text-anchor": "middle"}, name)
            )
    points = [(x(day), line) for day in by_day]
    texts = ["、".join(names) for names in by_day.values()]
    below = labels.Box(0, line, width, height)
    spots = labels.place(points, texts, _TYPE, labels.Box(0, 0, width, line), [below])
    for day, text, spot in zip(by_day, texts, spots, strict=True):
        parts.append(element("circle", {"class": "here" if day == now else "there", "cx": x(day), "cy": line, "r": 4}))
        parts.append(element("text", {"x": spot.x, "y": spot.y}, text))
    box = f"0 0 {number(width)} {number(height)}"
    return write(element("svg", {"class": "picture scale", "viewBox": box, "role": "img", "aria-label": label}, *parts))
