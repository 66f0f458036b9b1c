"""Read the calendar tables: states and eras, lunar months, and the concordance of years.

Every row is checked against the values that can be computed from it; every error names file and line.
"""

from __future__ import annotations

import re
from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.time import Era, Moment, Month, State, YearLine
from edition.read.fields import Record
from edition.read.files import read_text
from edition.read.yaml_values import read_yaml
from edition.rules import sexagenary
from edition.rules.calendar import Calendar

#: Part of addresses and file names, so short enough for any file system.
CODE = re.compile(r"[a-z]{1,40}")
#: A number in a table.
NUMBER = re.compile(r"\d{1,7}")
#: A month in a table: 1 … 12, intercalary r1 … r12.
MONTH = re.compile(r"(r?)(1[0-2]|[1-9])")


def read_calendar(folder: Path) -> Calendar:
    """The states and eras of eras.yaml, and the lunar months of each calendar. Raises CorpusError."""
    path = folder / "eras.yaml"
    record = Record(read_yaml(path), "table of eras")
    states = tuple(_state(r) for r in record.records("states"))
    codes = {state.code for state in states}
    eras: dict[str, Era] = {}
    for entry in record.records("eras"):
        era = _era(entry)
        if era.code in eras:
            raise CorpusError(entry.place, "ERA-TWICE", f"the code {era.code} is taken: choose another")
        if era.state not in codes:
            raise CorpusError(entry.place_of("state"), "STATE-UNKNOWN", f"{era.state} is none of the states above")
        eras[era.code] = era
    months = {file.stem.removeprefix("months-"): _months(file) for file in sorted(folder.glob("months-*.tsv"))}
    for state in states:
        if state.calendar not in months:
            message = f"{state.code} counts by the calendar {state.calendar}: add calendar/months-{state.calendar}.tsv"
            raise CorpusError(Place(path.as_posix(), 1), "CALENDAR-MISSING", message)
    record.done(None)
    return Calendar(states, tuple(eras.values()), months)


def _state(record: Record) -> State:
    code = record.text("code")
    return record.done(
        State(
            code=code,
            name=record.pair("name"),
            calendar=record.text("calendar"),
            of=record.text("of", code),
            minor=record.flag("minor"),
            rulers=record.choice("counts", ("eras", "rulers"), "eras") == "rulers",
        )
    )


def _era(record: Record) -> Era:
    code = record.text("code")
    if not CODE.fullmatch(code):
        raise CorpusError(
            record.place_of("code"), "ERA-CODE", f"「{code}」: a code is at most 40 small letters, e.g. tianfu"
        )
    years = record.need("years").items()
    if len(years) != 2 or not all(re.fullmatch(r"\d{1,4}", y.text()) for y in years):
        raise CorpusError(record.place_of("years"), "FIELD", "years: wants the first and the last, e.g. [1101, 1110]")
    return record.done(
        Era(
            code=code,
            state=record.text("state"),
            name=record.pair("name"),
            also=record.texts("also"),
            first=int(years[0].text()),
            last=int(years[1].text()),
            since=_moment(record, "from"),
            until=_moment(record, "until"),
            note=record.text("note", ""),
            source=record.text("source", ""),
        )
    )


def _moment(record: Record, name: str) -> Moment | None:
    """The day of a change of era; the parts that no source gives are 0 or empty."""
    value = record.get(name)
    if value is None:
        return None
    moment = Record(value, name)
    month, day, jdn = moment.number("month"), moment.text("day", ""), moment.number("jdn", 0)
    julian = moment.text("julian", "")
    if jdn and (day not in ("", sexagenary.of_day(jdn)) or julian not in ("", sexagenary.iso(jdn))):
        message = f"{day} {julian} is not JDN {jdn}, which is {sexagenary.of_day(jdn)} {sexagenary.iso(jdn)}"
        raise CorpusError(moment.place, "DATE-DISAGREES", message)
    return moment.done(Moment(month, day, jdn))


def _table(path: Path, columns: tuple[str, ...]) -> list[tuple[Place, dict[str, str]]]:
    """The rows of a tab-separated table, by column, with their places. Skips comments and empty lines."""
    rows: list[tuple[Place, dict[str, str]]] = []
    header: list[str] = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        place = Place(path.as_posix(), number)
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            if missing := [name for name in columns if name not in header]:
                raise CorpusError(place, "TABLE", f"the header has no column {missing[0]}")
            continue
        if len(cells) != len(header):
            raise CorpusError(place, "TABLE", f"has {len(cells)} cells under {len(header)} columns: check the tabs")
        rows.append((place, dict(zip(header, cells, strict=True))))
    return rows


def _months(path: Path) -> tuple[Month, ...]:
    """A table of lunar months, each checked against the 干支 and the Julian date in its row."""
    months: list[Month] = []
    for place, row in _table(path, ("year", "month", "new_moon", "jdn", "julian", "days")):
        match = MONTH.fullmatch(row["month"])
        numbers = [row["year"], row["jdn"], row["days"]]
        if not match or not all(map(NUMBER.fullmatch, numbers)):
            raise CorpusError(place, "TABLE", f"「{row['month']}」 must be 1…12 or r1…r12, and year, jdn, days numbers")
        month = Month(int(row["year"]), int(match[2]), bool(match[1]), int(row["jdn"]), int(row["days"]))
        stated = (row["new_moon"], row["julian"])
        if stated != (sexagenary.of_day(month.first), sexagenary.iso(month.first)):
            computed = f"{sexagenary.of_day(month.first)} {sexagenary.iso(month.first)}"
            raise CorpusError(
                place, "DATE-DISAGREES", f"{' '.join(stated)} is not JDN {month.first}, which is {computed}"
            )
        if months and months[-1].last + 1 != month.first:
            message = f"begins {month.first}, but the month above ends {months[-1].last}: the days must run on"
            raise CorpusError(place, "CALENDAR-GAP", message)
        months.append(month)
    return tuple(months)


def read_years(path: Path) -> tuple[YearLine, ...]:
    """The rows of years.tsv, unchecked: `edition.check.calendar` compares them. Empty if there is no file."""
    if not path.exists():
        return ()
    fixed = ("year", "ganzhi", "first_jdn", "first", "last")
    return tuple(
        YearLine(
            year=int(row["year"]) if NUMBER.fullmatch(row["year"]) else 0,
            ganzhi=row["ganzhi"],
            first=row["first"],
            last=row["last"],
            names=tuple((code, cell) for code, cell in row.items() if code not in fixed),
            place=place,
        )
        for place, row in _table(path, fixed)
    )
