"""The home page: the table of years, with the works and the bands of reigns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from edition.edition import Edition
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.viewer import Viewer


def home_page(viewer: Viewer) -> Iterator[PageSpec]:
    """The table of years."""
    largest = max((column.size for year in viewer.years for column in year.columns), default=1)
    values = {"years": viewer.years, "largest": largest, "pictures": _pictures(viewer.edition)}
    yield PageSpec("", "pages/home.html", values | _bands(viewer))


def _pictures(edition: Edition) -> list[str]:
    """The pages of pictures that the corpus has enough for, by their addresses."""
    named = [name for name in edition.layers.names if name.id in edition.named]
    there = {
        "river": all(year.span for year in edition.years),
        "map": any(name.where for name in named),
        "who": any(name.kind == "person" for name in named),
        "eclipses": any(event.eclipse for event in edition.layers.events),
    }
    return [address for address, found in there.items() if found]


def _bands(viewer: Viewer) -> dict[str, Any]:
    """For each year a cell for each state: (era, years that its band spans, a second name, address), None below one."""
    calendar = viewer.edition.corpus.calendar
    years = [year.year for year in viewer.years]
    states = [
        state
        for state in calendar.states
        if state.of == state.code and not state.minor and any(_names(viewer, state.code, y) for y in years)
    ]
    columns = []
    for state in states:
        named = [_names(viewer, state.code, year) for year in years]
        column: list[tuple[str, int, str, str] | None] = []
        # A band belongs to the era that a year is known by; one proclaimed late in the last year is in small type.
        for (era, address), run in groupby(named, _known_by):
            years_of_band = list(run)
            last = years_of_band[-1]
            column.append((era, len(years_of_band), last[1][0] if len(last) > 1 else "", address))
            column += [None] * (len(years_of_band) - 1)
        columns.append(column)
    return {
        "states": [state.name[viewer.script] for state in states],
        "bands": [[column[index] for column in columns] for index in range(len(years))],
    }


def _known_by(names: list[tuple[str, str]]) -> tuple[str, str]:
    """The era that a year is known by, with its address; empty where the state had none."""
    return names[0] if names else ("", "")


def _names(viewer: Viewer, state: str, year: int) -> list[tuple[str, str]]:
    """The names of a year in one state, with their addresses.

    The first is the one that the year is known by. An era proclaimed in the first six months gives its name to the
    whole year (乾統, second month of 1101); one proclaimed later comes second (重和, eleventh month of 1118).
    """
    for found, eras in viewer.edition.corpus.calendar.year_names(year):
        if found.code == state:
            late = [era for era, _ in eras if era.first == year and era.since and era.since[0] > 6]
            known = next((era for era, _ in reversed(eras) if era not in late), eras[0][0])
            return [(era.name[viewer.script], f"era/{era.code}/") for era in dict.fromkeys((known, *late))]
    return []
