"""The sexagenary cycle 干支 and the Julian calendar, computed from the Julian day number (JDN).

No calendar library: each rule is one line and exact for whole days, while libraries compute in floating-point days and
bring many other calendars. The tests compare the results with sxtwl.
"""

from __future__ import annotations

from itertools import pairwise

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
NAMES = tuple(STEMS[i % 10] + BRANCHES[i % 12] for i in range(60))
INDEX = {name: i for i, name in enumerate(NAMES)}


def of_day(jdn: int) -> str:
    """Return the 干支 of a day: its index in the cycle (甲子 is 0) is (JDN + 49) mod 60.

    >>> of_day(2130291)  # 金史, 天輔四年五月甲辰
    '甲辰'
    """
    return NAMES[(jdn + 49) % 60]


def of_year(year: int) -> str:
    """Return the 干支 of the Chinese year whose 正月 falls in the CE year ``year``.

    >>> of_year(1122), of_year(1118)
    ('壬寅', '戊戌')
    """
    return NAMES[(year - 4) % 60]


def days_named(name: str, first: int, last: int) -> tuple[int, ...]:
    """Return the JDNs from ``first`` to ``last`` (inclusive) with this 干支. Raises KeyError if ``name`` is not a 干支.

    >>> days_named("甲辰", 2130289, 2130317)
    (2130291,)
    """
    start = first + (INDEX[name] - (first + 49)) % 60
    return tuple(range(start, last + 1, 60))


def julian(jdn: int) -> tuple[int, int, int]:
    """Return the Julian date (year, month, day) of a JDN, by the integer algorithm of E. G. Richards (2013).

    >>> julian(2130291)
    (1120, 6, 2)
    """
    e = 4 * (jdn + 1401) + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1


def jdn(year: int, month: int, day: int) -> int:
    """Return the JDN of a Julian date. Raises ValueError if there is no such day.

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
    """Format a JDN as a Julian date, YYYY-MM-DD; years before year 1 as astronomers count them.

    >>> iso(2130291), iso(1670000)  # -0140 is 141 BC
    ('1120-06-02', '-0140-03-18')
    """
    year, month, day = julian(number)
    return f"{'-' * (year < 0)}{abs(year):04}-{month:02}-{day:02}"


def impossible(text: str) -> bool:
    """Whether two characters are a stem and a branch that do not occur together in the cycle.

    >>> impossible("甲丑"), impossible("甲子"), impossible("大金")
    (True, False, False)
    """
    return len(text) == 2 and text[0] in STEMS and text[1] in BRANCHES and text not in INDEX


assert all((INDEX[b] - INDEX[a]) % 60 == 1 for a, b in pairwise(NAMES))  # noqa: S101
