"""Maps of the site: every place with coordinates, and the places of a year in the order of each text."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import html

from tests.publish.pages.conftest import Open, layer, words


def located() -> set[str]:
    return {entry["id"] for entry in layer("places") if "where" in entry}


def test_every_named_place_is_on_the_map_or_listed_as_not_located(opened: Open, site: Path) -> None:
    names = json.loads((site / "data/names.json").read_text(encoding="utf-8"))["names"]
    places = {name["id"] for name in names if name["kind"] == "place" and name["occurrences"]}
    page = opened("map/")
    drawn = {a.get("href").split("/")[-2] for a in page.cssselect("main > figure svg a")}
    unlocated = {a.get("href").split("/")[-2] for a in page.cssselect("main > p.quiet a")}
    assert drawn == places & located()
    assert unlocated == places - located()


def test_the_numbers_of_a_year_follow_each_text(opened: Open, site: Path) -> None:
    passages = json.loads((site / "data/passages.json").read_text(encoding="utf-8"))["passages"]
    order = {passage["url"].strip("/"): index for index, passage in enumerate(passages)}
    for section in opened("map/").cssselect("section.year-map"):
        year = int(section.get("id")[1:])
        labels = [words(text) for text in section.cssselect("svg g > text")]
        for row in section.cssselect("dl.orders > div"):
            links = row.cssselect("dd a")
            stands = [order[link.get("href").replace("../", "").strip("/")] for link in links]
            if not row.cssselect("dt[data-t]"):  # what is told of other years has its own row
                assert stands == sorted(stands)
                sign = words(row.cssselect("dt")[0])[0]
                listed = [words(link) for link in links if link.get("class") != "unlocated"]
                for number, name in enumerate(listed, start=1):
                    beyond = words(section.cssselect("figure")[0])
                    assert any(name in label and f"{sign}" in label for label in labels) or name in beyond, (
                        year,
                        number,
                    )


def test_maps_are_small(opened: Open) -> None:
    sizes = [len(html.tostring(svg)) for svg in opened("map/").cssselect("figure svg")]
    assert max(sizes) < 25_000
