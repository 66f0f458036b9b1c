"""Read ``map.yaml``: the base of the maps."""

from __future__ import annotations

from pathlib import Path

from edition.model.findings import CorpusError
from edition.model.map import Base, Frame, Point, River
from edition.read.fields import Record, degrees
from edition.read.yaml_values import Value, read_yaml

FILE = "map.yaml"


def read_base(folder: Path) -> Base | None:
    """The base of the maps; None if there is no such file. Raises CorpusError."""
    path = folder / FILE
    if not path.exists():
        return None
    record = Record(read_yaml(path), "map")
    frame = Record(record.need("frame"), "frame")
    box = frame.done(
        Frame(
            west=frame.degrees("west", 180),
            south=frame.degrees("south", 90),
            east=frame.degrees("east", 180),
            north=frame.degrees("north", 90),
        )
    )
    if box.west >= box.east or box.south >= box.north:
        raise CorpusError(frame.place, "COORDINATES", "frame: west must be less than east, and south less than north")
    return record.done(
        Base(
            frame=box,
            land=tuple(_line(value) for value in record.need("land").items()),
            rivers=tuple(
                river.done(River(river.pair("name"), _line(river.need("line")))) for river in record.records("rivers")
            ),
            source=record.text("source"),
        )
    )


def _line(value: Value) -> tuple[Point, ...]:
    """The points of a line: ``123.55,43.5 123.65,43.35``, each with its longitude first."""
    points = []
    for written in value.text().split():
        lon, comma, lat = written.partition(",")
        if not comma:
            message = f"「{written}」 is no point: write longitude, comma, latitude, e.g. 123.55,43.5"
            raise CorpusError(value.place, "COORDINATES", message)
        name = f"「{written}」"
        points.append(Point(lat=degrees(lat, 90, name, value.place), lon=degrees(lon, 180, name, value.place)))
    if len(points) < 2:
        raise CorpusError(value.place, "COORDINATES", "a line has two points or more: 123.55,43.5 123.65,43.35")
    return tuple(points)
