"""The strip of a year: everything at its place on one scale, for any number of works."""

from __future__ import annotations

import pytest
from lxml import etree

from edition.publish.pictures.strip import Lane, Mark, YearStrip, strip
from edition.rules.sexagenary import jdn, julian

FIRST, LAST = jdn(1122, 2, 9), jdn(1123, 1, 28)
MONTHS = tuple(Mark(FIRST + 30 * n, f"{n}月", f"#m{n}") for n in range(1, 12))


def at(text: str | None) -> float:
    assert text
    assert text.endswith("%")
    return float(text[:-1]) / 100 * (LAST + 1 - FIRST) + FIRST


@pytest.mark.parametrize("works", [1, 3, 8])
def test_a_lane_a_work_and_a_point_a_day(works: int) -> None:
    lanes = [
        Lane(f"書{n}", ((FIRST, FIRST + 29), (FIRST + 30, FIRST + 58)), (FIRST + 10 * n,), (FIRST + 40,), silent=n == 2)
        for n in range(works)
    ]
    root = etree.fromstring(strip(YearStrip((FIRST, LAST), MONTHS, tuple(lanes), "一年", "月", now=FIRST + 5)))
    groups = root.findall("g")
    assert len(groups) == works
    for n, group in enumerate(groups):
        assert [line.get("class") for line in group.findall("line")] == ["none" if n == 2 else "lane", "told"]
        day, eclipse = group.findall("circle")
        assert at(day.get("cx")) == pytest.approx(FIRST + 10 * n + 0.5, abs=0.2)
        assert at(eclipse.get("cx")) == pytest.approx(FIRST + 40.5, abs=0.2)
    told = groups[0].findall("line")[1]
    assert at(told.get("x2")) - at(told.get("x1")) == pytest.approx(59, abs=0.4)
    assert float(root.get("height")) > 18 * works
    assert at(root.findall("line")[0].get("x1")) == pytest.approx(FIRST + 5.5, abs=0.2)


def test_both_rows_of_months_are_named() -> None:
    root = etree.fromstring(
        strip(YearStrip((FIRST, LAST), MONTHS, (Lane("書", (), (), (), silent=False),), "一年", "月"))
    )
    assert [a.get("href") for a in root.iter("a")] == [mark.url for mark in MONTHS]
    ticks = [svg for svg in root.findall("svg") if svg.get("y")]
    dates = [julian(round(at(svg.get("x")))) for svg in ticks]
    assert [date[2] for date in dates] == [1] * 11
    assert [date[1] for date in dates] == [*range(3, 13), 1]
    assert [svg.findtext("text") for svg in ticks[:2]] == ["3月", "4月"]
    assert ticks[-1].findtext("text") == "1123"
