"""Bars of mentions: a mark for each year and work at its place, for any number of years and works."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from edition.publish.pictures.mentions import WIDTH, Mentions, axis, bar


@pytest.mark.parametrize("works", [1, 3, 8])
@pytest.mark.parametrize("years", [(1122, 1122), (1101, 1123), (100, 599)])
def test_a_mark_for_each_year_and_work(works: int, years: tuple[int, int]) -> None:
    first, last = years
    given = [Mentions(f"書{n}", {first: n + 1, last: 2}) for n in range(works)]
    root = etree.fromstring(bar(years, given, "year/{year}/"))
    links = root.findall("a")
    assert [link.get("href") for link in links] == [f"year/{year}/" for _ in given for year in sorted({first, last})]
    for link in links:
        x = float(link.find("path").get("d")[1:].split()[0])
        assert 0 <= x <= WIDTH
        assert (x < WIDTH / 2) == (str(first) in link.get("href")) or first == last
    tops = {round(float(line.get("d").split()[1].partition("H")[0])) for line in root.findall("path")}
    assert len(tops) == works
    assert float(root.get("viewBox").split()[3]) > max(tops)


def test_the_height_of_a_mark_grows_to_three_mentions() -> None:
    root = etree.fromstring(bar((1, 4), [Mentions("書", {1: 1, 2: 2, 3: 3, 4: 40})], "{year}"))
    heights = [-float(mark.get("d").rpartition("v")[2]) for mark in root.findall("a/path")]
    assert heights == [2, 4, 6, 6]


@pytest.mark.parametrize("years", [(1101, 1123), (1, 1000), (1120, 1122), (1101, 1112)])
def test_the_years_of_the_scale_do_not_overlap(years: tuple[int, int]) -> None:
    texts = etree.fromstring(axis(years)).findall("text")
    assert [texts[0].text, texts[-1].text] == [str(years[0]), str(years[1])]
    spots = [float(text.get("x")) for text in texts]
    assert spots == sorted(spots)
    assert all(b - a > 30 for a, b in pairwise(spots))
