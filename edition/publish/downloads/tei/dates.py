"""Dates in TEI attributes: proleptic Gregorian in ``@when``, Julian in ``@when-custom``."""

from __future__ import annotations

import re

from edition.rules import sexagenary

#: The ids of the two calendars that every header of a work declares.
CHINESE, JULIAN = "chinese", "julian"
_DAY = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")


def gregorian(jdn: int) -> str:
    """Return a JDN as a proleptic Gregorian date; years before year 1 as astronomers count them (0 is 1 BC).

    The rule is that of E. G. Richards, Mapping Time (1998).

    >>> gregorian(2130291)  # 1120-06-02 Julian: 天輔四年五月甲辰
    '1120-06-09'
    >>> gregorian(0)
    '-4713-11-24'
    """
    after = jdn + 32044
    century = (4 * after + 3) // 146097
    after -= 146097 * century // 4
    year = (4 * after + 3) // 1461
    after -= 1461 * year // 4
    month = (5 * after + 2) // 153
    day = after - (153 * month + 2) // 5 + 1
    number = 100 * century + year - 4800 + month // 10
    return f"{_year(number)}-{month + 3 - 12 * (month // 10):02}-{day:02}"


def year(name: str, number: int) -> dict[str, str]:
    """Return the attribute ``name`` with a year."""
    return {_named(name, number): _year(number)}


def day(jdn: int) -> dict[str, str]:
    """Return the attributes of a day."""
    date = gregorian(jdn)
    return {_named("when", int(date[:-6])): date, "when-custom": sexagenary.iso(jdn)}


def span(first: int, last: int) -> dict[str, str]:
    """Return the attributes of a span of days, both JDN included."""
    since, until = gregorian(first), gregorian(last)
    return {
        _named("notBefore", int(since[:-6])): since,
        _named("notAfter", int(since[:-6])): until,
        "notBefore-custom": sexagenary.iso(first),
        "notAfter-custom": sexagenary.iso(last),
        "datingMethod": f"#{JULIAN}",
    }


def written(julian: str) -> dict[str, str]:
    """Return the attributes of a Julian date that an editor wrote; only ``@when-custom`` if it names no day.

    >>> written("1122-02-23"), written("1122-02")
    ({'when': '1122-03-02', 'when-custom': '1122-02-23'}, {'when-custom': '1122-02'})
    """
    if match := _DAY.fullmatch(julian):
        return day(sexagenary.jdn(*map(int, match.groups())))
    return {"when-custom": julian} if julian else {}


def _year(number: int) -> str:
    return f"{'-' * (number < 0)}{abs(number):04}"


def _named(name: str, year: int) -> str:
    """Return the attribute for a date: before year 1 that of ISO 8601, since W3C schemas disagree on a year 0."""
    return name if year > 0 else f"{name}-iso"
