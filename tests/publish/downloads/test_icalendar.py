"""The dated days as iCalendar, read by another program."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest


@pytest.fixture(scope="module")
def events(site: Path) -> list[dict[str, str]]:
    """The events; a date is in ISO format."""
    calendar = icalendar.Calendar.from_ical((site / "data/days.ics").read_bytes())
    assert not calendar.errors
    assert str(calendar["X-WR-CALNAME"]) == "遼金三史對讀"
    return [
        {name: str(event[name]) for name in ("UID", "SUMMARY", "DESCRIPTION")} | {"START": str(event.start)}
        for event in calendar.events
    ]


def test_every_dated_day_is_an_event_on_its_gregorian_date(site: Path, events: list[dict[str, str]]) -> None:
    passages = json.loads((site / "data/passages.json").read_text(encoding="utf-8"))["passages"]
    expected = {day["jdn"] for passage in passages for day in passage["days"]}
    # 15 October 1582, the first day of the Gregorian calendar, is JDN 2299161.
    starts = [str(date(1582, 10, 15) + timedelta(days=jdn - 2299161)) for jdn in sorted(expected)]
    assert [event["START"] for event in events] == starts
    assert len({event["UID"] for event in events}) == len(starts)


def test_an_event_has_the_words_the_julian_date_and_what_happened(events: list[dict[str, str]]) -> None:
    [event] = [event for event in events if event["START"] == "1122-03-02"]
    assert event["SUMMARY"] == "乙亥　取中京"
    julian, words = event["DESCRIPTION"].split("\n")
    assert julian == "儒略曆1122-02-23，JDN 2130922"
    assert words == "金史：乙亥，取中京，遂下澤州。（jinshi.2.tianfu6.1.1.2）"


def test_lines_are_no_longer_than_75_bytes(site: Path) -> None:
    lines = (site / "data/days.ics").read_bytes().split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) == 75
