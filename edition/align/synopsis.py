"""Align the works by real year and month, never by the label that a work prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edition.model.kinds import Absence, Outside, RowKind
from edition.model.layers import Displaced
from edition.model.texts import Passage, Work
from edition.model.time import Slot
from edition.rules import sexagenary
from edition.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Column:
    """One work in one year."""

    work: str
    labels: tuple[tuple[str, int], ...]
    """Era code and number that the work prints or carries for this year: ((tianfu, 5),)."""
    passages: tuple[Passage, ...]
    absence: Absence
    """Empty if it tells of the year; else why it does not: the heading is printed and empty · outside this
    chapter or excerpt · told elsewhere · silent."""
    outside: Outside
    """On which side of what the text covers the year lies."""
    elsewhere: tuple[Displaced, ...]
    """Editorial datings by which words under other years tell of this one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a year: a month, a season or neither, with the passages of each work."""

    kind: RowKind
    slot: Slot
    cells: Mapping[str, tuple[Passage, ...]]
    """Work slug → passages; only the works that have some."""
    span: tuple[int, int] | None
    """First and last JDN; None for a row without month and season, or beyond the calendar tables."""

    @property
    def code(self) -> str:
        """Unique within its year, e.g. 5, r9, q1, this-q1."""
        return f"{self.kind}-{self.slot.code}" if self.kind != "slot" else self.slot.code


@dataclass(frozen=True, slots=True)
class Year:
    """A Chinese year with a column for each work and a row for each month."""

    year: int
    """The Chinese year, named by the CE year in which its 正月 falls."""
    span: tuple[int, int] | None
    """First and last JDN; None beyond the calendar tables."""
    columns: tuple[Column, ...]
    """One for each work, in the order of the edition."""
    rows: tuple[Row, ...]

    @property
    def ganzhi(self) -> str:
        """The sexagenary name: 壬寅 for 1122."""
        return sexagenary.of_year(self.year)

    @property
    def telling(self) -> tuple[Column, ...]:
        """The columns that have passages."""
        return tuple(column for column in self.columns if column.passages)


def align(
    works: Iterable[Work], passages: Iterable[Passage], displaced: Iterable[Displaced], calendar: Calendar
) -> tuple[Year, ...]:
    """Return every year from the first to the last that any work covers, with its columns and rows."""
    works = tuple(works)
    by_year: dict[tuple[str, int], list[Passage]] = {}
    by_id = {}
    for passage in passages:
        by_year.setdefault((passage.work, passage.year), []).append(passage)
        by_id[passage.id] = passage
    elsewhere = _elsewhere(displaced, by_id)
    covered = {
        work.slug: (min(own), max(own)) for work in works if (own := [y for slug, y in by_year if slug == work.slug])
    }
    years = range(min(y for y, _ in covered.values()), max(y for _, y in covered.values()) + 1)
    return tuple(
        _year(
            year,
            tuple(
                _column(
                    work.slug,
                    year,
                    tuple(by_year.get((work.slug, year), ())),
                    covered.get(work.slug, (0, 0)),
                    elsewhere.get((work.slug, year), ()),
                )
                for work in works
            ),
            {work.slug: work.state for work in works},
            calendar,
        )
        for year in years
    )


def _elsewhere(
    displaced: Iterable[Displaced], by_id: Mapping[str, Passage]
) -> dict[tuple[str, int], tuple[Displaced, ...]]:
    """(Work slug, year) → editorial datings by which passages under other years belong to it."""
    found: dict[tuple[str, int], tuple[Displaced, ...]] = {}
    for item in displaced:
        passage = by_id[item.anchor.passage]
        if item.kind == "background":
            continue
        # Of a long span only the first and last year are named: 「以徽宗建中初元立…凡十二載」 tells of 1101 and 1112.
        for year in dict.fromkeys(item.years):
            if year != passage.year:
                key = (passage.work, year)
                found[key] = (*found.get(key, ()), item)
    return found


def _column(
    work: str,
    year: int,
    passages: tuple[Passage, ...],
    covered: tuple[int, int],
    elsewhere: tuple[Displaced, ...],
) -> Column:
    outside: Outside = "before" if year < covered[0] else "after" if year > covered[1] else ""
    absence: Absence = ""
    if not passages:
        absence = "elsewhere" if elsewhere else "outside" if outside else "silent"
    elif all(p.heading and p.heading.length >= len(p.text.rstrip()) for p in passages):
        absence = "heading"
    labels = dict.fromkeys((p.era, p.printed.year or 0) for p in passages if p.era)
    return Column(
        work=work,
        labels=tuple(labels),
        passages=passages,
        absence=absence,
        outside=outside,
        elsewhere=elsewhere,
    )


def _year(year: int, columns: tuple[Column, ...], states: Mapping[str, str], calendar: Calendar) -> Year:
    cells: dict[tuple[int, RowKind, Slot], dict[str, list[Passage]]] = {}
    for column in columns:
        for passage in column.passages:
            kind = row_kind(passage)
            key = (_order(kind, passage.slot), kind, passage.slot)
            cells.setdefault(key, {}).setdefault(column.work, []).append(passage)

    def counted_by(passage: Passage) -> str:
        return calendar.calendar_of(states[passage.work], passage.era)

    telling = next((column.passages for column in columns if column.passages), ())
    default = counted_by(telling[0]) if telling else calendar.calendar_of(next(iter(states.values()), ""))
    rows = tuple(
        Row(
            kind=kind,
            slot=slot,
            cells={work: tuple(found) for work, found in by_work.items()},
            span=calendar.span(counted_by(next(iter(by_work.values()))[0]), year, slot) if slot != Slot() else None,
        )
        for (_, kind, slot), by_work in sorted(cells.items(), key=lambda item: item[0][0])
    )
    return Year(year, calendar.span(default, year, Slot()), columns, rows)


def row_kind(passage: Passage) -> RowKind:
    """Return the kind of row into which a passage goes."""
    if not passage.era:
        return "preface"
    if passage.heading and passage.heading.this not in ("", "月"):
        return "slot" if passage.slot.month else "this"
    return "slot" if passage.slot != Slot() else "year"


def _order(kind: RowKind, slot: Slot) -> int:
    """Return the sort key of a row within its year: 春 before 正月, 是春 after 三月, 是歲 last."""
    if slot == Slot():
        return {"preface": 0, "year": 1, "slot": 2, "this": 999}[kind]
    if slot.season:
        return 30 * slot.season + 7 if kind == "this" else 30 * slot.season - 21
    return 10 * slot.month + 5 * slot.intercalary
