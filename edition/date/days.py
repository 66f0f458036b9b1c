"""Resolve written days: by 干支 or number to a day of a month and its JDN, with what does not fit."""

from __future__ import annotations

from edition.model.texts import Passage, Work
from edition.model.time import Day, Month
from edition.rules import sexagenary
from edition.rules.calendar import Calendar
from edition.rules.grammar import DayWords, Grammar
from edition.rules.numerals import month as month_name


def date(passage: Passage, work: Work, calendar: Calendar, grammar: Grammar) -> tuple[Day, ...]:
    """Every date to the day in a passage, in the order of the text.

    Months are counted by the calendar of the work's state, or of the era's if the work has none.
    """
    name = calendar.calendar_of(work.state, passage.era)
    return tuple(_resolve(words, passage, calendar, name) for words in grammar.days(passage.text))


def _resolve(words: DayWords, passage: Passage, calendar: Calendar, name: str) -> Day:
    """Resolve a written day within the month it names, else within the slot of its passage."""
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
    """The JDNs in a month that the words can mean."""
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
