"""The maps: all places, those of each year, those of an event, and where one place is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from edition.align.synopsis import Year
from edition.emend.names import Tag
from edition.model.kinds import Precision
from edition.model.layers import Displaced, Event, Name
from edition.model.map import Frame, Point
from edition.publish.pictures.map import Site, Words, draw, frame_of, framed
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.placeholders import ROOT
from edition.publish.views.viewer import Viewer

#: Width of a map in units: 1 to 1 on a phone, so that its type is never smaller than that of the page.
SMALL, LARGE = 340.0, 1000.0
#: With more sites than this a small map has no room for their names.
CROWDED = 9
#: Of places on one spot the most exact one counts: it is the spot of a town, and the others are in it.
_PRECISION: tuple[Precision, ...] = ("site", "town", "uncertain")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that a work names."""

    name: Name
    slug: str
    passage: str


def map_page(viewer: Viewer) -> Iterator[PageSpec]:
    """All places on one map, and a map for each year that names some; nothing if no place has coordinates."""
    named = viewer.edition.named
    located = [name for name in viewer.edition.layers.names if name.where and name.id in named]
    if not located:
        return
    sites = _sites(viewer, located)
    values = {
        "large": _drawn(viewer, sites, viewer.t["map_all"], whole=True),
        "years": [own for year in viewer.edition.years if (own := year_map(viewer, year))],
        "unlocated": [
            (name.name[viewer.script], f"name/{name.id}/")
            for name in viewer.edition.layers.names
            if name.kind == "place" and not name.where and name.id in named
        ],
        "rows": [_row(viewer, name) for name in located],
        "base": viewer.convert(viewer.edition.corpus.base.source) if viewer.edition.corpus.base else "",
    }
    yield PageSpec("map/", "pages/map.html", values)


def year_map(viewer: Viewer, year: Year) -> dict[str, Any] | None:
    """The map of a year with its lists; None if the works name no place with coordinates."""
    stops: list[Stop] = []
    aside: list[Stop] = []
    for column in year.columns:
        for passage in column.passages:
            apart = [
                d for d in viewer.edition.displaced.get(passage.id, ()) if not d.years[0] <= year.year <= d.years[1]
            ]
            for tag in _places(viewer, passage.id):
                within = any(_covers(viewer, d, passage.id, tag) for d in apart)
                (aside if within else stops).append(Stop(tag.name, column.work, passage.id))
    orders = [(slug, _first(stop for stop in stops if stop.slug == slug)) for slug in viewer.edition.works]
    located = [name for name in dict.fromkeys(stop.name for _, own in orders for stop in own) if name.where]
    if not located:
        return None
    title = viewer.t["map_of_year"].format(year=year.year)
    return {
        "year": year.year,
        "ganzhi": year.ganzhi,
        "map": _drawn(viewer, _sites(viewer, located, orders), title),
        "orders": [
            (viewer.edition.works[slug].title[viewer.script], [_listed(viewer, stop) for stop in own])
            for slug, own in orders
            if own
        ],
        "aside": [_listed(viewer, stop) for stop in _first(aside)],
    }


def event_map(viewer: Viewer, event: Event) -> dict[str, Any] | None:
    """The map of the places in the accounts of an event; None if none of them has coordinates."""
    stops = []
    for account in event.accounts:
        bounds = viewer.bounds(account.passage)
        first, last = bounds[account.first][0], bounds[account.last][1]
        tags = (tag for tag in _places(viewer, account.passage) if first <= tag.start < last)
        stops += [Stop(tag.name, account.work, account.passage) for tag in tags]
    located = [name for name in dict.fromkeys(stop.name for stop in stops) if name.where]
    orders = [(slug, _first(stop for stop in stops if stop.slug == slug)) for slug in viewer.edition.works]
    label = viewer.t["map_of"].format(what=event.title[viewer.script])
    return _drawn(viewer, _sites(viewer, located, orders), label) if located else None


def place_map(viewer: Viewer, name: Name) -> dict[str, Any] | None:
    """Where a place is among those around it; None without coordinates."""
    if not name.where:
        return None
    base = viewer.edition.corpus.base
    frame = frame_of([Point(name.where.lat, name.where.lon)], least=4.0)
    near = [n for n in viewer.edition.layers.names if n.where and _inside(frame, Point(n.where.lat, n.where.lon))]
    sites = _sites(viewer, [name, *(other for other in near if other is not name)], chief=name)
    label = viewer.t["map_of"].format(what=name.name[viewer.script])
    picture = draw(sites, _within(frame, base.frame) if base else frame, SMALL, base, _words(viewer, label))
    return {"picture": picture, "label": label, "crowded": False, "beyond": []}


