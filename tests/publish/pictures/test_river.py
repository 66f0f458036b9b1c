"""The river: one scale for everything on it, for any number of works and years."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.publish.pictures.river import (
    Arc,
    Bar,
    Label,
    Lane,
    Mark,
    River,
    Scale,
    Thread,
    YearMark,
    across,
    down,
    spread,
)


def year(number: int, size: int = 100) -> YearMark:
    first = 365 * number
    return YearMark(number, "甲子", first, first + 364, f"year/{number}/", size)


def river(works: int, years: int) -> River:
    first, last = 365 * 1101, 365 * (1101 + years) - 1
    lane = Lane(
        "書",
        "卷一",
        "work/",
        (Bar(first, first + 29, 40, "p/1/", "一月"), Bar(first, first + 364, 12, "p/2/", "一年")),
        (Label(first, first + 364, "天輔元年", "元年", differs=True, empty=False),),
        (Arc(last - 3, first, first + 29, "flashback", "p/3/", "追敘"),),
    )
    return River(
        tuple(year(1101 + n) for n in range(years)),
        (lane,) * works,
        (("遼", (("天慶", first, last, "era/tianqing/"),)),),
        (Thread("事", "event/a/", tuple((n, first + 5.0) for n in range(works))),),
        (Mark(first + 2, "日食", "event/e/", (0,)),),
        tuple(Mark(first + n, f"事{n}", f"event/{n}/", (0,)) for n in range(20)),
    )


@settings(deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_time_never_runs_backwards(sizes: list[int]) -> None:
    years = [year(1101 + n, size) for n, size in enumerate(sizes)]
    scale = Scale(years, 90, 1200)
    places = [scale(jdn) for jdn in range(years[0].first - 30, years[-1].last + 30, 7)]
    assert all(a <= b for a, b in pairwise(places))
    assert places[0] == pytest.approx(90)
    assert scale.end == pytest.approx(1290)


def test_years_with_more_text_are_wider_and_empty_runs_are_left_out() -> None:
    scale = Scale([year(1, 10), year(2, 1000), year(3, 0), year(4, 0), year(5, 0), year(6, 0), year(7, 10)], 0)
    widths = [b - a for (_, a), (_, b) in pairwise(scale.edges)]
    assert widths[1] > 2 * widths[0]
    assert scale.elided == {4, 5}
    assert widths[3] < widths[2]


@settings(deadline=None, derandomize=True)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50))
def test_names_are_spread_in_order_and_stay_inside(places: list[float]) -> None:
    spots = spread(sorted(places), 15, 0, 1000)
    assert all(b - a >= 15 - 1e-6 for a, b in pairwise(spots))
    assert spots[0] >= -1e-6
    assert spots[-1] <= 1000 + 1e-6


@pytest.mark.parametrize(("works", "years"), [(1, 1), (3, 23), (8, 500)])
def test_any_corpus_gives_a_whole_picture(works: int, years: int) -> None:
    given_ = river(works, years)
    wide, narrow = etree.fromstring(across(given_)), etree.fromstring(down(given_))
    for root in (wide, narrow):
        _, _, width, height = map(float, root.get("viewBox").split())
        for rect in root.iter("rect"):
            x, y = float(rect.get("x")), float(rect.get("y"))
            assert -1 <= x <= width
            assert -1 <= y <= height
            assert x + float(rect.get("width")) <= width + 1
        assert all(a.get("tabindex") == "-1" for a in root.iter("a"))
        assert len(root.findall("a/rect[@class='ink']")) == works
        assert len(root.findall("a/path[@class='arc flashback']")) == works
        assert len({a.get("href") for a in root.iter("a") if a.get("href").startswith("year/")}) == years


def test_a_bar_of_a_year_is_as_large_as_its_share_of_a_month() -> None:
    month, whole = Bar(1, 30, 300, "", ""), Bar(1, 365, 3650, "", "")
    assert month.dated
    assert not whole.dated
    assert whole.weight == pytest.approx(295.3, abs=0.1)
    assert month.weight == 300
