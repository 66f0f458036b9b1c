"""The sexagenary count 干支 and the Julian calendar, by arithmetic on the Julian day number (JDN).

Own code: each rule is a line, exact for whole days, and sxtwl and convertdate agree in the tests; the
calendar libraries answer in floating-point days and bring the rest of the world's calendars with them.
"""

from __future__ import annotations

from itertools import pairwise

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
NAMES = tuple(STEMS[i % 10] + BRANCHES[i % 12] for i in range(60))
INDEX = {name: i for i, name in enumerate(NAMES)}


def of_day(jdn: int) -> str:
    """The 干支 of a day: index 0 is 甲子, and (JDN + 49) mod 60 gives it.

    >>> of_day(2130291)  # 金史, 天輔四年五月甲辰
    '甲辰'
    """
    return NAMES[(jdn + 49) % 60]


def of_year(year: int) -> str:
    """The 干支 of the Chinese year whose 正月 falls in the CE year ``year``.

    >>> of_year(1122), of_year(1118)
    ('壬寅', '戊戌')
    """
    return NAMES[(year - 4) % 60]


def days_named(name: str, first: int, last: int) -> tuple[int, ...]:
    """The JDNs of the days called ``name`` from ``first`` to ``last``, both included. KeyError for no 干支.

    >>> days_named("甲辰", 2130289, 2130317)
    (2130291,)
    """
    start = first + (INDEX[name] - (first + 49)) % 60
    return tuple(range(start, last + 1, 60))


def julian(jdn: int) -> tuple[int, int, int]:
    """The Julian date (year, month, day) of a JDN. Source: the integer algorithm of E. G. Richards (2013).

    >>> julian(2130291)
    (1120, 6, 2)
    """
    e = 4 * (jdn + 1401) + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1


def jdn(year: int, month: int, day: int) -> int:
    """The JDN of a Julian date. ValueError if there is no such day.

    >>> jdn(1123, 1, 5)  # the fall of 燕京
    2131238
    """
    a = (14 - month) // 12
    number = day + (153 * (month + 12 * a - 3) + 2) // 5 + 365 * (year + 4800 - a) + (year + 4800 - a) // 4
    number -= 32083
    if julian(number) != (year, month, day):
        raise ValueError(f"{year}-{month:02}-{day:02} is no Julian date")
    return number


def iso(number: int) -> str:
    """A JDN as a Julian date written year-month-day.

    >>> iso(2130291)
    '1120-06-02'
    """
    return "{:04}-{:02}-{:02}".format(*julian(number))


def impossible(text: str) -> bool:
    """Whether two characters are a stem and a branch that never meet.

    >>> impossible("甲丑"), impossible("甲子"), impossible("大金")
    (True, False, False)
    """
    return len(text) == 2 and text[0] in STEMS and text[1] in BRANCHES and text not in INDEX


assert all((INDEX[b] - INDEX[a]) % 60 == 1 for a, b in pairwise(NAMES))  # noqa: S101
