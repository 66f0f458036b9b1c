"""Resolve dates to the day, written as 干支 or number, to Julian day numbers (JDN), and report what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition.model.findings import Finding, Place
from edition.model.layers import Synchronism
from edition.model.texts import Passage, Work
from edition.model.time import Day, Month
from edition.rules import sexagenary
from edition.rules.calendar import Calendar
from edition.rules.grammar import DayWords, Grammar
from edition.rules.numerals import month as month_name
from edition.rules.numerals import year as year_name


def date(passage: Passage, work: Work, calendar: Calendar, grammar: Grammar) -> tuple[Day, ...]:
    """Return every date to the day in a passage, in the order of the text."""
    name = calendar.calendar_of(work.state)
    return tuple(_resolve(words, passage, calendar, name) for words in grammar.days(passage.text))


def _resolve(words: DayWords, passage: Passage, calendar: Calendar, name: str) -> Day:
    """Resolve a written day within the month that it names, else within the slot of its passage."""
    year = passage.year + words.year_shift
    if words.month:
        months: tuple[Month, ...] = tuple(
            m for m in calendar.months_of(name, year) if (m.number, m.intercalary) == (words.month, words.intercalary)
        )
    else:
        span = calendar.span(name, year, passage.slot)
        months = tuple(m for m in calendar.months_of(name, year) if span and span[0] <= m.first <= span[1])
    if not months and calendar.months_of(name, year):
        return _unknown(words, f"{words.quote} is in a month that the calendar has not in {year}", "DAY-OUTSIDE-MONTH")
    if not months:
        return _unknown(words, f"no month tables for {year}", "CALENDAR-SHORT")
    candidates = [(m, jdn) for m in months for jdn in _candidates(words, m)]
    if len(candidates) != 1:
        return _unresolved(words, months, ambiguous=bool(candidates))
    month, jdn = candidates[0]
    return Day(
        quote=words.quote,
        start=words.start,
        month=month.number,
        intercalary=month.intercalary,
        day=jdn - month.first + 1,
        jdn=jdn,
        problem=_disagreement(words, month, jdn),
    )


def _candidates(words: DayWords, month: Month) -> tuple[int, ...]:
    """The JDNs of a month that the words can mean: one, or none if the month has no such day."""
    if words.ganzhi:
        return sexagenary.days_named(words.ganzhi, month.first, month.last) if words.ganzhi in sexagenary.INDEX else ()
    if words.day:
        return (month.first + words.day - 1,) if words.day <= month.days else ()
    return (month.first if words.mark == "朔" else month.last,)


def _disagreement(words: DayWords, month: Month, jdn: int) -> str:
    """Return the problem of a 朔 or 晦 that is not the first or last day of its month; else an empty string."""
    if words.ganzhi and words.mark == "朔" and jdn != month.first:
        return f"NEW-MOON {words.quote}: the tables have {sexagenary.of_day(month.first)}朔"
    if words.ganzhi and words.mark == "晦" and jdn != month.last:
        return f"NEW-MOON {words.quote}: the tables have {sexagenary.of_day(month.last)}晦"
    return ""


def _unresolved(words: DayWords, months: tuple[Month, ...], *, ambiguous: bool) -> Day:
    """A day without a JDN: impossible in its months, or ``ambiguous`` between several days of a season or year."""
    if sexagenary.impossible(words.ganzhi):
        return _unknown(words, f"{words.ganzhi} is no 干支: stem and branch never meet", "DAY-IMPOSSIBLE")
    names = [month_name(m.number, intercalary=m.intercalary) for m in months]
    where = "、".join(names) if len(names) < 5 else "its year"
    first, last = months[0].first, months[-1].last
    span = f"{where} ({sexagenary.of_day(first)} – {sexagenary.of_day(last)})"
    if ambiguous:
        return _unknown(words, f"{words.quote} occurs more than once in {span}", "DAY-AMBIGUOUS")
    return _unknown(words, f"{words.quote} is no day of {span}", "DAY-OUTSIDE-MONTH")


def _unknown(words: DayWords, why: str, code: str) -> Day:
    return Day(words.quote, words.start, words.month, words.intercalary, 0, 0, f"{code} {why}")


def check_days(passage: Passage, days: Iterable[Day], place: Place) -> list[Finding]:
    """Return a finding for every day with a problem."""
    findings = []
    for day in days:
        if day.problem:
            code, _, message = day.problem.partition(" ")
            at = (f"{passage.work}:{passage.line}", passage.id)
            findings.append(Finding(code, place, f"{message} ({passage.id})", at, day.quote))
    return findings


def check_synchronisms(
    passages: Mapping[str, Passage],
    listed: Iterable[Synchronism],
    calendar: Calendar,
    places: Mapping[str, Place],
) -> list[Finding]:
    """Return a finding for every synchronism, in a heading or ``listed`` by an editor, that the tables contradict."""
    statements: list[tuple[Passage, str, int]] = []
    for passage in passages.values():
        if passage.heading:
            statements += [(passage, era, number) for era, number in passage.heading.synchronisms]
    statements += [(passages[s.anchor.passage], s.era, s.year) for s in listed]
    findings = []
    for passage, written, number in statements:
        era = calendar.era(written, near=passage.year)
        year = era.first + number - 1 if era else 0
        if year != passage.year:
            message = f"{written}{year_name(number)} is {year or 'of no table'}, but {passage.id} is {passage.year}"
            at = (f"{passage.work}:{passage.line}", passage.id)
            findings.append(Finding("SYNCHRONISM", places[passage.id], message, at, written))
    return findings
