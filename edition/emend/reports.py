"""Read what an event has beyond its accounts: the reports of other books, and what an eclipse looked like."""

from __future__ import annotations

import re

from edition.model.findings import CorpusError
from edition.model.kinds import ECLIPSE_TYPES
from edition.model.reports import Eclipse, EclipseAt, Report
from edition.read.fields import Record
from edition.rules import sexagenary

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def julian_date(record: Record, name: str) -> str:
    """A Julian date, 1122-02-23, or a month, 1122-02; empty if it is not said. Raises CorpusError for what is none."""
    julian = record.text(name, "")
    if julian and not _is_julian(julian):
        raise CorpusError(record.place_of(name), "DATE", f"「{julian}」 is no Julian date such as 1122-02-23")
    return julian


def _is_julian(text: str) -> bool:
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) not in (2, 3):
        return False
    try:
        sexagenary.jdn(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    except ValueError:
        return False
    return True


def reports(record: Record) -> tuple[Report, ...]:
    """What other books say, under ``others:``."""
    return tuple(
        other.done(
            Report(
                book=other.text("book"),
                juan=other.number("juan", 0),
                text=other.text("text"),
                julian=julian_date(other, "date"),
                place=other.place,
            )
        )
        for other in record.records("others")
    )


def eclipse(record: Record) -> Eclipse | None:
    """What an eclipse looked like, under ``eclipse:``. Raises CorpusError for figures that cannot be."""
    value = record.get("eclipse")
    if value is None:
        return None
    fields = Record(value, "eclipse")
    kind = fields.choice("type", ECLIPSE_TYPES)
    return fields.done(Eclipse(kind, tuple(_seen(place) for place in fields.records("places"))))


def _seen(record: Record) -> EclipseAt:
    magnitude, time = record.text("magnitude"), record.text("local_time")
    if not re.fullmatch(r"[01]\.\d{1,3}", magnitude):
        message = f"magnitude: 「{magnitude}」 must be a share of the sun's diameter such as 0.41"
        raise CorpusError(record.place_of("magnitude"), "FIELD", message)
    if not TIME.fullmatch(time):
        raise CorpusError(
            record.place_of("local_time"), "FIELD", f"local_time: 「{time}」 must be a time such as 10:27"
        )
    altitude = record.number("altitude")
    if not 0 <= altitude <= 90:
        raise CorpusError(record.place_of("altitude"), "FIELD", f"altitude: {altitude} must be degrees from 0 to 90")
    return record.done(EclipseAt(record.text("place"), float(magnitude), time, altitude))
