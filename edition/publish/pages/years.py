"""The works in parallel: a page for each year, and all years on one page."""

from __future__ import annotations

from collections.abc import Iterator

from edition.publish.cite.things import of_year
from edition.publish.pages.days import strip_of
from edition.publish.pages.maps import year_map
from edition.publish.views.page_spec import PageSpec, neighbours, numbers, who
from edition.publish.views.viewer import Viewer


def year_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """Each year, and the synopsis of all."""
    years = viewer.years
    links = [(f"year/{year.year}/", f"{year.year} {year.ganzhi}") for year in years]
    for index, (year, aligned) in enumerate(zip(years, viewer.edition.years, strict=True)):
        values = {
            "year": year,
            "numbers": numbers(year.passages),
            "who": who(viewer, year.passages),
            "cited": of_year(viewer, year),
            "strip": strip_of(viewer, aligned),
            "lanes": [work.title[viewer.script] for work in viewer.edition.works.values()],
            "map": year_map(viewer, aligned),
        }
        yield PageSpec(f"year/{year.year}/", "pages/year.html", values, **neighbours(links, index))
    passages = [passage for year in years for passage in year.passages]
    together = {"years": years, "numbers": numbers(passages), "who": who(viewer, passages)}
    yield PageSpec("synopsis/", "pages/synopsis.html", together)
