"""Discs of eclipses: as much of the sun's diameter is covered as the magnitude says."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import etree

from edition.model.kinds import EclipseType
from edition.publish.pictures.eclipses import MOON, Seen, disc, sky


@pytest.mark.parametrize("type_", ["annular", "partial", "total"])
@pytest.mark.parametrize("magnitude", [0.03, 0.25, 0.5, 0.75, 0.94])
def test_the_moon_covers_the_share_of_the_diameter(type_: EclipseType, magnitude: float) -> None:
    root = etree.fromstring(disc(type_, magnitude, 40, "d"))
    [sun] = root.findall("circle[@class='sun']")
    [moon] = root.findall("circle[@class='moon']")
    radius, apart = float(sun.get("r", "")), float(moon.get("cx", "")) - float(sun.get("cx", ""))
    assert float(moon.get("r", "")) == pytest.approx(radius * MOON[type_], abs=0.06)
    covered = (radius + float(moon.get("r", "")) - apart) / (2 * radius)
    assert covered == pytest.approx(magnitude, abs=0.005)
    assert moon.get("clip-path") == "url(#d)"


def test_a_total_eclipse_has_a_corona_and_no_sun() -> None:
    root = etree.fromstring(disc("total", 1.03, 61, "d"))
    assert [circle.get("class") for circle in root.findall("circle")] == ["moon", "corona"]


def test_a_sun_on_the_horizon_stands_on_a_line() -> None:
    assert 'class="horizon"' in disc("annular", 0.3, 0, "d")
    assert 'class="horizon"' not in disc("annular", 0.3, 1, "d")


def test_every_eclipse_is_a_link_at_its_hour() -> None:
    seen = [Seen(str(year), 0.1 * n, 8 + n, url=f"#e{year}") for n, year in enumerate(range(1101, 1109), start=1)]
    root = etree.fromstring(sky(seen, "日食 & 時刻", "時"))
    links = root.findall("a")
    assert [link.get("href") for link in links] == [one.url for one in seen]
    across = [float(link.find("circle").get("cx")) for link in links]
    steps = [b - a for a, b in pairwise(across)]
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.11)
    assert root.get("aria-label") == "日食 & 時刻"
    assert re.fullmatch(r"0 0 \d+ \d+", root.get("viewBox"))
