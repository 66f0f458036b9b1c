"""Maps of the places that the works name.

The projection is equirectangular: longitude and latitude are drawn to scale, true along the middle latitude of the
map. Over the few degrees that these maps show, no other projection differs from it by more than the width of a mark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edition.model.kinds import Precision
from edition.model.map import Base, Frame, Point
from edition.publish.pictures import labels
from edition.publish.pictures.svg import Element, element, number, write

_TYPE = 13.0
_MARK = 4.0
#: Kilometres in a degree of latitude.
_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Site:
    """A point on a map with the places that lie there."""

    point: Point
    precision: Precision
    names: tuple[tuple[str, str], ...]
    """Name and address of each place, at least one."""
    order: str = ""
    """At which place each work names it: 金1 大3."""
    chief: bool = False
    """Whether the map is about this one."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on every map."""

    kilometres: str
    label: str
    """What the map shows, in words."""


def frame_of(points: Iterable[Point], least: float = 3.0, margin: float = 0.6) -> Frame:
    """Return a frame around points, ``margin`` degrees wider on each side and at least ``least`` degrees high.

    On the ground it is a third wider than high, or more.

    >>> frame_of([Point(40, 115), Point(41, 115)])
    Frame(west=112.37, south=39.0, east=117.63, north=42.0)
    """
    found = list(points)
    south, north = min(p.lat for p in found) - margin, max(p.lat for p in found) + margin
    west, east = min(p.lon for p in found) - margin, max(p.lon for p in found) + margin
    taller = max(0.0, least - (north - south)) / 2
    south, north = south - taller, north + taller
    across = (north - south) * 4 / 3 / math.cos(math.radians((south + north) / 2))
    wider = max(0.0, across - (east - west)) / 2
    return Frame(round(west - wider, 3), round(south, 3), round(east + wider, 3), round(north, 3))


