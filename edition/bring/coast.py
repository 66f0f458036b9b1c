"""Cut the coast of a map from Natural Earth, for ``map.yaml`` in the corpus.

`npm pack world-atlas` has the land as TopoJSON. This is done once for an edition, so that its build needs no network:

    python -m edition.bring.coast package/land-50m.json 108 34 130 48

The decoder and the clipping are our own: they are sixty lines, and the libraries for them (topojson, shapely) bring
compiled packages for a thing done once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from edition.model.map import Frame, Point

#: Finer bends than this, in degrees, are left out: less than a pixel on the largest map.
_FINE = 0.02


def coast(topology: dict[str, Any], frame: Frame) -> Iterator[list[Point]]:
    """Yield the outlines of the land inside a frame, largest first, as rings of points rounded to 0.01 degrees.

    ``topology``: TopoJSON with an object ``land``. A ring that the frame cuts runs along the frame.
    """
    rings = [_thinned(ring) for outline in _rings(topology) if len(ring := clipped(outline, frame)) > 2]
    for ring in sorted(rings, key=_extent, reverse=True):
        rounded = [Point(round(point.lat, 2), round(point.lon, 2)) for point in ring]
        if len(set(rounded)) > 3:
            yield rounded


def _rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points: list[Point] = []
                for index in ring:  # ~n stands for arc n in reverse
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    points += arc[1:] if points else arc
                yield points[:-1]


def _arc(deltas: Iterable[tuple[int, int]], transform: dict[str, tuple[float, float]]) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        lon, lat = (s * v + t for s, v, t in zip(transform["scale"], (x, y), transform["translate"], strict=True))
        points.append(Point(lat, lon))
    return points


def clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """Return a ring without what lies outside a frame, by the algorithm of Sutherland and Hodgman.

    >>> square = [Point(0, 0), Point(0, 10), Point(10, 10), Point(10, 0)]
    >>> clipped(square, Frame(west=5, south=-5, east=20, north=4))
    [Point(lat=4.0, lon=5.0), Point(lat=0.0, lon=5.0), Point(lat=0, lon=10), Point(lat=4.0, lon=10.0)]
    """
    for axis, limit, sign in (
        ("lon", frame.west, 1),
        ("lon", frame.east, -1),
        ("lat", frame.south, 1),
        ("lat", frame.north, -1),
    ):
        kept: list[Point] = []
        for here, before in zip(ring, ring[-1:] + ring[:-1], strict=True):
            a, b = getattr(before, axis), getattr(here, axis)
            if ((a - limit) * sign >= 0) != ((b - limit) * sign >= 0):
                share = (limit - a) / (b - a)
                lat, lon = (p + share * (q - p) for p, q in zip(before, here, strict=True))
                kept.append(Point(lat, lon))
            if (b - limit) * sign >= 0:
                kept.append(here)
        ring = kept
    return ring


def _thinned(points: list[Point]) -> list[Point]:
    """Leave out bends finer than `_FINE`, by the algorithm of Ramer, Douglas and Peucker."""
    if len(points) < 3:
        return points
    (y0, x0), (y1, x1) = points[0], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    apart = [
        abs((y1 - y0) * (x - x0) - (x1 - x0) * (y - y0)) / length if length else ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        for y, x in points
    ]
    far = max(range(len(points)), key=apart.__getitem__)
    if apart[far] <= _FINE:
        return [points[0], points[-1]]
    return _thinned(points[: far + 1])[:-1] + _thinned(points[far:])


def _extent(ring: list[Point]) -> float:
    lats, lons = [point.lat for point in ring], [point.lon for point in ring]
    return (max(lats) - min(lats)) * (max(lons) - min(lons))


if __name__ == "__main__":
    source, *sides = sys.argv[1:]
    west, south, east, north = map(float, sides)
    for line in coast(json.loads(Path(source).read_text(encoding="utf-8")), Frame(west, south, east, north)):
        sys.stdout.write("  - " + " ".join(f"{point.lon:g},{point.lat:g}" for point in line) + "\n")
