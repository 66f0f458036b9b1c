"""Dated days: which sentences tell of a day, and the days of editorial datings."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import make
from edition.edition import Edition
from edition.paths import CORPUS
from edition.rules import sexagenary


@pytest.fixture(scope="module")
def edition() -> Edition:
    return make(Path(CORPUS))


def test_every_day_of_the_texts_is_there_once(edition: Edition) -> None:
    expected = {(id_, day.start, day.jdn) for id_, days in edition.days.items() for day in days if day.jdn}
    found = [(told.passage.id, told.day.start, dated.jdn) for dated in edition.dated for told in dated.told]
    assert len(found) == len(expected)
    assert set(found) == expected
    assert [dated.jdn for dated in edition.dated] == sorted({dated.jdn for dated in edition.dated})


@pytest.mark.parametrize(
    ("iso", "passage", "first", "last"),
    [
        ("1122-02-21", "jinshi.2.tianfu6.1.1", "1", "1"),  # a heading with a day; the next sentence has another
        ("1122-02-23", "jinshi.2.tianfu6.1.1", "2", "2"),
        ("1120-06-12", "jinshi.2.tianfu4.5.1", "9", "15"),  # holds until 壬戌
        ("1120-05-24", "jinshi.2.tianfu4.3.1", "3", "3"),  # 四月二十五日, a mention in a quotation
        ("1116-07-03", "qidanguozhi.10.tianqing6.5.1", "10", "10"),  # 已約五月二十一日進兵
        ("1123-01-05", "dajinguozhi.2.tianfu5.12.2", "1", "9"),  # 是月初六 opens, though 是月 stands before it
    ],
)
def test_a_day_holds_until_the_next_one_that_opens_a_sentence(
    edition: Edition, iso: str, passage: str, first: str, last: str
) -> None:
    found = {
        (sexagenary.iso(dated.jdn), told.passage.id): (told.first, told.last)
        for dated in edition.dated
        for told in dated.told
    }
    assert found[iso, passage] == (first, last)


def test_an_editorial_dating_with_a_day_comes_to_that_day_of_its_month(edition: Edition) -> None:
    placed = [(dated.jdn, item) for dated in edition.dated for item in dated.displaced]
    assert len(placed) == sum(bool(item.day) for item in edition.layers.displaced)
    for jdn, item in placed:
        assert sexagenary.of_day(jdn) == item.day
        [first, last] = [
            edition.corpus.calendar.span(name, item.years[0], item.slots[0])  # the months of all calendars agree here
            for name in edition.corpus.calendar.months
        ]
        assert first
        assert last
        assert min(first[0], last[0]) <= jdn <= max(first[1], last[1])