def framed(sites: Sequence[Site]) -> tuple[Frame, list[Site], list[Site]]:
    """Return the frame of a map, the sites in it, and those left out.

    Up to a tenth of many sites are left out, if the map of the others is then drawn at a scale larger by a third: one
    far place should not crowd all others together.
    """
    inside, outside = list(sites), []
    for _ in range(len(sites) // 10):
        best = min(inside, key=lambda site: _area(frame_of(s.point for s in inside if s is not site)))
        rest = [site for site in inside if site is not best]
        outside.append(best)
        inside = rest
    whole, part = frame_of(site.point for site in sites), frame_of(site.point for site in inside)
    if _area(whole) < 1.33**2 * _area(part):
        return whole, list(sites), []
    return part, inside, [site for site in sites if site in outside]


def _area(frame: Frame) -> float:
    """In square degrees."""
    return (frame.east - frame.west) * (frame.north - frame.south)


def draw(sites: Sequence[Site], frame: Frame, width: float, base: Base | None, words: Words) -> str:
    """Return a map ``width`` units wide. Keyboards skip its links: a list beside it has the same ones."""
    view = _View(frame, width)
    spots = [view.at(site.point) for site in sites]
    texts = [" ".join(filter(None, (_joined(site), site.order))) for site in sites]
    parts = _base(view, base) if base else [element("path", {"class": "land", "d": view.outline})]
    bar, box = _scale(view, words, spots)
    placed = labels.place(spots, texts, _TYPE, labels.Box(2, 2, width - 2, view.height - 2), [box])
    marks: list[Element] = []
    for site, (x, y), spot in zip(sites, spots, placed, strict=True):
        mark = element("circle", {"class": site.precision, "cx": x, "cy": y, "r": _MARK})
        marks.append(element("g", *_leader(x, y, spot), mark, _label(site, spot)))
    size = f"0 0 {number(width)} {number(view.height)}"
    attributes = {"class": "picture map", "viewBox": size, "role": "group", "aria-label": words.label}
    return write(element("svg", attributes, *parts, bar, *marks))


def _joined(site: Site) -> str:
    return "・".join(name for name, _ in site.names)


def _leader(x: float, y: float, spot: labels.Label) -> list[Element]:
    """A line from a mark to its label, if the label stands apart."""
    if spot.away < 1.2 * _TYPE:
        return []
    left, top, right, bottom = spot.box
    end = min(max(x, left), right), min(max(y, top), bottom)
    return [element("path", {"class": "leader", "d": f"M{number(x)} {number(y)}L{number(end[0])} {number(end[1])}"})]


def _label(site: Site, spot: labels.Label) -> Element:
    """The names of a site, each of which is a link, and the order of the works."""
    text = element("text", {"x": spot.x, "y": spot.y} | ({"class": "chief"} if site.chief else {}))
    for index, (name, url) in enumerate(site.names):
        if index:
            text[-1].tail = "・"
        text.append(element("a", {"href": url, "tabindex": "-1"}, name))
    if site.order:
        text[-1].tail = " "
        text.append(element("tspan", {"class": "order"}, site.order))
    return text


@dataclass(frozen=True, slots=True)
class _View:
    """A frame drawn ``width`` units wide."""

    frame: Frame
    width: float

    @property
    def _degree(self) -> float:
        """Units in a degree of latitude."""
        middle = math.radians((self.frame.south + self.frame.north) / 2)
        return self.width / ((self.frame.east - self.frame.west) * math.cos(middle))

    @property
    def height(self) -> float:
        return (self.frame.north - self.frame.south) * self._degree

    @property
    def outline(self) -> str:
        return f"M0 0H{number(self.width)}V{number(self.height)}H0z"

    def at(self, point: Point) -> tuple[float, float]:
        x = (point.lon - self.frame.west) / (self.frame.east - self.frame.west) * self.width
        return x, (self.frame.north - point.lat) * self._degree

    def path(self, line: Iterable[Point]) -> str:
        """A line as path data, in whole units; empty if all of it lies outside."""
        points = [self.at(point) for point in line]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < 0 or min(xs) > self.width or max(ys) < 0 or min(ys) > self.height:
            return ""
        rounded = [(round(x), round(y)) for x, y in points]
        kept = [p for before, p in zip([None, *rounded], rounded, strict=False) if p != before]
        return "M" + "L".join(f"{x} {y}" for x, y in kept)


def _base(view: _View, base: Base) -> list[Element]:
    """Sea, land and rivers."""
    land = "".join(f"{path}z" for line in base.land if (path := view.path(line)))
    rivers = "".join(view.path(river.line) for river in base.rivers)
    return [
        element("path", {"class": "sea", "d": view.outline}),
        element("path", {"class": "land", "d": land}),
        element("path", {"class": "water", "d": rivers}),
    ]


def _scale(view: _View, words: Words, spots: Iterable[tuple[float, float]]) -> tuple[Element, labels.Box]:
    """A scale in the emptiest corner: a round number of kilometres, at most a quarter of the width. Also its place."""
    unit = view.height / (view.frame.north - view.frame.south) / _DEGREE
    length = max((n for n in (10, 20, 50, 100, 200, 500, 1000) if n * unit < view.width / 4), default=10)
    text = f"{length} {words.kilometres}"
    width = length * unit + 10 + labels.width_of(text, _TYPE)
    corners = [(x, y) for y in (view.height - 8, 20.0) for x in (8.0, view.width - width - 8)]

    def crowd(corner: tuple[float, float]) -> int:
        left, foot = corner
        return sum(left - 40 < x < left + width + 40 and foot - 60 < y < foot + 40 for x, y in spots)

    left, foot = min(corners, key=crowd)
    bar = element("path", {"class": "axis", "d": f"M{number(left)} {number(foot - 5)}v5h{number(length * unit)}v-5"})
    label = element("text", {"class": "second", "x": left + length * unit + 6, "y": foot}, text)
    return element("g", bar, label), labels.Box(left - 4, foot - 14, left + width, foot + 4)
