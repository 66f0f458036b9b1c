"""A page for each day that the works date, and the months of a year as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edition.align.dated import DatedDay, Told
from edition.align.synopsis import Year
from edition.model.layers import Event
from edition.model.texts import Work
from edition.model.time import Month
from edition.publish.pages.events import account_view
from edition.publish.pictures.scale import scale
from edition.publish.pictures.strip import Lane, Mark, YearStrip, strip
from edition.publish.views.page_spec import PageSpec, neighbours, who
from edition.publish.views.viewer import Viewer, julian
from edition.rules import sexagenary
from edition.rules.numerals import day as day_name


def day_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """Each day that a work dates, and each year as a calendar."""
    years = [_YearDays.of(viewer, year) for year in viewer.edition.years if year.span]
    told = [(of_year, day) for of_year in years for day in of_year.days if day.told]
    links = [(day_url(day.jdn), of_year.link(day.jdn)) for of_year, day in told]
    for index, (of_year, day) in enumerate(told):
        yield PageSpec(day_url(day.jdn), "pages/day.html", _day(of_year, day), **neighbours(links, index))
    links = [(f"year/{own.year.year}/calendar/", f"{own.year.year} {own.year.ganzhi}") for own in years]
    for index, of_year in enumerate(years):
        yield PageSpec(links[index][0], "pages/calendar.html", _calendar(of_year), **neighbours(links, index))


def day_url(jdn: int) -> str:
    """The address of a day below the root of a tree, by its Julian date.

    >>> day_url(2130922)
    'day/1122-02-23/'
    """
    return f"day/{sexagenary.iso(jdn)}/"


def strip_of(viewer: Viewer, year: Year, months_at: str = "") -> str:
    """The strip of a year; empty beyond the month tables. ``months_at`` is the address of the page with its months."""
    return _YearDays.of(viewer, year).picture(months_at) if year.span else ""


@dataclass(frozen=True)
class _YearDays:
    """A year with what is known of its days, in one script."""

    viewer: Viewer
    year: Year
    months: tuple[Month, ...]
    """By the calendar that the page of the year counts by."""
    days: tuple[DatedDay, ...]
    eclipses: Mapping[int, Event]
    """By JDN."""

    @classmethod
    def of(cls, viewer: Viewer, year: Year) -> _YearDays:
        """Collect the days of a year that has a span."""
        first, last = year.span or (0, -1)
        calendar = viewer.edition.corpus.calendar
        counts = (calendar.months_of(name, year.year) for name in calendar.months)
        eclipses = {_jdn(event.julian): event for event in viewer.edition.layers.events if event.eclipse}
        return cls(
            viewer,
            year,
            next((own for own in counts if own and own[0].first == first), ()),
            tuple(day for day in viewer.edition.dated if first <= day.jdn <= last),
            {jdn: event for jdn, event in eclipses.items() if first <= jdn <= last},
        )

    def lunar(self, jdn: int, months: tuple[Month, ...] = ()) -> str:
        """The month and day of a JDN by ``months``, by default those of the year: 正月十五; empty beyond them."""
        for month in months or self.months:
            if month.first <= jdn <= month.last:
                return self.viewer.slot(month.slot) + day_name(jdn - month.first + 1)
        return ""

    def link(self, jdn: int) -> str:
        """The text of a link to a day: 1122 正月十五 乙亥."""
        return f"{self.year.year} {self.lunar(jdn)} {sexagenary.of_day(jdn)}"

    def picture(self, months_at: str, now: int = 0, *, empty: bool = False) -> str:
        """The strip of the year, with a mark at the day ``now``.

        Its months lead to their sections of the page ``months_at``, which has ``empty`` ones as well, or not.
        """
        viewer, year = self.viewer, self.year
        rows = {row.slot for row in year.rows}
        lanes = []
        for slug, work in viewer.edition.works.items():
            told = [row.span for row in year.rows if row.slot.month and row.span and row.cells.get(slug)]
            days = [day.jdn for day in self.days if any(told.passage.work == slug for told in day.told)]
            seen = [jdn for jdn, event in self.eclipses.items() if any(a.work == slug for a in event.accounts)]
            silent = not any(row.cells.get(slug) for row in year.rows)
            lanes.append(Lane(work.title[viewer.script], tuple(told), tuple(days), tuple(seen), silent))
        marks = [
            Mark(m.first, viewer.slot(m.slot), f"{months_at}#m{m.slot.code}" if empty or m.slot in rows else "")
            for m in self.months
        ]
        label = viewer.t["strip_label"].format(year=year.year)
        return strip(YearStrip(year.span or (0, 0), tuple(marks), tuple(lanes), label, viewer.t["month"], now))

    @property
    def lanes(self) -> list[str]:
        """The names of the works, in the order of the lanes of the strip."""
        return [work.title[self.viewer.script] for work in self.viewer.edition.works.values()]


def _jdn(date: str) -> int:
    """The JDN of a Julian date; 0 if it is not known to the day."""
    return sexagenary.jdn(*map(int, date.split("-"))) if date.count("-") == 2 else 0


def _day(of_year: _YearDays, day: DatedDay) -> dict[str, Any]:
    """The values of the page of a day."""
    viewer, year, jdn = of_year.viewer, of_year.year, day.jdn
    events = [event for event in viewer.edition.layers.events if event.julian == sexagenary.iso(jdn)]
    eclipse = of_year.eclipses.get(jdn)
    return {
        "title": f"{year.ganzhi}{viewer.t['year']}{of_year.lunar(jdn)}",
        "ganzhi": sexagenary.of_day(jdn),
        "cycle": sexagenary.INDEX[sexagenary.of_day(jdn)] + 1,
        "julian_date": julian(jdn),
        "iso": sexagenary.iso(jdn),
        "jdn": jdn,
        "year": year.year,
        "strip": of_year.picture(f"../../year/{year.year}/", jdn),
        "lanes": of_year.lanes,
        "works": [_work(of_year, work, day) for work in viewer.edition.works.values()],
        "who": who(viewer, [viewer.passage(told.passage.id) for told in day.told]),
        "events": [
            (event.title[viewer.script], f"event/{event.id}/", _others(of_year, event, day)) for event in events
        ],
        "calendars": _calendars(of_year, jdn),
        "eclipse": f"eclipses/#{eclipse.id}" if eclipse else "",
        "new_moon": any(month.first == jdn for month in of_year.months),
    }


def _work(of_year: _YearDays, work: Work, day: DatedDay) -> dict[str, Any]:
    """What a work says of a day, or why it says nothing."""
    viewer, year = of_year.viewer, of_year.year
    column = next(column for column in year.columns if column.work == work.slug)
    month = next((r for r in year.rows if r.slot.month and r.span and r.span[0] <= day.jdn <= r.span[1]), None)
    passages = month.cells.get(work.slug, ()) if month else ()
    return {
        "title": work.title[viewer.script],
        "label": "、".join(viewer.edition.label(era, n)[viewer.script] for era, n in column.labels),
        "told": [_told(viewer, told) for told in day.told if told.passage.work == work.slug],
        "displaced": [viewer.reference(d) for d in day.displaced if d.anchor.passage.startswith(f"{work.slug}.")],
        "outside": not column.passages and bool(column.outside),
        "month": (viewer.slot(month.slot), passages[0].url) if month and passages else None,
    }


def _told(viewer: Viewer, told: Told) -> dict[str, Any]:
    account = account_view(viewer, told.passage.id, told.first, told.last)
    return {"account": account, "quote": viewer.edition.shown(told.day.quote, "hant", viewer.script)}


def _others(of_year: _YearDays, event: Event, day: DatedDay) -> dict[str, Any] | None:
    """What other books say of an event of this day, with the days that they give; None if none of them gives one."""
    viewer = of_year.viewer
    dated = [(report, jdn) for report in event.others if (jdn := _jdn(report.julian))]
    if not dated:
        return None
    works = {told.passage.work: told for told in day.told}
    here = [
        (work.title[viewer.script], day.jdn)
        for slug, work in viewer.edition.works.items()
        if slug in works and any(account.work == slug for account in event.accounts)
    ]
    days = [*here, *((viewer.book(report.book), jdn) for report, jdn in dated)]
    months = [(viewer.slot(month.slot) + viewer.t["new_moon"], month.first) for month in of_year.months]
    rows = [
        {
            "book": viewer.book(report.book, report.juan),
            "words": viewer.convert(report.text),
            "ganzhi": sexagenary.of_day(jdn),
            "julian": julian(jdn),
            "apart": jdn - day.jdn,
        }
        for report, jdn in dated
    ]
    apart = len({jdn for _, jdn in days}) > 1
    return {"scale": scale(days, months, day.jdn, viewer.t["scale_label"]) if apart else "", "rows": rows}


def _calendars(of_year: _YearDays, jdn: int) -> list[tuple[str, str, str]]:
    """For each state: its name, the year by its era in force, and the day by its own calendar."""
    viewer, year = of_year.viewer, of_year.year.year
    calendar = viewer.edition.corpus.calendar
    return [
        (
            state.name[viewer.script],
            viewer.edition.label(era.code, number)[viewer.script],
            of_year.lunar(jdn, calendar.months_of(state.calendar, year)),
        )
        for state, era, number in calendar.names_on(jdn, year)
    ]


def _calendar(of_year: _YearDays) -> dict[str, Any]:
    """The values of the page of a year as a calendar."""
    viewer, year = of_year.viewer, of_year.year
    return {
        "year": next(view for view in viewer.years if view.year == year.year),
        "strip": of_year.picture("", empty=True),
        "lanes": of_year.lanes,
        "months": [_month(of_year, month) for month in of_year.months],
        "rows": [_row(of_year, day) for day in of_year.days],
    }


def _month(of_year: _YearDays, month: Month) -> dict[str, Any]:
    """A month: its days in order, and what each work tells of it."""
    viewer, year = of_year.viewer, of_year.year
    calendar = viewer.edition.corpus.calendar
    row = next((row for row in year.rows if row.slot == month.slot), None)
    told = [
        (work.title[viewer.script], row.cells[slug][0].url, viewer.edition.characters(row.cells[slug]))
        for slug, work in viewer.edition.works.items()
        if row and row.cells.get(slug)
    ]
    differing = [
        (viewer.slot(other.slot), sexagenary.of_day(other.first))
        for name in calendar.months
        for other in calendar.months_of(name, year.year)
        if abs(other.first - month.first) < 15 and (other.first, other.slot) != (month.first, month.slot)
    ]
    days = {day.jdn: day for day in of_year.days}
    return {
        "name": viewer.slot(month.slot),
        "code": month.slot.code,
        "intercalary": month.intercalary,
        "days": month.days,
        "new_moon": sexagenary.of_day(month.first),
        "julian": (julian(month.first, year.year), julian(month.last, year.year)),
        "differing": differing,
        "told": told,
        "cells": [
            _cell(viewer, month, jdn, days.get(jdn)) | {"eclipse": jdn in of_year.eclipses}
            for jdn in range(month.first, month.last + 1)
        ],
    }


def _cell(viewer: Viewer, month: Month, jdn: int, day: DatedDay | None) -> dict[str, Any]:
    """A day of a calendar, with the works that name it and those that editors date to it."""
    _, julian_month, date = sexagenary.julian(jdn)
    told = {found.passage.work for found in day.told} if day else set()
    edited = {item.anchor.passage.partition(".")[0] for item in day.displaced} - told if day else set()
    marks = [
        (work.title[viewer.script], "stated" if slug in told else "edited" if slug in edited else "")
        for slug, work in viewer.edition.works.items()
    ]
    return {
        "lunar": day_name(jdn - month.first + 1),
        "ganzhi": sexagenary.of_day(jdn),
        "julian": f"{julian_month}/{date}" if date == 1 or jdn == month.first else str(date),
        "url": day_url(jdn) if told else "",
        "works": marks if day else [],
    }


def _row(of_year: _YearDays, day: DatedDay) -> dict[str, Any]:
    """A dated day in the table below a calendar."""
    viewer = of_year.viewer
    cells: dict[str, list[tuple[str, str, bool]]] = {slug: [] for slug in viewer.edition.works}
    for found in day.told:
        quote = viewer.edition.shown(found.day.quote, "hant", viewer.script)
        cells[found.passage.work].append((quote, f"{found.passage.url}#s{found.first}", True))
    for item in day.displaced:
        reference = viewer.reference(item)
        cells[item.anchor.passage.partition(".")[0]].append((reference.quote, reference.url, False))
    eclipse = of_year.eclipses.get(day.jdn)
    return {
        "lunar": of_year.lunar(day.jdn),
        "ganzhi": sexagenary.of_day(day.jdn),
        "julian": julian(day.jdn, of_year.year.year),
        "jdn": day.jdn,
        "url": day_url(day.jdn) if day.told else "",
        "cells": list(cells.values()),
        "eclipse": f"eclipses/#{eclipse.id}" if eclipse else "",
    }
