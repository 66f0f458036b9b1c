"""The figures of the eclipses, against an independent ephemeris, and the page that shows them."""

from __future__ import annotations

import math
from typing import Any

import astronomy  # type: ignore[import-untyped] # it has no stubs
import pytest

from edition.rules.sexagenary import jdn
from tests.publish.pages.conftest import Open, layer, words

#: Where the corpus says that an eclipse was seen; the coordinates are those of `corpus/places.yaml`.
PLACES = {"開封": "kaifeng", "燕京": "yanjing", "遼上京": "liao-shangjing", "會寧": "huiningfu"}
ECLIPSES = [event for event in layer("events") if "eclipse" in event]
SUN, MOON = 695_700, 1_737.4
"""Mean radii in km."""


def observer(place: str) -> astronomy.Observer:
    [entry] = [entry for entry in layer("places") if entry["id"] == PLACES[place]]
    return astronomy.Observer(entry["where"]["lat"], entry["where"]["lon"], 0)


def seen(time: astronomy.Time, at: astronomy.Observer) -> tuple[float, float]:
    """Magnitude of the eclipse and altitude of the sun in degrees at one moment."""
    sun = astronomy.Equator(astronomy.Body.Sun, time, at, ofdate=True, aberration=True)
    moon = astronomy.Equator(astronomy.Body.Moon, time, at, ofdate=True, aberration=True)
    apart = math.radians(astronomy.AngleBetween(sun.vec, moon.vec))
    radii = [math.asin(r / (body.dist * astronomy.KM_PER_AU)) for r, body in ((SUN, sun), (MOON, moon))]
    horizon = astronomy.Horizon(time, at, sun.ra, sun.dec, astronomy.Refraction.Normal)
    return (sum(radii) - apart) / (2 * radii[0]), horizon.altitude


@pytest.mark.parametrize("event", ECLIPSES, ids=[event["id"] for event in ECLIPSES])
def test_the_figures_agree_with_another_ephemeris(event: dict[str, Any]) -> None:
    year, month, day = map(int, str(event["date"]).split("-"))
    number = jdn(year, month, day)
    for figure in event["eclipse"]["places"]:
        at = observer(figure["place"])
        hours, minutes = map(int, figure["local_time"].split(":"))
        # Local mean time is that of the meridian; JDN changes at noon of Greenwich.
        days = number - 2451545 - 0.5 + (hours + minutes / 60) / 24 - at.longitude / 360
        time = astronomy.Time(days)
        assert seen(time, at)[1] == pytest.approx(figure["altitude"], abs=1.6)
        # The ephemerides differ by minutes. At the horizon the deepest moment in sight is that of sunset.
        near = [seen(time.AddDays(minute / 1440), at) for minute in range(-15, 16, 3)]
        assert max(depth for depth, height in near if height > -1) == pytest.approx(figure["magnitude"], abs=0.05)
        around = [seen(time.AddDays(minute / 1440), at) for minute in range(-150, 151, 15)]
        assert max(depth for depth, height in around if height > -1) < figure["magnitude"] + 0.06


def test_the_page_shows_every_figure(opened: Open) -> None:
    page = opened("eclipses/")
    assert [section.get("id") for section in page.cssselect("section.eclipse")] == [event["id"] for event in ECLIPSES]
    for event in ECLIPSES:
        [section] = page.cssselect(f"#{event['id']}")
        discs = [words(disc) for disc in section.cssselect("ul.discs li")]
        for figure, shown in zip(event["eclipse"]["places"], discs, strict=True):
            assert shown.startswith(f"{figure['place']}{figure['magnitude']:.2f}{figure['local_time']}")
    assert len(page.cssselect("table.plain tbody tr")) == len(ECLIPSES)
