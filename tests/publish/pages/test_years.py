"""Year pages: every passage in the column and row of its work and month, with its COinS."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.publish.pages.conftest import Open, in_hant, words, works, years_table


@pytest.mark.parametrize("year", range(1101, 1124))
def test_a_passage_stands_in_the_column_of_its_work_and_in_its_month(opened: Open, site: Path, year: int) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    expected = {p["id"]: (p["work"], p["id"].split(".")[3]) for p in data if p["year"] == year}
    found = {}
    for row in opened(f"year/{year}/").cssselect("section.month"):
        slot = row.get("data-row").rpartition("-")[2]
        for account in row.cssselect("section.account"):
            for passage in account.cssselect("div.passage"):
                found[passage.get("id")] = account.get("data-work"), slot
    assert found == expected


def test_heads_say_when_a_year_is(opened: Open) -> None:
    for row in years_table():
        if 1101 <= int(row["year"]) <= 1123:
            page = opened(f"year/{row['year']}/")
            assert words(page.cssselect("h1")[0]) == f"{row['ganzhi']}{row['year']}"
            year, month, day = (int(part) for part in row["first"].split("-"))
            assert words(page.cssselect("p.span")[0]).startswith(f"{year}年{month}月{day}日\u2060—")


def test_a_card_has_the_first_sentence_and_the_page_of_the_name_the_rest(opened: Open) -> None:
    longer = 0
    for card in opened("year/1122/").cssselect("ul[hidden] > li"):
        [name, *_] = card.cssselect("a")
        about = words(card).removeprefix(words(name)).strip()
        whole = words(opened(f"name/{card.get('id').removeprefix('who-')}/").cssselect("main")[0])
        assert about in whole
        assert re.sub(r"「[^」]*」|『[^』]*』|（[^）]*）|《[^》]*》", "", about).count("。") <= 1
        longer += bool(about) and not whole.partition(about)[2].startswith(words(name))
    assert longer


def test_coins_name_author_book_and_address_of_every_passage(opened: Open) -> None:
    for year in range(1101, 1124):
        for passage in opened(f"year/{year}/").cssselect("div.passage"):
            [coins] = passage.cssselect("span.Z3988")
            found = parse_qs(coins.get("title"))
            said = {key: value[0] for key, value in found.items()}
            work = works()[passage.get("id").split(".")[0]]
            author = in_hant(work["author"])
            assert found["rft.au"] == [
                author.removeprefix("題").removesuffix("等"),
                *(["等"] if "等" in author else []),
            ]
            assert said["rft.btitle"] == "遼金三史對讀"
            assert said["rft.genre"] == "bookitem"
            assert said["rft.atitle"].startswith(f"《{in_hant(work['title'])}》")
            assert said["rft.atitle"].endswith(f"{passage.get('id')}）")
            assert said["rft.language"] == "zh-Hant"


def test_neighbours_are_the_years_before_and_after(opened: Open) -> None:
    for year in range(1101, 1124):
        page = opened(f"year/{year}/")
        for rel, other in (("prev", year - 1), ("next", year + 1)):
            links = [link.get("href") for link in page.cssselect(f"head link[rel={rel}]")]
            assert links == ([f"../../year/{other}/"] if 1101 <= other <= 1123 else [])
