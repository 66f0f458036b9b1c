"""States, eras, lunar months, the slots of a year, and days."""

from __future__ import annotations

from dataclasses import dataclass

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
    """True for a rival or short-lived state that gets no band in the table of years."""
    rulers: bool
    """True where years are counted by rulers and not by era names, as in Goryeo."""


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
    since: tuple[int, str, int] | None
    """Month, 干支 (may be empty) and JDN (0 if unknown) when it came into force, if after New Year's Day."""
    until: tuple[int, str, int] | None
    """The same for its end, where no era of the state follows on it."""
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
    """Code and message if it cannot be determined or contradicts the calendar; else empty."""


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
