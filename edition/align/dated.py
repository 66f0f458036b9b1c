"""Index the days that the works date, and the words that tell of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edition.model.layers import Displaced
from edition.model.scripts import han
from edition.model.texts import Passage, Work
from edition.model.time import Day, Slot
from edition.rules import sexagenary
from edition.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Told:
    """Consecutive whole sentences of a passage that tell of a day."""

    passage: Passage
    day: Day
    first: str
    """Number of the sentence that names the day."""
    last: str


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A day that at least one work or editor names."""

    jdn: int
    told: tuple[Told, ...]
    """Where works name it, in order of the text; empty if only editors do."""
    displaced: tuple[Displaced, ...]
    """Words that stand elsewhere and that editors date to this day."""


def dated_days(
    works: Mapping[str, Work],
    passages: Mapping[str, Passage],
    days: Mapping[str, tuple[Day, ...]],
    displaced: Iterable[Displaced],
    calendar: Calendar,
) -> tuple[DatedDay, ...]:
    """Return every dated day in order of time."""
    told: dict[int, list[Told]] = {}
    assigned: dict[int, list[Displaced]] = {}
    for passage in passages.values():
        for found in _told(passage, days[passage.id]):
            told.setdefault(found.day.jdn, []).append(found)
    for item in displaced:
        passage = passages[item.anchor.passage]
        name = calendar.calendar_of(works[passage.work].state, passage.era)
        if jdn := day_of(item, calendar, name):
            assigned.setdefault(jdn, []).append(item)
    return tuple(
        DatedDay(jdn, tuple(told.get(jdn, ())), tuple(assigned.get(jdn, ()))) for jdn in sorted({*told, *assigned})
    )


def day_of(item: Displaced, calendar: Calendar, name: str) -> int:
    """Return the JDN of the day of an editorial dating by the calendar ``name``; 0 if it names none."""
    if not item.day:
        return 0
    span = calendar.span(name, item.years[0], item.slots[0] if item.slots else Slot())
    return next(iter(sexagenary.days_named(item.day, *span)), 0) if span else 0


def _told(passage: Passage, days: Iterable[Day]) -> Iterable[Told]:
    """The days of a passage, each with its sentences.

    A day that opens a sentence holds until the next one that does: 甲辰，次渾河西。 A day within one is a mention.
    """
    known = [day for day in days if day.jdn]
    numbers = [sentence.n for sentence in passage.sentences]
    openings = [numbers.index(passage.sentence_at(day.start).n) for day in known if _opens(passage, day)]
    for day in known:
        first = last = numbers.index(passage.sentence_at(day.start).n)
        if _opens(passage, day):
            last = min((opening for opening in openings if opening > first), default=len(numbers)) - 1
        yield Told(passage, day, numbers[first], numbers[last])


def _opens(passage: Passage, day: Day) -> bool:
    """Whether a day is the first word of its sentence, apart from a date heading."""
    start = passage.sentence_at(day.start).start
    heading = passage.heading.length if passage.heading and not passage.text[:start].strip() else 0
    return not han(passage.text[max(start, heading) : day.start])
