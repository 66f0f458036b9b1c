"""The table of years on the home page, against the concordance of years and the data files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html

from tests.publish.pages.conftest import Open, in_hant, layer, words, works, years_table

STATES = ("liao", "song", "jin", "xia", "goryeo")


def rows(page: html.HtmlElement) -> list[html.HtmlElement]:
    """The rows of the table of years."""
    return list(page.cssselect("table.years tbody tr"))


def bands(page: html.HtmlElement) -> list[list[str]]:
    """For each year the words of the band of each state, as the spans of the cells lay them out."""
    below: dict[int, tuple[int, str]] = {}
    found = []
    for row in rows(page):
        cells = iter(row.cssselect("td.band"))
        line = []
        for column in range(len(STATES)):
            if column not in below:
                cell = next(cells)
                below[column] = int(cell.get("rowspan")), words(cell)
            left, name = below[column]
            line.append(name)
            if left > 1:
                below[column] = left - 1, name
            else:
                del below[column]
        assert next(cells, None) is None
        found.append(line)
    assert not below, "a band reaches beyond the table"
    return found


def test_every_year_has_the_reigns_of_the_concordance(opened: Open) -> None:
    page = opened("")
    years = [words(row.cssselect("th .num-t")[0]) for row in rows(page)]
    table = {row["year"]: row for row in years_table()}
    assert years == [str(year) for year in range(1101, 1124)]
    for year, line in zip(years, bands(page), strict=True):
        for state, name in zip(STATES, line, strict=True):
            written = [re.sub(r"(元|[一二三四五六七八九十]+)年$", "", part) for part in table[year][state].split(" / ")]
            main = re.match(r"[^\d（）]*", name)
            assert main
            assert any(era and main[0].startswith(era) for era in written) or (main[0] == "" and written == [""]), (
                year,
                state,
                name,
                written,
            )


def test_an_era_proclaimed_late_in_a_year_stands_small(opened: Open) -> None:
    """乾統 was proclaimed in the second month of 1101, 重和 in the eleventh of 1118, 宣和 in the second of 1119."""
    cells = {}
    for row, line in zip(rows(opened("")), bands(opened("")), strict=True):
        cells.update(
            {(words(row.cssselect("th .num-t")[0]), state): name for state, name in zip(STATES, line, strict=True)}
        )
    assert cells["1101", "liao"] == "乾統"
    assert cells["1117", "song"] == cells["1118", "song"] == "政和重和"
    assert cells["1119", "song"] == "宣和"
    assert cells["1114", "jin"] == ""


def test_a_band_links_to_its_era(opened: Open) -> None:
    eras = {words(link): link.get("href") for link in opened("").cssselect("td.band a")}
    assert eras["乾統"] == "./era/qiantong/"
    assert eras["政和"] == "./era/zhenghe/"
    for name, href in eras.items():
        assert words(opened(href).cssselect("h1")[0]).startswith(name)


def test_bars_say_how_much_each_work_tells(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    sizes: dict[tuple[str, int], int] = {}
    for passage in data:
        han = len(re.findall(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", passage["hant"]))
        key = passage["work"], passage["year"]
        sizes[key] = sizes.get(key, 0) + han
    for row in rows(opened("")):
        year = int(words(row.cssselect("th .num-t")[0]))
        for slug, cell in zip(works(), row.cssselect("td")[:3], strict=True):
            for bar in cell.cssselect("svg[role=img]"):
                said = re.search(r"，(\d+)字$", bar.get("aria-label"))
                assert said
                assert int(said[1]) == sizes[slug, year]
                width = float(bar.cssselect("rect")[0].get("width").removesuffix("%"))
                assert abs(width - max(100 * sizes[slug, year] / max(sizes.values()), 1.5)) < 0.1


def test_eclipses_and_events_stand_in_their_years(opened: Open) -> None:
    events = {event["id"]: event for event in layer("events")}
    seen = set()
    for row in rows(opened("")):
        year = int(words(row.cssselect("th .num-t")[0]))
        for link in row.cssselect("td.ev a"):
            event = events[link.get("href").split("/")[-2]]
            assert event["year"] == year
            seen.add(event["id"])
            assert words(link) in {in_hant(event["title"]), "日食"}
    assert {id_ for id_, event in events.items() if event.get("kind") == "eclipse"} <= seen
