"""Dates in TEI attributes: proleptic Gregorian in ``@when``, Julian in ``@when-custom``."""

from __future__ import annotations

from datetime import date

from edition.rules import sexagenary

#: The JDN of the day before 0001-01-01 (proleptic Gregorian), from which `datetime.date` counts ordinals.
_ORDINAL_ZERO = 1_721_425
#: The ids of the two calendars that every header declares.
CHINESE, JULIAN = "chinese", "julian"


def gregorian(jdn: int) -> str:
    """Return a JDN as a proleptic Gregorian date.

    >>> gregorian(2130291)  # 1120-06-02 Julian: 天輔四年五月甲辰
    '1120-06-09'
    """
    return date.fromordinal(jdn - _ORDINAL_ZERO).isoformat()


def day(jdn: int) -> dict[str, str]:
    """Return the attributes of a day."""
    return {"when": gregorian(jdn), "when-custom": sexagenary.iso(jdn)}


def span(first: int, last: int) -> dict[str, str]:
    """Return the attributes of a span of days, both JDN included."""
    return {
        "notBefore": gregorian(first),
        "notAfter": gregorian(last),
        "notBefore-custom": sexagenary.iso(first),
        "notAfter-custom": sexagenary.iso(last),
        "datingMethod": f"#{JULIAN}",
    }
