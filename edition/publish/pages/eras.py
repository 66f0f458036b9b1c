"""The pages of year names: all, each era, each year of an era."""

from __future__ import annotations

from collections.abc import Iterator

from edition.publish.views.page_spec import PageSpec
from edition.publish.views.values import EraYearView
from edition.publish.views.viewer import Viewer, julian


def era_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """Year names: all, each era, each year of the eras that touch the edition."""
    edition = viewer.edition
    calendar = edition.corpus.calendar
    covered = {year.year for year in edition.years}
    shown = [
        era
        for era in calendar.eras
        if any(year in covered for year in range(era.first, era.last + 1))
        or any(era.code == label[0] for year in edition.years for c in year.columns for label in c.labels)
    ]
    by_state = [
        (
            state.name[viewer.script],
            [(e.name[viewer.script], e.code, e.first, e.last) for e in shown if e.state == state.code],
        )
        for state in calendar.states
    ]
    yield PageSpec("era/", "pages/eras.html", {"states": [s for s in by_state if s[1]]})
    for era in shown:
        rows = [_era_year(viewer, era.code, number) for number in range(1, era.last - era.first + 2)]
        state = calendar.state_by_code[era.state].name[viewer.script]
        reckonings = [
            (work.title[viewer.script], work.first_year(era), viewer.prose(work.about.reckoning, inline=True))
            for work in edition.works.values()
            if era.code in dict(work.reckoning)
        ]
        values = {
            "era": era.name[viewer.script],
            "code": era.code,
            "state": state,
            "first": era.first,
            "last": era.last,
            "rows": rows,
            "note": viewer.prose(era.note, inline=True) if era.note else "",
            "source": viewer.convert(era.source),
            "since": julian(era.since[2]) if era.since and era.since[2] else "",
            "reckonings": reckonings,
            "works": [work.title[viewer.script] for work in edition.works.values()],
        }
        yield PageSpec(f"era/{era.code}/", "pages/era.html", values)
        for row in rows:
            yield PageSpec(f"era/{era.code}/{row.number}/", "pages/era_year.html", values | {"row": row})


def _era_year(viewer: Viewer, code: str, number: int) -> EraYearView:
    """A year of an era."""
    edition = viewer.edition
    era = edition.corpus.calendar.era_by_code[code]
    covered = {year.year for year in edition.years}
    works = []
    for work in edition.works.values():
        year = work.first_year(era) + number - 1
        found = viewer.first_of.get((work.slug, code, number))
        url = f"{found.work}/{found.juan}/{found.year_code}/" if found else ""
        works.append((work.title[viewer.script], year, url, year if year in covered else 0))
    year = era.first + number - 1
    return EraYearView(number, edition.label(code, number)[viewer.script], year, year in covered, tuple(works))
