"""The places as KML: every place with coordinates, longitude first."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tests.publish.pages.conftest import in_hant, layer

KML = "{http://www.opengis.net/kml/2.2}"


def test_every_place_with_coordinates_is_a_placemark(site: Path) -> None:
    marks = etree.parse(site / "data/places.kml").getroot().findall(f"{KML}Document/{KML}Placemark")
    expected = {
        entry["id"]: (in_hant(entry["name"]), float(entry["where"]["lon"]), float(entry["where"]["lat"]))
        for entry in layer("places")
        if "where" in entry
    }
    found = {}
    for mark in marks:
        lon, lat = map(float, mark.findtext(f"{KML}Point/{KML}coordinates").split(","))
        found[mark.get("id")] = (mark.findtext(f"{KML}name"), lon, lat)
    assert found == expected
