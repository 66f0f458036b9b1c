"""Pages of year names, against the concordance of years and the reckonings of the works."""

from __future__ import annotations

import re

from tests.publish.pages.conftest import Open, in_hant, words, works, years_table


def test_every_year_name_of_the_concordance_leads_to_its_year(opened: Open) -> None:
    """遼's 乾統二年, by the page of the year, leads to a page that says 1102."""
    for row in years_table():
        if not 1101 <= int(row["year"]) <= 1123:
            continue
        reigns = {words(link): link.get("href") for link in opened(f"year/{row['year']}/").cssselect("dl.reigns a")}
        for state in ("liao", "song", "jin", "xia", "goryeo"):
            for written in filter(None, row[state].split(" / ")):
                [label] = [name for name in reigns if written.endswith(name)]  # 北遼建福元年: the state has a name too
                page = opened(reigns[label].removeprefix("../../"))
                assert words(page.cssselect("h1")[0]).startswith(label)
                assert row["year"] in words(page.cssselect("p.span")[0])


def test_a_work_that_counts_an_era_in_its_own_way_says_so_on_every_year(opened: Open) -> None:
    for work in works().values():
        for era, first in (work.get("reckoning") or {}).items():
            index = opened("era/")
            [link] = [a for a in index.cssselect("dl.eras a") if words(a).startswith(era)]
            code = link.get("href").split("/")[-2]
            page = opened(f"era/{code}/")
            notes = {
                words(row[0]): words(row.cssselect("span")[0]) for row in page.cssselect("dl.head-notes > .conflict")
            }
            assert notes[in_hant(work["title"])] == f"以{first}年為元年。"
            column = [words(head) for head in page.cssselect("thead th")].index(in_hant(work["title"]))
            for n, row in enumerate(page.cssselect("tbody tr")):
                said = words(row[column])
                assert said in {str(first + n), "—"}


def test_rows_of_an_era_count_up(opened: Open) -> None:
    for link in opened("era/").cssselect("dl.eras a"):
        span = re.search(r"(\d+)(?:–(\d+))?$", words(link))
        assert span
        first, last = int(span[1]), int(span[2] or span[1])
        rows = opened(link.get("href").removeprefix("../")).cssselect("tbody tr")
        assert [words(row[1]) for row in rows] == [str(year) for year in range(first, last + 1)]