def _places(viewer: Viewer, passage: str) -> Iterator[Tag]:
    return (tag for tag in viewer.edition.tags.get(passage, ()) if tag.name.kind == "place")


def _covers(viewer: Viewer, item: Displaced, passage: str, tag: Tag) -> bool:
    """Whether a name stands in words that editors date to another time."""
    text = viewer.edition.texts[passage]
    return text.offset(item.anchor.start) <= tag.start < text.offset(item.anchor.end, end=True)


def _first(stops: Iterable[Stop]) -> list[Stop]:
    """Each place once, where it is named first."""
    found: dict[str, Stop] = {}
    for stop in stops:
        found.setdefault(stop.name.id, stop)
    return list(found.values())


def _sites(
    viewer: Viewer,
    names: Sequence[Name],
    orders: Sequence[tuple[str, Sequence[Stop]]] = (),
    chief: Name | None = None,
) -> list[Site]:
    """The spots of places: those on one spot are one site."""
    spots: dict[Point, list[Name]] = {}
    for name in names:
        if name.where:
            spots.setdefault(Point(round(name.where.lat, 2), round(name.where.lon, 2)), []).append(name)
    numbers = {
        (slug, stop.name.id): number
        for slug, stops in orders
        for number, stop in enumerate((stop for stop in stops if stop.name.where), start=1)
    }
    signs = signs_of([work.title[viewer.script] for work in viewer.edition.works.values()])
    found = []
    for point, own in spots.items():
        best = min((name.where.precision for name in own if name.where), key=_PRECISION.index)
        order = " ".join(
            sign + "·".join(map(str, here))
            for sign, slug in zip(signs, viewer.edition.works, strict=True)
            if (here := [numbers[slug, name.id] for name in own if (slug, name.id) in numbers])
        )
        titles = tuple((name.name[viewer.script], f"{ROOT}name/{name.id}/") for name in own)
        found.append(Site(point, best, titles, order, chief in own))
    return found


def signs_of(titles: Sequence[str]) -> list[str]:
    """Return the shortest beginnings by which titles can be told apart.

    >>> signs_of(["契丹國志", "金史", "大金國志", "大遼志"])
    ['契', '金', '大金', '大遼']
    """
    return [
        next(
            (title[:size] for size in range(1, len(title)) if sum(t.startswith(title[:size]) for t in titles) == 1),
            title,
        )
        for title in titles
    ]


def _drawn(viewer: Viewer, sites: list[Site], label: str, *, whole: bool = False) -> dict[str, Any]:
    """A map of sites, as large as their number demands, and the sites that lie beyond it: none if it is ``whole``."""
    base = viewer.edition.corpus.base
    frame, inside, outside = (frame_of(site.point for site in sites), sites, []) if whole else framed(sites)
    crowded = len(inside) > CROWDED
    frame = _within(frame, base.frame) if base else frame
    return {
        "picture": draw(inside, frame, LARGE if crowded else SMALL, base, _words(viewer, label)),
        "label": label,
        "crowded": crowded,
        "beyond": [("・".join(name for name, _ in site.names), site.order) for site in outside],
    }


def _within(frame: Frame, outer: Frame) -> Frame:
    """What two frames share, unless that is nothing."""
    west, east = max(frame.west, outer.west), min(frame.east, outer.east)
    south, north = max(frame.south, outer.south), min(frame.north, outer.north)
    return Frame(west, south, east, north) if west < east and south < north else frame


def _inside(frame: Frame, point: Point) -> bool:
    return frame.west < point.lon < frame.east and frame.south < point.lat < frame.north


def _words(viewer: Viewer, label: str) -> Words:
    return Words(viewer.t["kilometres"], label)


def _listed(viewer: Viewer, stop: Stop) -> tuple[str, str, bool]:
    """Name, address of the passage, and whether the map has it."""
    name = stop.name
    return name.name[viewer.script], viewer.edition.passages[stop.passage].url, name.where is not None


def _row(viewer: Viewer, name: Name) -> dict[str, Any]:
    """A place in the table of coordinates."""
    where = name.where
    assert where  # noqa: S101
    return {
        "name": name.name[viewer.script],
        "url": f"name/{name.id}/",
        "point": f"{where.lat:.2f}, {where.lon:.2f}",
        "precision": where.precision,
        "source": viewer.convert(where.source),
    }
