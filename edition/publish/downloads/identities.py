"""Who and where a name is, and what an event has beyond its accounts, for programs."""

from __future__ import annotations

from typing import Any

from edition.model.identities import Where
from edition.model.layers import Name
from edition.model.reports import Eclipse, Report
from edition.rules import sexagenary


def of_name(name: Name) -> dict[str, Any]:
    """The fields of ``names.json`` that say who and where a name is; null where nothing is known."""
    father = name.father
    return {
        "ids": {id_.authority: id_.value for id_ in name.ids},
        "ids_evidence": name.ids_evidence or None,
        "where": _where(name.where),
        "born": {"year": name.born.year, "source": name.born.source} if name.born else None,
        "died": {"year": name.died.year, "source": name.died.source} if name.died else None,
        "father": father and {"id": father.id or None, "name": father.name or None, "source": father.source},
    }


def _where(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    return {"lat": where.lat, "lon": where.lon, "precision": where.precision, "source": where.source}


def jdn_of(julian: str) -> int | None:
    """The Julian day number of a date that is known to the day.

    >>> jdn_of("1122-02-23"), jdn_of("1122-02")
    (2130922, None)
    """
    parts = [int(part) for part in julian.split("-") if part]
    return sexagenary.jdn(parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def of_report(report: Report) -> dict[str, Any]:
    """What another book says of an event."""
    return {
        "book": report.book,
        "juan": report.juan or None,
        "text": report.text,
        "julian": report.julian or None,
        "jdn": jdn_of(report.julian),
    }


def of_eclipse(eclipse: Eclipse | None) -> dict[str, Any] | None:
    """How an eclipse was seen; None if the event is none."""
    if eclipse is None:
        return None
    places = [
        {"place": at.place, "magnitude": at.magnitude, "local_time": at.local_time, "altitude": at.altitude}
        for at in eclipse.places
    ]
    return {"type": eclipse.type, "places": places}
