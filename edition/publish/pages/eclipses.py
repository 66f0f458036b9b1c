"""The page of the eclipses: how each was seen, beside what the works and other books say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edition.model.layers import Event
from edition.model.reports import Eclipse
from edition.publish.pages.days import day_url
from edition.publish.pages.events import account_view, reports
from edition.publish.pictures.eclipses import Seen, disc, sky
from edition.publish.views.page_spec import PageSpec, who
from edition.publish.views.viewer import Viewer, julian
from edition.rules import sexagenary


def eclipses_page(viewer: Viewer) -> Iterator[PageSpec]:
    """All eclipses on one page, if the corpus says how they were seen."""
    events = [(event, event.eclipse) for event in viewer.edition.layers.events if event.eclipse]
    if not events:
        return
    # The picture of all shows one place: the one for which most of them are computed, the first of these.
    places = [at.place for _, eclipse in events for at in eclipse.places]
    chief = max(dict.fromkeys(places), key=places.count)
    seen = [
        Seen(str(event.year), at.magnitude, _hour(at.local_time), at.altitude, f"#{event.id}")
        for event, eclipse in events
        for at in eclipse.places
        if at.place == chief
    ]
    place = viewer.convert(chief)
    values = {
        "place": place,
        "places": list(dict.fromkeys(map(viewer.convert, places))),
        "sky": sky(seen, viewer.t["sky_label"].format(place=place), viewer.t["hour"]),
        "eclipses": [_eclipse(viewer, event, eclipse) for event, eclipse in events],
        "who": who(viewer, [viewer.passage(a.passage) for event, _ in events for a in event.accounts]),
    }
    yield PageSpec("eclipses/", "pages/eclipses.html", values)


def _hour(time: str) -> float:
    """Hours since midnight.

    >>> _hour("14:30")
    14.5
    """
    hours, minutes = time.split(":")
    return int(hours) + int(minutes) / 60


def _eclipse(viewer: Viewer, event: Event, eclipse: Eclipse) -> dict[str, Any]:
    """An eclipse with its discs, its accounts and what other books say."""
    jdn = sexagenary.jdn(*map(int, event.julian.split("-"))) if event.julian.count("-") == 2 else 0
    dated = any(day.jdn == jdn and day.told for day in viewer.edition.dated)
    accounts = [account_view(viewer, a.passage, a.first, a.last) for a in event.accounts]
    return {
        "id": event.id,
        "title": event.title[viewer.script],
        "year": event.year,
        "ganzhi": sexagenary.of_day(jdn) if jdn else "",
        "julian": julian(jdn) if jdn else "",
        "day": day_url(jdn) if dated else "",
        "type": eclipse.type,
        "seen": [
            {
                "place": viewer.convert(at.place),
                "at": at,
                "disc": disc(eclipse.type, at.magnitude, at.altitude, f"{event.id}-{index}"),
            }
            for index, at in enumerate(eclipse.places)
        ],
        "accounts": [(viewer.edition.works[a.passage.slug].title[viewer.script], a) for a in accounts],
        "others": reports(viewer, event.others),
    }
