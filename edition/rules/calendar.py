"""Look up states, eras and lunar months.

The tables are data (``calendar/`` in the corpus); no module names a state or an era.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property

from edition.model.time import Era, Moment, Month, Slot, State


@dataclass(frozen=True)
class Calendar:
    """The tables of the folder ``calendar/``."""

    states: tuple[State, ...]
    """In the order in which pages list them."""
    eras: tuple[Era, ...]
    months: dict[str, tuple[Month, ...]]
    """Name of a calendar → its months in order."""

    @cached_property
    def era_by_code(self) -> dict[str, Era]:
        """Every era by its code."""
        return {era.code: era for era in self.eras}

    @cached_property
    def state_by_code(self) -> dict[str, State]:
        """Every state by its code."""
        return {state.code: state for state in self.states}

    @cached_property
    def eras_written(self) -> dict[str, tuple[Era, ...]]:
        """Every spelling of an era name in either script → the eras that it may mean."""
        by_spelling: dict[str, tuple[Era, ...]] = {}
        for era in self.eras:
            for name in dict.fromkeys((era.name.hant, era.name.hans, *era.also)):
                by_spelling[name] = (*by_spelling.get(name, ()), era)
        return by_spelling

    @cached_property
    def _month_index(self) -> dict[tuple[str, int], tuple[Month, ...]]:
        index: dict[tuple[str, int], list[Month]] = {}
        for name, months in self.months.items():
            for month in months:
                index.setdefault((name, month.year), []).append(month)
        return {key: tuple(months) for key, months in index.items()}

    def era(self, written: str, state: str = "", near: int = 0) -> Era | None:
        """Return the era that a spelling means: preferably of ``state``, then the one nearest to the year ``near``."""
        candidates = self.eras_written.get(written, ())
        return min(candidates, key=lambda era: (era.state != state, abs(era.first - near)), default=None)

    def calendar_of(self, state: str, era: str = "") -> str:
        """The name of the calendar by which a text counts its months.

        That of ``state``, the code of the work's own; if the work has none, of the state of the era code ``era``;
        without either, of the first state of the tables.
        """
        named = self.era_by_code.get(era)
        found = self.state_by_code.get(state) or self.state_by_code.get(named.state if named else "")
        return found.calendar if found else self.states[0].calendar if self.states else ""

    def months_of(self, calendar: str, year: int) -> tuple[Month, ...]:
        """Return the months of a Chinese year in order; empty beyond the tables."""
        return self._month_index.get((calendar, year), ())

    def month(self, calendar: str, year: int, number: int, *, intercalary: bool = False) -> Month | None:
        """Return one month, or None if the calendar has no such month in its tables."""
        wanted = (number, intercalary)
        return next(
            (m for m in self.months_of(calendar, year) if (m.number, m.intercalary) == wanted),
            None,
        )

    def intercalary_month(self, calendar: str, year: int) -> int:
        """Return the number of the intercalary month of a year, or 0."""
        return next((m.number for m in self.months_of(calendar, year) if m.intercalary), 0)

    def span(self, calendar: str, year: int, slot: Slot) -> tuple[int, int] | None:
        """Return first and last JDN of a slot of a year, of the whole year for slot 0; None beyond the tables."""
        months = self.months_of(calendar, year)
        if slot.season:
            first = 3 * slot.season - 2
            months = tuple(m for m in months if first <= m.number < first + 3)
        elif slot.month:
            months = tuple(m for m in months if m.slot == slot)
        return (months[0].first, months[-1].last) if months else None

    def year_names(self, year: int) -> tuple[tuple[State, tuple[tuple[Era, int], ...]], ...]:
        """Return for each state the eras and numbers that name a Chinese year, in the order in which they took effect.

        An era still counts in the year in which it ends, so a year of change has two names: 壽昌七年, 乾統元年.
        """
        names = []
        for state in self.states:
            eras = [e for e in self._eras_by_year.get(year, ()) if e.state == state.code]
            eras.sort(key=lambda era: (era.first, era.since or (0, "", 0)))
            if eras:
                names.append((state, tuple((era, year - era.first + 1) for era in eras)))
        return tuple(names)

    def names_on(self, jdn: int, year: int) -> tuple[tuple[State, Era, int], ...]:
        """Return for each state the era in force on a day of a Chinese year, with its number.

        Of an era of which only the month of its beginning or end is known, all of that month counts; of two eras in
        force the later one is returned. A state without an era on that day is left out.
        """
        found = []
        for state, eras in self.year_names(year):
            in_force = [
                (era, number)
                for era, number in eras
                if not (era.first == year and era.since and jdn < self._days(era.since, state, year)[0])
                and not (era.last == year and era.until and jdn > self._days(era.until, state, year)[1])
            ]
            if in_force:
                found.append((state, *in_force[-1]))
        return tuple(found)

    def _days(self, moment: Moment, state: State, year: int) -> tuple[int, int]:
        """First and last JDN on which a change of era may lie."""
        if moment.jdn:
            return moment.jdn, moment.jdn
        return self.span(state.calendar, year, Slot(moment.month)) or (0, sys.maxsize)

    @cached_property
    def _eras_by_year(self) -> dict[int, list[Era]]:
        by_year: dict[int, list[Era]] = {}
        for era in self.eras:
            for year in range(era.first, era.last + 1):
                by_year.setdefault(year, []).append(era)
        return by_year
