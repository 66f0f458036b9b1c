"""The river of the site: all characters, all displaced passages, all events told by several works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from edition.paths import CORPUS
from tests.publish.pages.conftest import Open, layer, words, works


def test_the_bars_hold_all_characters(opened: Open, site: Path) -> None:
    years = json.loads((site / "data/years.json").read_text(encoding="utf-8"))["years"]
    total = sum(work["characters"] for year in years for work in year["works"].values())
    page = opened("river/")
    shown = sum(int(re.findall(r"\d+", words(cell))[-1]) for cell in page.cssselect("#bars ~ div span.num-t"))
    assert shown == total
    drawn = [
        words(title)
        for title in page.cssselect("svg.wide rect.ink, svg.wide rect.loose")
        for title in title.getparent().cssselect("title")
    ]
    headings = sum(w["characters"] for y in years for w in y["works"].values() if w["absence"] == "heading")
    assert sum(int(re.findall(r" (\d+)", title)[-1]) for title in drawn) == total - headings


def test_an_arc_for_every_displaced_passage(opened: Open) -> None:
    expected = sum(
        len(yaml.safe_load((CORPUS / slug / "datings.yaml").read_text(encoding="utf-8"))) for slug in works()
    )
    page = opened("river/")
    for picture in ("svg.wide", "svg.narrow"):
        assert len(page.cssselect(f"{picture} path.arc")) == expected
    assert len(page.cssselect("section[aria-labelledby=arcs] tbody tr")) == expected


def test_a_thread_for_every_event_of_several_works(opened: Open) -> None:
    several = {
        event["id"]
        for event in layer("events")
        if event.get("kind") != "eclipse" and len({a["at"].split(".")[0] for a in event["accounts"]}) > 1
    }
    page = opened("river/")
    for picture in ("svg.wide", "svg.narrow"):
        drawn = [
            a.get("href").split("/")[-2]
            for a in page.cssselect(f"{picture} a")
            if a.find("path[@class='thread']") is not None and a.find("title") is not None
        ]
        assert set(drawn) == several
