"""The calendar against independent sources: sxtwl, eclipses, and the days of the texts."""

from __future__ import annotations

import pytest
import sxtwl

from edition.model.time import Slot
from edition.paths import CORPUS
from edition.read.corpus import read
from edition.rules import sexagenary

CALENDAR = read(CORPUS).calendar


@pytest.mark.parametrize("year", range(1001, 1301, 7))
def test_julian_dates_and_sexagenary_days_agree_with_sxtwl(year: int) -> None:
    for month in range(1, 13):
        jdn = sexagenary.jdn(year, month, 15)
        assert sexagenary.julian(jdn) == (year, month, 15)
        day = sxtwl.fromSolar(year, month, 15)
        stem_branch = day.getDayGZ()
        assert sexagenary.STEMS[stem_branch.tg] + sexagenary.BRANCHES[stem_branch.dz] == sexagenary.of_day(jdn)


def test_the_song_months_are_those_of_sxtwl() -> None:
    for month in CALENDAR.months["song"]:
        day = sxtwl.fromSolar(*sexagenary.julian(month.first))
        assert (day.getLunarYear(), day.getLunarMonth(), day.isLunarLeap(), day.getLunarDay()) == (
            month.year,
            month.number,
            month.intercalary,
            1,
        )


def test_a_julian_leap_day_in_a_century_year_exists() -> None:
    assert sexagenary.iso(sexagenary.jdn(1100, 2, 29)) == "1100-02-29"
    with pytest.raises(ValueError, match="no Julian date"):
        sexagenary.jdn(1101, 2, 29)


def test_the_intercalary_months_of_the_story() -> None:
    assert [CALENDAR.intercalary_month("liaojin", year) for year in (1105, 1118, 1119, 1121)] == [3, 9, 0, 5]
    assert CALENDAR.intercalary_month("song", 1105) == 2
    span = CALENDAR.span("liaojin", 1118, Slot(9, intercalary=True))
    assert span is not None
    assert sexagenary.of_day(span[0]) == "庚戌"  # 金史: 閏月庚戌朔


def test_the_years_of_the_story_have_their_names() -> None:
    names = {
        state.name.hant: [f"{era.name.hant}{number}" for era, number in eras]
        for state, eras in CALENDAR.year_names(1122)
    }
    assert names["遼"] == ["保大2"]
    assert names["北遼"] == ["建福1", "德興1"]
    assert names["宋"] == ["宣和4"]
    assert names["金"] == ["天輔6"]
    assert names["夏"] == ["元德4"]
    assert names["高麗"] == ["睿宗17"]


def test_seasons_and_months_divide_every_year_without_gap_or_overlap() -> None:
    for name, months in CALENDAR.months.items():
        for year in {month.year for month in months}:
            own = CALENDAR.months_of(name, year)
            if {month.number for month in own} != set(range(1, 13)):
                continue  # the first and last years of a table may be incomplete
            whole = CALENDAR.span(name, year, Slot())
            seasons = [CALENDAR.span(name, year, Slot(season=season)) for season in (1, 2, 3, 4)]
            by_month = [CALENDAR.span(name, year, month.slot) for month in own]
            for parts in (seasons, by_month):
                assert whole is not None
                assert [part[0] for part in parts if part] == [whole[0], *(part[1] + 1 for part in parts[:-1] if part)]
                assert parts[-1] is not None
                assert parts[-1][1] == whole[1]
            first = next(month for month in own if month.number == 4)
            assert seasons[1] is not None
            assert seasons[1][0] == first.first


def test_beyond_the_tables_there_is_no_span() -> None:
    assert CALENDAR.span("liaojin", 1, Slot()) is None
    assert CALENDAR.months_of("liaojin", 1) == ()
    assert CALENDAR.month("liaojin", 1118, 9, intercalary=True) is not None
    assert CALENDAR.month("liaojin", 1118, 8, intercalary=True) is None
    assert CALENDAR.intercalary_month("liaojin", 1118) == 9
    assert CALENDAR.intercalary_month("liaojin", 1119) == 0


def test_an_era_is_that_of_the_state_or_the_nearest() -> None:
    """天復 of 遼 would be one, 天輔 is 金's; 元年 of a state's own era goes before a nearer one of another."""
    for era in CALENDAR.eras:
        found = CALENDAR.era(era.name.hant, era.state, era.first)
        assert found is not None
        assert (found.state, found.name) == (era.state, era.name)
    assert CALENDAR.era("無此") is None
