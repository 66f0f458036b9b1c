"""Pages of names, against the concordance as PyYAML reads it and the occurrences of the data files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.publish.pages.conftest import Open, in_hant, layer, words, works

FILES = ("persons", "places", "offices", "books")


def test_every_name_has_a_page_with_its_forms_and_occurrences(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "names.json").read_text(encoding="utf-8"))["names"]
    told = {name["id"]: name for name in data}
    titles = {slug: in_hant(work["title"]) for slug, work in works().items()}
    for name in (entry for file in FILES for entry in layer(file)):
        page = opened(f"name/{name['id']}/")
        assert words(page.cssselect("h1")[0]) == in_hant(name["name"])
        places = told[name["id"]]["occurrences"]
        links = [link.get("href").rpartition("../")[2] for link in page.cssselect("ol.kwic a[href*='#s']")]
        assert sorted(links) == sorted(f"{o['passage'].replace('.', '/')}/#s{o['sentence']}" for o in places)
        marked = [words(mark) for mark in page.cssselect("ol.kwic b")]
        assert len(marked) == len(places)
        rows = {words(row[0]): words(row[1]) for row in page.cssselect("dl.head-notes > div")}
        for slug in told[name["id"]]["forms"]:
            assert rows[titles[slug]], (name["id"], slug)


def test_the_index_lists_every_name_once_with_its_count(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "names.json").read_text(encoding="utf-8"))["names"]
    listed = {}
    for row in opened("names/").cssselect("dl.concordance > div"):
        [link] = row.cssselect("dt a")
        counts = [int(words(count)) for count in row.cssselect("small.quiet .num-t")]
        listed[link.get("href").split("/")[-2]] = words(link), counts
    told = {}
    for name in data:
        by_title = sum(place["by_title"] for place in name["occurrences"])
        counts = [len(name["occurrences"]) - by_title, *([by_title] if by_title else [])]
        told[name["id"]] = name["name"]["hant"], counts
    assert listed == told


def test_homonyms_and_reasons_are_shown(opened: Open) -> None:
    names = {entry["id"]: entry for file in FILES for entry in layer(file)}
    for name in names.values():
        page = opened(f"name/{name['id']}/")
        linked = {link.get("href").split("/")[-2] for link in page.cssselect("dl.head-notes a[href*='name/']")}
        others = name.get("not", [])
        assert set([others] if isinstance(others, str) else others) <= linked
        if name.get("identified"):
            assert name["identified"][:6].strip("`[") in words(page.cssselect("main")[0])
