"""Check the editorial datings against each other, against the sections in which they stand, and against the events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from edition.edition import Edition
from edition.model.findings import Finding
from edition.model.layers import Anchor, Displaced, Event
from edition.model.texts import Passage
from edition.model.time import Slot
from edition.rules import sexagenary

Span = tuple[int, int]


def datings(edition: Edition) -> Iterator[Finding]:
    """Datings that overlap, that contradict each other or themselves, and events that contradict them."""
    spans = {item: _span(edition, item) for item in edition.layers.displaced}
    for passage, items in edition.displaced.items():
        for one, other in combinations(items, 2):
            yield from _two(one, other, spans[one], spans[other])
        for item in items:
            yield from _one(edition, edition.passages[passage], item, spans[item])
    yield from _events(edition, spans)


def _two(one: Displaced, other: Displaced, of_one: Span | None, of_other: Span | None) -> Iterator[Finding]:
    """Two datings of one passage: they may share no words, or one lies within the other in words and in time."""
    if one.anchor.end <= other.anchor.start or other.anchor.end <= one.anchor.start:
        return
    inner, outer = (one, other) if _within(one.anchor, other.anchor) else (other, one)
    if not _within(inner.anchor, outer.anchor) or _within(outer.anchor, inner.anchor):
        message = f"shares words with the dating at {outer.anchor.place}: join them, or part them"
        yield _finding("DATING-OVERLAP", inner, message)
        return
    narrow, wide = (of_one, of_other) if inner is one else (of_other, of_one)
    if narrow and wide and not (wide[0] <= narrow[0] and narrow[1] <= wide[1]):
        message = f"is outside the time of the dating at {outer.anchor.place}, which has these words: correct one"
        yield _finding("DATING-CONFLICT", inner, message)


def _one(edition: Edition, passage: Passage, item: Displaced, span: Span | None) -> Iterator[Finding]:
    """A dating that contradicts itself: by its day, or by its kind."""
    if span and item.day and not sexagenary.days_named(item.day, *span):
        yield _finding("DATING-CONFLICT", item, f"{item.day} is not in its months: correct day: or months:")
    calendar = edition.corpus.calendar
    here = calendar.span(_calendar(edition, passage), passage.year, passage.slot)
    if not span or not here:
        return
    if item.kind == "flashback" and span[0] > here[1]:
        yield _finding("DATING-CONFLICT", item, f"is called a flashback and is later than {passage.id}: correct one")
    if item.kind == "anticipation" and span[1] < here[0]:
        yield _finding(
            "DATING-CONFLICT", item, f"is called an anticipation and is earlier than {passage.id}: correct one"
        )
    if item.kind == "displaced" and span == here and not item.day:
        yield _finding("DATING-CONFLICT", item, f"is the very time of {passage.id}: take it out, or correct its months")


def _events(edition: Edition, spans: Mapping[Displaced, Span | None]) -> Iterator[Finding]:
    """Events of which every account stands in words that are dated to another time."""
    for event in edition.layers.events:
        of_event = _span_of_event(edition, event)
        accounts = [
            [spans[d] for d in edition.displaced.get(account.passage, ()) if _within(account.anchor, d.anchor)]
            for account in event.accounts
        ]
        if of_event and accounts and all(accounts):
            dated = [span for own in accounts for span in own]
            if all(span and (span[1] < of_event[0] or of_event[1] < span[0]) for span in dated):
                message = f"{event.id} is dated {event.julian or event.year}, its accounts otherwise: correct one"
                yield Finding("DATING-CONFLICT", event.place, message, (str(event.place), event.id))


def _span_of_event(edition: Edition, event: Event) -> Span | None:
    """First and last day on which an event may lie: its date, or its Chinese year."""
    parts = [int(part) for part in event.julian.split("-") if part]
    if not parts:
        return next((year.span for year in edition.years if year.year == event.year), None)
    year, month, *day = parts
    if day:
        return (sexagenary.jdn(year, month, *day),) * 2
    return sexagenary.jdn(year, month, 1), sexagenary.jdn(year + month // 12, month % 12 + 1, 1) - 1


def _span(edition: Edition, item: Displaced) -> Span | None:
    """First and last day to which words are dated; None beyond the tables."""
    ends = (item.slots[0], item.slots[-1]) if item.slots else (Slot(), Slot())
    name = _calendar(edition, edition.passages[item.anchor.passage])
    first, last = (edition.corpus.calendar.span(name, *end) for end in zip(item.years, ends, strict=True))
    return (first[0], last[1]) if first and last else None


def _calendar(edition: Edition, passage: Passage) -> str:
    return edition.corpus.calendar.calendar_of(edition.works[passage.work].state, passage.era)


def _within(inner: Anchor, outer: Anchor) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _finding(code: str, item: Displaced, message: str) -> Finding:
    return Finding(code, item.anchor.place, message, (str(item.anchor.place), item.anchor.passage))
