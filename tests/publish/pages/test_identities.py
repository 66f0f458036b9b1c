"""Who and where names are, what other books say of events, and the bibliography: on their pages and in the data."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from build import make
from edition.edition import Edition
from edition.paths import CORPUS


@pytest.fixture(scope="module", name="edition")
def _edition() -> Edition:
    return make(CORPUS)


def main(site: Path, page: str) -> str:
    html = (site / page / "index.html").read_text(encoding="utf-8")
    return html[html.index("<main") : html.index("</main>")]


def data(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))[name]
    return found


def test_the_bibliography_has_every_book_and_leads_to_who_cites_it(edition: Edition, site: Path) -> None:
    for tree in ("", "hans/"):
        html = main(site, f"{tree}sources")
        assert re.findall(r'<li id="([a-z0-9-]+)">', html) == [
            source.key
            for kind in ("primary", "study", "reference")
            for source in edition.bibliography.sources
            if source.kind == kind
        ]
    first = edition.cited_by["jinshi"][0]
    assert f'href="../{edition.passages[first].url}"' in html
    assert "../sources/" in (site / "hans" / "about" / "index.html").read_text(encoding="utf-8")


def test_every_citation_counts_for_its_book(edition: Edition, site: Path) -> None:
    sources = {source["key"]: source for source in data(site, "sources")}
    written = "三朝北盟會編卷二十一引亡遼錄"
    quoting = {p for p, notes in edition.notes.items() if any(written in note.sources for note in notes)}
    assert quoting
    assert quoting <= set(sources["wangliao-lu"]["cited_by"]["passages"])
    assert quoting <= set(sources["sanchao-beimeng-huibian"]["cited_by"]["passages"])
    for event in data(site, "events"):
        for other in event["others"]:
            assert event["id"] in sources[other["book"]]["cited_by"]["events"]


def test_a_name_page_links_to_every_register(edition: Edition, site: Path) -> None:
    names = {name["id"]: name for name in data(site, "names")}
    assert sum(bool(name.ids) for name in edition.layers.names) >= 60
    for name in edition.layers.names:
        assert names[name.id]["ids"] == {id_.authority: id_.value for id_ in name.ids}
        html = main(site, f"name/{name.id}")
        links = re.findall(r'<a href="(https://[^"]+)" rel="external">', html)
        for id_ in name.ids:
            assert any(unescape(link).endswith(id_.value) for link in links), name.id


def test_a_place_says_where_and_how_sure(edition: Edition, site: Path) -> None:
    names = {name["id"]: name for name in data(site, "names")}
    placed = [name for name in edition.layers.names if name.where]
    assert len(placed) >= 60
    for name in placed:
        assert name.where
        assert names[name.id]["where"]["lat"] == name.where.lat
        assert f"{name.where.lat}°" in main(site, f"name/{name.id}")


def test_a_father_with_an_entry_is_linked(site: Path) -> None:
    assert re.search(r'<dt>父</dt><dd><a href="../../name/wanyan-aguda/">', main(site, "name/wanyan-zongwang"))


def test_names_and_references_by_title_are_counted_apart(site: Path) -> None:
    html = main(site, "name/wanyan-aguda")
    name = next(name for name in data(site, "names") if name["id"] == "wanyan-aguda")
    by_title = sum(place["by_title"] for place in name["occurrences"])
    assert 0 < by_title < len(name["occurrences"])
    assert f'<span class="num-t">{len(name["occurrences"]) - by_title}</span>' in html
    assert f'以稱號<span class="num-t">{by_title}</span>' in html
    assert 'class="nm person by-title"' in (site / "year" / "1120" / "index.html").read_text(encoding="utf-8")


def test_an_occurrence_is_found_in_the_text_as_received(edition: Edition, site: Path) -> None:
    emended = 0
    for name in data(site, "names"):
        for place in name["occurrences"]:
            passage = edition.passages[place["passage"]]
            received = passage.text[place["start"] : place["end"]]
            entries = edition.texts[passage.id].entries
            touched = any(e.anchor.start < place["end"] and place["start"] < e.anchor.end for e in entries if e.applied)
            emended += touched
            assert touched or received == place["form"]
    assert emended


def test_an_event_shows_what_other_books_say(site: Path) -> None:
    html = main(site, "event/tianzuo-li")
    assert '<th scope="row"><a href="../../sources/#liaoshi">遼史卷二十七</a></th><td>「壽隆七年正月甲戌' in html
    event = next(event for event in data(site, "events") if event["id"] == "tianzuo-li")
    assert (event["others"][0]["julian"], event["others"][0]["jdn"]) == ("1101-02-12", 2123241)


def test_an_eclipse_is_a_table_and_data(site: Path) -> None:
    assert '<th scope="row">開封</th>' in main(site, "event/eclipse-1101")
    eclipses = [event for event in data(site, "events") if event["eclipse"]]
    assert len(eclipses) == 9
    assert all(len(event["eclipse"]["places"]) >= 4 for event in eclipses)


def test_a_retired_name_says_where_it_went(site: Path) -> None:
    assert '<a href="../../name/baishuiluo/">' in main(site, "name/quanpo")
    assert "併入" in main(site, "name/quanpo")
