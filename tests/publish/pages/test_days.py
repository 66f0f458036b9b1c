"""Pages of days and calendars: every dated day has a page, and months have their days."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from edition.paths import CORPUS
from tests.publish.pages.conftest import Open, words

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def passages(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data/passages.json").read_text(encoding="utf-8"))["passages"]
    return found


def test_every_dated_day_has_a_page_and_no_other(site: Path) -> None:
    dated = {day["julian"] for p in passages(site) for day in p["days"]}
    assert {folder.name for folder in (site / "day").iterdir()} == dated
    assert len(dated) == 88


def test_a_day_shows_words_that_stand_in_the_text(opened: Open, site: Path) -> None:
    texts = {passage["id"]: passage["hant"] for passage in passages(site)}
    for folder in (site / "day").iterdir():
        page = opened(f"day/{folder.name}/")
        shown = page.cssselect("div.passage")
        assert shown
        for passage in shown:
            assert passage.cssselect("p.text")[0].text_content().strip() in texts[passage.get("data-id")]


def test_a_day_shows_every_passage_that_names_it(opened: Open, site: Path) -> None:
    for passage in passages(site):
        for day in passage["days"]:
            page = opened(f"day/{day['julian']}/")
            [label] = page.cssselect(f'[data-id="{passage["id"]}"] p.label')
            assert words(label).endswith(f"「{day['quote']}」") or passage["id"].startswith("jinshi")
            assert str(day["jdn"]) in words(page.cssselect("header.head")[0])


def test_days_lead_to_one_another_in_order(opened: Open, site: Path) -> None:
    days = sorted(folder.name for folder in (site / "day").iterdir())
    for before, after in pairwise(days):
        [link] = opened(f"day/{before}/").cssselect("head link[rel=next]")
        assert link.get("href").endswith(f"day/{after}/")


def test_a_day_names_only_eras_in_force(opened: Open) -> None:
    states = {
        words(row.cssselect("th")[0]): words(row.cssselect("td")[0])
        for row in opened("day/1122-02-21/").cssselect("section[aria-labelledby=day-calendars] tr")
    }
    assert states["遼"] == "保大二年"
    assert states["金"] == "天輔六年"
    assert "北遼" not in states  # 耶律淳 took the throne in the third month
    later = opened("day/1122-07-29/").cssselect("section[aria-labelledby=day-calendars] th")
    assert "北遼" in [words(th) for th in later]


def months() -> list[dict[str, str]]:
    lines = (CORPUS / "calendar/months-liaojin.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))


@pytest.mark.parametrize("year", [1101, 1118, 1121, 1122])
def test_a_calendar_has_the_days_of_the_month_tables(opened: Open, year: int) -> None:
    page = opened(f"year/{year}/calendar/")
    shown = page.cssselect("section.lunar")
    expected = [row for row in months() if int(row["year"]) == year]
    assert len(shown) == len(expected)
    for section, row in zip(shown, expected, strict=True):
        names = [words(day) for day in section.cssselect("li b")]
        first = BRANCHES.index(row["new_moon"][1]), STEMS.index(row["new_moon"][0])
        assert names == [STEMS[(first[1] + n) % 10] + BRANCHES[(first[0] + n) % 12] for n in range(int(row["days"]))]
        _, month, day = row["julian"].split("-")
        assert words(section.cssselect("li i")[0]) == f"{int(month)}/{int(day)}"


def test_a_calendar_links_every_day_of_its_year(opened: Open, site: Path) -> None:
    linked = [
        link.get("href").rstrip("/").rpartition("/")[2]
        for year in range(1101, 1124)
        for link in opened(f"year/{year}/calendar/").cssselect("section.lunar li a")
    ]
    assert sorted(linked) == sorted(folder.name for folder in (site / "day").iterdir())
