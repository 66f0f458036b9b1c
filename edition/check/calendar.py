"""Check dates: days that do not fit, synchronisms that do not agree, and the concordance of years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from edition.check.findings import in_passage
from edition.model.findings import Finding, Place
from edition.model.layers import Synchronism
from edition.model.texts import Passage
from edition.model.time import Day, YearLine
from edition.rules import sexagenary
from edition.rules.calendar import Calendar
from edition.rules.numerals import year as year_name


def days(passage: Passage, dated: Iterable[Day], place: Place) -> Iterator[Finding]:
    """Days whose date could not be worked out, or does not agree with the tables."""
    for day in dated:
        if day.problem:
            code, _, message = day.problem.partition(" ")
            yield in_passage(passage, place, code, f"{message} ({passage.id})", day.quote)


def synchronisms(
    passages: Mapping[str, Passage], listed: Iterable[Synchronism], calendar: Calendar, places: Mapping[str, Place]
) -> Iterator[Finding]:
    """Regnal years that a heading, or an editor's list, equates with a year and that are another year."""
    said = [
        (passage, era, number)
        for passage in passages.values()
        if passage.heading
        for era, number in passage.heading.synchronisms
    ]
    said += [(passages[item.anchor.passage], item.era, item.year) for item in listed]
    for passage, written, number in said:
        era = calendar.era(written, near=passage.year)
        year = era.first + number - 1 if era else 0
        if year != passage.year:
            message = f"{written}{year_name(number)} is {year or 'of no table'}, but {passage.id} is {passage.year}"
            yield in_passage(passage, places[passage.id], "SYNCHRONISM", message, written)


def years_table(lines: Iterable[YearLine], calendar: Calendar) -> Iterable[Finding]:
    """Rows of the editor's concordance of years that do not follow from the tables of eras and months."""
    for line in lines:
        name = calendar.states[0].calendar
        months = calendar.months_of(name, line.year)
        span = (months[0].first, months[-1].last) if months else (0, 0)
        derived = (sexagenary.of_year(line.year), sexagenary.iso(span[0]), sexagenary.iso(span[1]))
        if derived != (line.ganzhi, line.first, line.last):
            yield Finding("YEARS-TABLE", line.place, f"{line.year} is {' '.join(derived)} by the month tables")
        names = dict(calendar.year_names(line.year) and _written(calendar, line.year))
        for state, written in line.names:
            if written != names.get(state, ""):
                message = f"{line.year} {state}: 「{written}」 here, 「{names.get(state, '')}」 by eras.yaml"
                yield Finding("YEARS-TABLE", line.place, message)


def _written(calendar: Calendar, year: int) -> Iterable[tuple[str, str]]:
    """State → its year names as the concordance writes them: 壽昌七年 / 乾統元年; 北遼建福元年 under 遼."""
    found: dict[str, list[str]] = {}
    for state, eras in calendar.year_names(year):
        prefix = "" if state.of == state.code else state.name.hant
        found.setdefault(state.of, []).extend(f"{prefix}{era.name.hant}{year_name(n)}" for era, n in eras)
    return ((code, " / ".join(names)) for code, names in found.items())
