"""What editors say of the texts, for programs: notes, apparatus, datings, days, and places on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from edition.edition import Edition
from edition.model.layers import Anchor, Displaced, Entry
from edition.model.time import Slot
from edition.publish.downloads import identities
from edition.publish.downloads.tables import dated
from edition.rules import sexagenary


def notes(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    """The footnotes, with the number that they have on the page of their passage."""
    for passage in edition.passages:
        for number, note in enumerate(edition.notes.get(passage, ()), 1):
            yield {
                **_anchored(edition, note.anchor, f"note.{number}", note.anchor.end - 1),
                "kind": note.kind,
                "text": note.text,
                "sources": list(note.sources),
                "url": f"{base}{edition.passages[passage].url}#n{number}",
            }


def apparatus(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    """The apparatus, in the order of the text."""
    for passage, text in edition.texts.items():
        for number, entry in enumerate(text.entries, 1):
            anchored = _anchored(edition, entry.anchor, f"entry.{number}", entry.anchor.start)
            yield {
                **anchored,
                "kind": entry.kind,
                "lemma": entry.lemma,
                "reading": entry.reading,
                "witnesses": _witnesses(edition, entry),
                "evidence": entry.evidence,
                "certainty": entry.certainty,
                "by": entry.by,
                "sources": list(entry.sources),
                "url": f"{base}{edition.passages[passage].url}#s{anchored['sentence']}",
            }


def datings(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    """The editorial datings, each with the days between which it puts its words."""
    for passage in edition.passages:
        for number, item in enumerate(edition.displaced.get(passage, ()), 1):
            anchored = _anchored(edition, item.anchor, f"dating.{number}", item.anchor.start)
            yield {
                **anchored,
                "kind": item.kind,
                "first_year": item.years[0],
                "last_year": item.years[1],
                **dated(_span(edition, item)),
                "certainty": item.certainty,
                "note": item.note or None,
                "sources": list(item.sources),
                "url": f"{base}{edition.passages[passage].url}#s{anchored['sentence']}",
            }


def days(edition: Edition, base: str) -> Iterator[dict[str, Any]]:  # noqa: ARG001 (a list of the same kind)
    """Every day that a passage names or on which an event falls, in order of time."""
    named = [(day.jdn, id_) for id_, found in edition.days.items() for day in found if day.jdn]
    happened = [(jdn, event) for event in edition.layers.events if (jdn := identities.jdn_of(event.julian))]
    for jdn in sorted({jdn for jdn, _ in named} | {jdn for jdn, _ in happened}):
        events = [event for on, event in happened if on == jdn]
        yield {
            "jdn": jdn,
            "julian": sexagenary.iso(jdn),
            "ganzhi": sexagenary.of_day(jdn),
            "passages": list(dict.fromkeys(id_ for on, id_ in named if on == jdn)),
            "events": [event.id for event in events],
            "eclipse": next((identities.of_eclipse(event.eclipse) for event in events if event.eclipse), None),
        }


def places(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    """The places that have a point on the map, as features of GeoJSON."""
    found = Counter(tag.name.id for tags in edition.tags.values() for tag in tags)
    for name in edition.layers.names:
        if name.where:
            yield {
                "type": "Feature",
                "id": name.id,
                "geometry": {"type": "Point", "coordinates": [name.where.lon, name.where.lat]},
                "properties": {
                    "name": {"hant": name.name.hant, "hans": name.name.hans},
                    "kind": name.kind,
                    "about": name.about or None,
                    "precision": name.where.precision,
                    "source": name.where.source,
                    "occurrences": found[name.id],
                    "url": f"{base}name/{name.id}/",
                },
            }


def number(n: str) -> int | str:
    """The number of a sentence as the JSON files have it: a string only where it is lettered.

    >>> number("3"), number("3a")
    (3, '3a')
    """
    return int(n) if n.isdecimal() else n


def _anchored(edition: Edition, anchor: Anchor, id_: str, within: int) -> dict[str, Any]:
    """The fields that every layer shares. ``within``: an offset in the sentence that is named."""
    passage = edition.passages[anchor.passage]
    return {
        "id": f"{passage.id}.{id_}",
        "passage": passage.id,
        "sentence": number(passage.sentence_at(within).n),
        "start": anchor.start,
        "end": anchor.end,
        "quote": passage.text[anchor.start : anchor.end],
    }


def _witnesses(edition: Edition, entry: Entry) -> list[str]:
    """The copies of the same work that an entry cites."""
    work = edition.works[edition.passages[entry.anchor.passage].work]
    cited = filter(None, map(edition.bibliography.resolve, entry.sources))
    own = (source.copy for source in cited if work.title.hant in source.source.all_names)
    return list(dict.fromkeys(filter(None, own)))


def _span(edition: Edition, item: Displaced) -> tuple[int, int] | None:
    """The first and last day that a dating allows; None beyond the calendar tables."""
    passage, calendar = edition.passages[item.anchor.passage], edition.corpus.calendar
    name = calendar.calendar_of(edition.works[passage.work].state, passage.era)
    slots = item.slots or (Slot(),)
    first, last = calendar.span(name, item.years[0], slots[0]), calendar.span(name, item.years[1], slots[-1])
    if not first or not last:
        return None
    if item.day and (named := sexagenary.days_named(item.day, first[0], last[1])):
        return named[0], named[-1]
    return first[0], last[1]
