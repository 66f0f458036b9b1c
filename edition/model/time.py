"""States, eras, lunar months, the slots of a year, and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from edition.model.findings import Place
from edition.model.scripts import Pair

SEASONS = "春夏秋冬"


@dataclass(frozen=True, slots=True)
class State:
    """A state whose years are named by eras or rulers: 遼."""

    code: str
    """ASCII: ``liao``."""
    name: Pair
    calendar: str
    """Name of the calendar whose months it counts: ``liaojin``."""
    of: str
    """Code of the state under which tables show it: 北遼 under ``liao``; its own code as a rule."""
    minor: bool
    """Whether it is a rival or short-lived state, without a column in the table of years."""
    rulers: bool
    """Whether its years are counted by rulers instead of era names, as in Goryeo."""


class RegnalYear(NamedTuple):
    """A year of an era, as a text writes it."""

    era: str
    """天輔."""
    year: int
    """The number of the year; 元 is 1."""


class Moment(NamedTuple):
    """The day on which an era came into force or ended."""

    month: int
    ganzhi: str
    """Of the day; empty if unknown."""
    jdn: int
    """0 if unknown."""


@dataclass(frozen=True, slots=True)
class Era:
    """An era name of a state, with the years that it names by the common count."""

    code: str
    """Unique ASCII code, allocated once: ``tianfu`` for 天輔."""
    state: str
    """Code of the state."""
    name: Pair
    also: tuple[str, ...]
    """Other spellings, in either script: 壽隆 for 壽昌."""
    first: int
    """Its 元年: the Chinese year, named by the CE year of its 正月."""
    last: int
    """The last Chinese year in which it ran."""
    since: Moment | None
    """When it came into force, if after New Year's Day."""
    until: Moment | None
    """When it ended, if no other era of the state follows."""
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Month:
    """A lunar month of a calendar."""

    year: int
    """The Chinese year, named by the CE year in which its 正月 falls."""
    number: int
    """1 … 12."""
    intercalary: bool
    first: int
    """JDN of the new moon, the first day."""
    days: int
    """29 or 30."""

    @property
    def last(self) -> int:
        """JDN of the last day."""
        return self.first + self.days - 1

    @property
    def slot(self) -> Slot:
        """The slot that this month is in its year."""
        return Slot(month=self.number, intercalary=self.intercalary)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a passage within its year: a month, a season, or neither."""

    month: int = 0
    """1 … 12, or 0."""
    intercalary: bool = False
    season: int = 0
    """1 … 4 for 春夏秋冬 where no month is named, or 0."""

    @property
    def code(self) -> str:
        """Return the code used in ids and URLs.

        >>> Slot(9, intercalary=True).code, Slot(season=1).code, Slot().code
        ('r9', 'q1', '0')
        """
        if self.season:
            return f"q{self.season}"
        return f"r{self.month}" if self.intercalary else str(self.month)

    @classmethod
    def of(cls, code: str) -> Slot:
        """The slot with this code.

        >>> Slot.of("r5")
        Slot(month=5, intercalary=True, season=0)
        """
        if code.startswith("q"):
            return cls(season=int(code[1:]))
        return cls(int(code.lstrip("r")), code.startswith("r"))


@dataclass(frozen=True, slots=True)
class Day:
    """A date to the day, written in a heading, a mention or a quotation."""

    quote: str
    """The words: 甲辰, 癸丑朔, 四月二十五日."""
    start: int
    """Offset in the received text of the passage."""
    month: int
    """1 … 12; of a day that cannot be determined the month that its words name, or 0."""
    intercalary: bool
    day: int
    """Day of the month, from 1; 0 if it cannot be determined."""
    jdn: int
    """Julian day number; 0 if it cannot be determined."""
    problem: str = ""
    """The code and message of a finding, if the day cannot be told or disagrees with the tables; else empty."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """A row of ``calendar/years.tsv``, which an editor keeps independently of the eras; a check compares both."""

    year: int
    ganzhi: str
    first: str
    """Julian date of New Year's Day."""
    last: str
    names: tuple[tuple[str, str], ...]
    """Code of a state → its year names, as the table writes them."""
    place: Place
