"""Places on the map that cannot be where they are said to be.

Coordinates alone prove nothing, so three statements of the corpus are held against each other:

1. Two points taken from one record (GeoNames 2036113, hvd_115139) are one point.
2. A place whose description says 今遼寧遼陽 lies near the point of another whose source names 遼陽: the most specific
   name that any other point has. Where a description gives several views (今甲或今乙), one of them is enough; where the
   only point of that name is the place's own, nothing can be said.
3. No point lies far from all the others: degrees exchanged, a digit lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from statistics import median

from edition.model.findings import Finding
from edition.model.identities import Where
from edition.model.layers import Name

#: Kilometres between a modern county town and what its county still holds.
NEAR = 60
#: Kilometres from the middle of all points beyond which none of a few states' places lies.
FAR = 2500
#: Kilometres that rounding may put between two points of one record.
SAME = 1
RECORD = re.compile(r"GeoNames \d+|hvd_\d+")
#: The modern names in a source of a point: what the record is called, and the parts of that (松原市寧江區).
RECORD_NAME = re.compile(r"(?:GeoNames \d+|hvd_\d+)（([^（）；，、]+)")
UNIT = re.compile(r"(?:縣治|旗治|縣|旗|市|區|鎮|鄉|街道)")
#: A modern name in a description: 今 and what follows it to the next mark, but for 今地 and other words with 今.
TODAY = re.compile(r"今(?!地|治)在?([\u3400-\u9fff]+)")


def kilometres(one: Where, other: Where) -> float:
    """The distance of two points on a sphere.

    >>> beijing, tianjin = Where(39.9, 116.4, "town", ""), Where(39.14, 117.18, "town", "")
    >>> round(kilometres(beijing, tianjin))
    108
    """
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((lat - other_lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(one.lon - other.lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def places(names: Iterable[Name]) -> Iterator[Finding]:
    """Points that contradict another point, a description, or all the others."""
    points = [(name, name.where) for name in names if name.where]
    yield from _records(points)
    yield from _descriptions(points)
    yield from _outliers(points)


def _records(points: list[tuple[Name, Where]]) -> Iterator[Finding]:
    first: dict[str, tuple[Name, Where]] = {}
    for name, where in points:
        for record in RECORD.findall(where.source):
            other, there = first.setdefault(record, (name, where))
            if kilometres(where, there) > SAME:
                message = f"{record} is {there.lat}, {there.lon} at {other.id}, and here {where.lat}, {where.lon}"
                yield _far(name, message)


def _descriptions(points: list[tuple[Name, Where]]) -> Iterator[Finding]:
    known: dict[str, list[tuple[Name, Where]]] = {}
    for name, where in points:
        for modern in _modern(where.source):
            known.setdefault(modern, []).append((name, where))
    for name, where in points:
        views = [_most_specific(words, known) for words in TODAY.findall(name.about)]
        others = [(view, [w for other, w in known[view] if other is not name]) for view in views if view]
        if not others or not all(found for _, found in others):
            continue
        distances = [(min(kilometres(where, other) for other in found), view) for view, found in others]
        least, view = min(distances)
        if least > NEAR:
            yield _far(name, f"about: says 今{view}, which is {least:.0f} km from {where.lat}, {where.lon}")


def _modern(source: str) -> set[str]:
    """The modern names of the record from which a point was taken.

    >>> sorted(_modern("GeoNames 2034452（寧城縣治天義鎮；故城在其西），CC BY 4.0"))
    ['天義', '寧城']
    """
    return {part for found in RECORD_NAME.findall(source) for part in UNIT.split(found) if len(part) > 1}


def _most_specific(words: str, known: dict[str, list[tuple[Name, Where]]]) -> str:
    """The last modern name that begins in some words: 今北京昌平 is 昌平."""
    starts = [(words.rfind(modern), len(modern), modern) for modern in known if modern in words]
    return max(starts)[2] if starts else ""


def _outliers(points: list[tuple[Name, Where]]) -> Iterator[Finding]:
    if len(points) < 3:
        return
    middle = Where(median(w.lat for _, w in points), median(w.lon for _, w in points), "uncertain", "")
    for name, where in points:
        if (distance := kilometres(where, middle)) > FAR:
            yield _far(name, f"{where.lat}, {where.lon} is {distance:.0f} km from the middle of all places")


def _far(name: Name, message: str) -> Finding:
    message = f"{name.id}: {message}: correct the one or the other"
    return Finding("PLACE-FAR", name.place, message, (str(name.place), name.id))
