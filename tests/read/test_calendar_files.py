"""The tables of `corpus/calendar/`, compared with each other and with an independently computed calendar.

Pure data: nothing here is read with the code of the edition.
"""

import csv
import importlib
import itertools
import re
import warnings
from collections import Counter
from datetime import date
from typing import Any, NamedTuple

import pytest
import yaml

from edition.paths import CORPUS

TABLES = CORPUS / "calendar"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CALENDARS = ("song", "liaojin")
DIGITS = ("", *"一二三四五六七八九")


class Month(NamedTuple):
    """A row of a table of months."""

    year: int
    month: str
    new_moon: str
    jdn: int
    julian: str
    days: int


def ganzhi(number: int) -> str:
    """Return the 干支 with an index, where 甲子 is 0."""
    return STEMS[number % 10] + BRANCHES[number % 12]


def julian(jdn: int) -> str:
    """Format a JDN as a Julian date, YYYY-MM-DD."""
    four_years, rest = divmod(4 * (jdn + 32082) + 3, 1461)
    month, day = divmod(5 * (rest // 4) + 2, 153)
    return f"{four_years - 4800 + month // 10:04}-{month + 3 - 12 * (month // 10):02}-{day // 5 + 1:02}"


def year_name(number: int) -> str:
    """元年, 二年, 十年, 十七年; no era of the concordance has twenty years."""
    return "元年" if number == 1 else f"{'十' * (number // 10)}{DIGITS[number % 10]}年"


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a table without its comments."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def months(calendar: str) -> list[Month]:
    """Months of a calendar in order."""
    return [
        Month(int(r["year"]), r["month"], r["new_moon"], int(r["jdn"]), r["julian"], int(r["days"]))
        for r in rows(f"months-{calendar}.tsv")
    ]


def table() -> dict[str, Any]:
    """`eras.yaml` as plain YAML values."""
    found: dict[str, Any] = yaml.safe_load((TABLES / "eras.yaml").read_text(encoding="utf-8"))
    return found


ERAS: list[dict[str, Any]] = table()["eras"]
STATES: dict[str, dict[str, Any]] = {state["code"]: state for state in table()["states"]}


def in_force(state: str, year: int) -> list[dict[str, Any]]:
    """Eras of a state that name a year, in the order in which they came into force."""
    found = [era for era in ERAS if era["state"] == state and era["years"][0] <= year <= era["years"][1]]
    return sorted(found, key=lambda era: (era["years"][0], era.get("from", {}).get("month", 0)))


@pytest.mark.parametrize("calendar", CALENDARS)
def test_months_run_on_without_a_gap(calendar: str) -> None:
    for month, following in itertools.pairwise(months(calendar)):
        assert month.jdn + month.days == following.jdn, month
        assert month.days in {29, 30}, month


@pytest.mark.parametrize("calendar", CALENDARS)
def test_new_moons_agree_with_day_numbers(calendar: str) -> None:
    for month in months(calendar):
        assert (month.new_moon, month.julian) == (ganzhi(month.jdn + 49), julian(month.jdn)), month


@pytest.mark.parametrize("calendar", CALENDARS)
def test_every_year_has_its_months(calendar: str) -> None:
    by_year: dict[int, list[str]] = {}
    for month in months(calendar):
        by_year.setdefault(month.year, []).append(month.month)
    assert list(by_year) == list(range(1100, 1151))
    for year, found in by_year.items():
        leap = [name for name in found if name.startswith("r")]
        expected = [str(n) for n in range(1, 13)]
        for name in leap:
            expected.insert(int(name[1:]), name)
        assert found == expected, year
        assert len(leap) <= 1, year


def test_song_months_are_those_of_an_independent_calendar() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its bindings warn on newer Pythons
        sxtwl = importlib.import_module("sxtwl")
    for month in months("song"):
        day = sxtwl.fromSolar(*map(int, month.julian.split("-")))
        found = ("r" if day.isLunarLeap() else "") + str(day.getLunarMonth())
        assert (found, day.getLunarDay()) == (month.month, 1), month


def test_the_calendars_differ_only_where_the_table_says() -> None:
    song, liaojin = ({(m.year, m.month): m.new_moon for m in months(calendar)} for calendar in CALENDARS)
    both = {key: (song.get(key), liaojin.get(key)) for key in song | liaojin}
    differing = {key: moons for key, moons in both.items() if moons[0] != moons[1]}
    assert differing == {
        (1102, "10"): ("壬子", "癸丑"),
        (1103, "8"): ("丁未", "戊申"),
        (1105, "r2"): ("己巳", None),
        (1105, "3"): ("戊戌", "己巳"),
        (1105, "r3"): (None, "己亥"),
        (1113, "10"): ("戊申", "己酉"),
        (1121, "9"): ("壬戌", "癸亥"),
    }


def test_codes_are_unique_and_plain() -> None:
    codes = Counter(era["code"] for era in ERAS)
    assert all(re.fullmatch("[a-z]+", code) and n == 1 for code, n in codes.items()), codes
    assert len(STATES) == len(table()["states"])


@pytest.mark.parametrize("era", ERAS, ids=lambda era: str(era["code"]))
def test_an_era_is_well_formed(era: dict[str, Any]) -> None:
    assert era.keys() <= {"code", "state", "name", "also", "years", "from", "until", "note", "source"}
    assert era["state"] in STATES
    assert era["source"]
    first, last = era["years"]
    assert first <= last
    name = era["name"]
    if isinstance(name, dict):
        assert name.keys() == {"hant", "hans"}
        assert name["hant"] != name["hans"], "where both scripts agree a plain string will do"
        assert len(name["hant"]) == len(name["hans"])


@pytest.mark.parametrize(
    ("era", "end"),
    [(era, end) for era in ERAS for end in ("from", "until") if "jdn" in era.get(end, {})],
    ids=lambda value: value if isinstance(value, str) else str(value["code"]),
)
def test_a_change_of_era_falls_on_its_day(era: dict[str, Any], end: str) -> None:
    moment = era[end]
    day: date = moment["julian"]  # YAML reads a date; it stands for a Julian one
    assert (ganzhi(moment["jdn"] + 49), julian(moment["jdn"])) == (moment["day"], day.isoformat())
    year = era["years"][0 if end == "from" else 1]
    if year >= 1100:  # the months begin there
        calendar = months(STATES[era["state"]]["calendar"])
        month = next(m for m in calendar if (m.year, m.month) == (year, str(moment["month"])))
        assert month.jdn <= moment["jdn"] < month.jdn + month.days


@pytest.mark.parametrize(
    ("state", "first", "last"),
    [
        ("liao", 1100, 1125),
        ("song", 1100, 1150),
        ("jin", 1115, 1150),
        ("xia", 1100, 1150),
        ("goryeo", 1100, 1150),
    ],
)
def test_a_state_names_every_year(state: str, first: int, last: int) -> None:
    assert [year for year in range(1100, 1151) if in_force(state, year)] == list(range(first, last + 1))


@pytest.mark.parametrize("state", ["liao", "jin", "song", "xia", "goryeo"])
def test_a_year_with_two_names_is_a_year_of_change(state: str) -> None:
    for year in range(1100, 1151):
        for era in in_force(state, year)[1:]:
            assert era["years"][0] == year, (year, era["code"])
            assert era["from"]["month"], (year, era["code"])


def test_the_concordance_follows_from_eras_and_months() -> None:
    concordance = rows("years.tsv")
    assert [int(row["year"]) for row in concordance] == list(range(1100, 1127))
    for row in concordance:
        year = int(row["year"])
        assert row["ganzhi"] == ganzhi(year - 4)
        for calendar in CALENDARS:
            of_year = [month for month in months(calendar) if month.year == year]
            first, last = of_year[0], of_year[-1]
            assert (row["first_jdn"], row["first"]) == (str(first.jdn), first.julian)
            assert row["last"] == julian(last.jdn + last.days - 1)
        for column in ("liao", "song", "jin", "xia", "goryeo"):
            names = []
            for code, state in STATES.items():
                if state.get("of", code) == column:
                    prefix = "" if code == column else spelled(state["name"])
                    names += [
                        f"{prefix}{spelled(era['name'])}{year_name(year - era['years'][0] + 1)}"
                        for era in in_force(code, year)
                    ]
            assert row[column] == " / ".join(names), (year, column)


def spelled(name: str | dict[str, str]) -> str:
    """A name in Traditional characters."""
    return name if isinstance(name, str) else name["hant"]
