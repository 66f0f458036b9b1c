"""The sun as it was eclipsed: a disc for a place, and all eclipses by hour and magnitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.kinds import EclipseType
from edition.publish.pictures import labels
from edition.publish.pictures.svg import Element, element, number, write

#: Radius of the moon by type of eclipse, where that of the sun is 1. Typical values: the data have none.
MOON = {"annular": 0.955, "partial": 0.99, "total": 1.03, "hybrid": 1.0}
_SUN = 15.0
_TYPE = 13.0


@dataclass(frozen=True, slots=True)
class Seen:
    """An eclipse as seen at one place, or as one of many at the same place."""

    name: str
    """Of the place; in a picture of many eclipses, of the eclipse."""
    magnitude: float
    """The share of the sun's diameter that is covered."""
    hour: float
    """Local mean time: 14.5 is half past two."""
    altitude: int = 90
    """Of the sun, in degrees; 0 at the horizon."""
    url: str = ""


def disc(type_: EclipseType, magnitude: float, altitude: int, id_: str) -> str:
    """Return the sun at the greatest moment, 34 units wide.

    The data have no position angle: the moon always comes from the right, which the pages say. A sun on the horizon
    stands on a line. ``id_`` must be unique on the page.

    >>> 'class="corona"' in disc("total", 1.03, 61, "a"), 'class="horizon"' in disc("partial", 0.2, 0, "b")
    (True, True)
    """
    middle = _SUN + 2
    parts: list[Element] = []
    sun = {"cx": middle, "cy": middle, "r": _SUN}
    if magnitude >= 1:
        parts = [element("circle", sun | {"class": "moon"}), element("circle", sun | {"class": "corona"})]
    else:
        moon = _SUN * MOON[type_]
        apart = max(0.0, _SUN + moon - 2 * _SUN * magnitude)
        covered = element("clipPath", {"id": id_}, element("circle", sun))
        shade = {"cx": middle + apart, "cy": middle, "r": moon, "class": "moon", "clip-path": f"url(#{id_})"}
        parts = [
            covered,
            element("circle", sun | {"class": "sun"}),
            element("circle", shade),
            element("circle", sun | {"class": "limb"}),
        ]
    if altitude <= 0:
        parts.append(element("path", {"class": "horizon", "d": f"M0 {number(middle)}H{number(2 * middle)}"}))
    size = number(2 * middle)
    return write(element("svg", {"class": "disc", "viewBox": f"0 0 {size} {size}", "aria-hidden": "true"}, *parts))


def sky(seen: Sequence[Seen], label: str, hour: str) -> str:
    """Return all eclipses as seen at one place: hours across, magnitude upwards.

    ``label`` says in words what the picture shows; ``hour`` is the word after a number of hours.
    """
    width, height, foot = 1000.0, 150.0, 120.0
    first, last = int(min(s.hour for s in seen)) - 1, int(max(s.hour for s in seen)) + 2
    left, step = 40.0, (width - 80) / (last - first)

    def at(one: Seen) -> tuple[float, float]:
        return left + (one.hour - first) * step, foot - 90 * min(one.magnitude, 1.05)

    points = [at(one) for one in seen]
    texts = [f"{one.name} {one.magnitude:.2f}" for one in seen]
    stems = [labels.Box(x - 1, y, x + 1, foot) for x, y in points]
    axis = labels.Box(0, foot - 1, width, foot + 1)
    spots = labels.place(points, texts, _TYPE, labels.Box(0, 0, width, foot), [axis, *stems])
    parts = [element("path", {"class": "axis", "d": f"M0 {number(foot)}H{number(width)}"})]
    for each in range(first + 1, last):
        x = left + (each - first) * step
        parts.append(element("path", {"class": "grid", "d": f"M{number(x)} 8V{number(foot)}"}))
        parts.append(
            element("text", {"class": "second", "x": x, "y": foot + 18, "text-anchor": "middle"}, f"{each}{hour}")
        )
    for one, (x, y), text, spot in zip(seen, points, texts, spots, strict=True):
        stem = element("path", {"class": "stem", "d": f"M{number(x)} {number(foot)}V{number(y)}"})
        dot = element("circle", {"class": "sun", "cx": x, "cy": y, "r": 4.5})
        words = element("text", {"x": spot.x, "y": spot.y}, text)
        parts.append(element("a", {"href": one.url}, stem, dot, words))
    box = f"0 0 {number(width)} {number(height)}"
    return write(element("svg", {"class": "picture sky", "viewBox": box, "role": "group", "aria-label": label}, *parts))
