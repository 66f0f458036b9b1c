"""Days are dated by the calendar of the work's state, or, where it has none, of the era's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.align.synopsis import align
from edition.date.days import date
from edition.divide.passages import divide
from edition.model.findings import Place
from edition.model.scripts import Pair
from edition.model.texts import Juan, Passage, Work
from edition.paths import CORPUS
from edition.read.calendar_files import read_calendar
from edition.rules import sexagenary
from edition.rules.grammar import Grammar

CALENDAR = read_calendar(CORPUS / "calendar")
GRAMMAR = Grammar.of(CALENDAR)
PLACE = Place("text.txt", 1)


def work(text: str, state: str) -> Work:
    juan = Juan(1, Pair("", ""), text, PLACE, "", PLACE, 0, "")
    return Work("w", Pair("書", "书"), "hant", state, (), (juan,), PLACE)


def passages(text: str, state: str = "") -> tuple[Passage, ...]:
    found, findings = divide(work(text, state), CALENDAR, GRAMMAR, {})
    assert findings == ()
    return found


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", "1121-10-15"),  # 宣和 is an era of Song, whose ninth month began a day before that of Liao and Jin
        ("song", "1121-10-15"),
        ("liao", "1121-10-16"),
    ],
)
def test_a_numbered_day_counts_from_the_new_moon_of_its_calendar(state: str, expected: str) -> None:
    text = "宣和三年九月初三日，班師。"
    (passage,) = passages(text, state)
    (day,) = date(passage, work(text, state), CALENDAR, GRAMMAR)
    assert (sexagenary.iso(day.jdn), day.month, day.day) == (expected, 9, 3)


def test_an_intercalary_month_without_number_is_that_of_the_era() -> None:
    text = "崇寧四年正月，雪。閏月，雨。"
    assert [passage.id for passage in passages(text)] == ["w.1.chongning4.1.1", "w.1.chongning4.r2.1"]
    assert [passage.id for passage in passages("乾統五年正月，雪。閏月，雨。")][1] == "w.1.qiantong5.r3.1"


def test_each_passage_of_a_work_without_state_has_the_calendar_of_its_own_era() -> None:
    text = "宣和三年九月初三日，班師。\n保大二年正月朔，雪。"
    days = [date(passage, work(text, ""), CALENDAR, GRAMMAR)[0].jdn for passage in passages(text)]
    months = (CALENDAR.month("song", 1121, 9), CALENDAR.month("liaojin", 1122, 1))
    assert [month and month.first for month in months] == [days[0] - 2, days[1]]


def test_the_rows_of_the_synopsis_span_the_months_of_the_era() -> None:
    text = "宣和三年九月，班師。"
    (year,) = align([work(text, "")], passages(text), (), CALENDAR)
    month = CALENDAR.month("song", 1121, 9)
    assert month
    assert [row.span for row in year.rows] == [(month.first, month.last)]
    assert year.span == CALENDAR.span("song", 1121, replace(month.slot, month=0))
