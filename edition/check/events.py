"""Check events: their years, and the tables that compare their accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from edition.edition import Edition
from edition.model.findings import Finding
from edition.model.layers import Event
from edition.model.scripts import han
from edition.rules import sexagenary

#: Brackets, in which a cell compares other books.
BRACKETS = re.compile(r"（[^（）]*）")
QUOTATION = re.compile(r"「([^「」]+)」")


def years(edition: Edition) -> Iterator[Finding]:
    """Events whose year none of their accounts tells of, or whose date lies outside it."""
    spans = {year.year: year.span for year in edition.years}
    for event in edition.layers.events:
        told = {edition.passages[account.passage].year for account in event.accounts}
        for account in event.accounts:
            for item in edition.displaced.get(account.passage, ()):
                told.update(range(item.years[0], item.years[1] + 1))
        if event.accounts and event.year not in told:
            message = f"no account tells of {event.year}, but of {'、'.join(map(str, sorted(told)))}: correct year:"
            yield Finding("EVENT-YEAR", event.place, message, (event.id,))
        span, parts = spans.get(event.year), [int(part) for part in event.julian.split("-") if part]
        if span and len(parts) == 3 and not span[0] <= sexagenary.jdn(parts[0], parts[1], parts[2]) <= span[1]:
            message = f"{event.julian} is not in the Chinese year {event.year}: correct year: or date:"
            yield Finding("EVENT-YEAR", event.place, message, (event.id,))


def tables(edition: Edition) -> Iterator[Finding]:
    """Tables that name a work without account, leave out one with an account, or quote what no account has."""
    for event in edition.layers.events:
        printed = _printed(edition, event)
        yield from _rows(event, printed)
        for what, cells in event.differs:
            for slug, cell in cells:
                for quoted in _not_printed(cell, printed.get(slug, "")):
                    message = (
                        f"「{quoted}」 is quoted under {what}, but no account from {slug} has these words: "
                        "quote what the accounts print, or add the sentence to accounts:"
                    )
                    yield Finding("EVENT-QUOTE", event.place, message, (str(event.place), event.id), quoted)


def _rows(event: Event, works: Iterable[str]) -> Iterator[Finding]:
    """Works that a row of the table names without account, or leaves out; events of several works without a table."""
    at = (str(event.place), event.id)
    told = list(works)
    if len(told) > 1 and not event.differs:
        message = f"{event.id} is told by {'、'.join(told)} and has no table: compare them under differs:"
        yield Finding("EVENT-ROW", event.place, message, at)
    for what, cells in event.differs:
        named = [slug for slug, _ in cells]
        for slug in named:
            if slug not in told:
                message = f"{what} names {slug}, which has no account of {event.id}: add the account, or take it out"
                yield Finding("EVENT-CELL", event.place, message, at, what)
        for slug in told:
            if slug not in named:
                message = f"{what} says nothing of {slug}, which has an account of {event.id}: say what it has, or 不載"
                yield Finding("EVENT-ROW", event.place, message, at, what)


def _printed(edition: Edition, event: Event) -> Mapping[str, str]:
    """Work → what the page of the event prints of it: the characters of its accounts, in Traditional script."""
    found: dict[str, list[str]] = {}
    for account in event.accounts:
        text, hant = edition.texts[account.passage], edition.converted["hant"][account.passage]
        bounds = {number: (start, end) for number, start, end in text.sentences()}
        found.setdefault(account.work, []).append(han(hant[bounds[account.first][0] : bounds[account.last][1]]))
    return {work: "\n".join(texts) for work, texts in found.items()}


def _not_printed(cell: str, printed: str) -> Iterator[str]:
    """The quotations of a cell, outside its brackets, that are not printed."""
    for match in QUOTATION.finditer(BRACKETS.sub("", cell)):
        for part in re.split("…+", match[1]):
            if (words := han(part)) and words not in printed:
                yield part
