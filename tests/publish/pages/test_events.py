"""Pages of events: accounts in the columns of their works, tables under their heads."""

from __future__ import annotations

import json
from pathlib import Path

from tests.publish.pages.conftest import Open, in_hant, layer, words, works


def test_accounts_stand_under_their_works(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))["events"]
    titles = {slug: in_hant(work["title"]) for slug, work in works().items()}
    sentences = {
        p["id"]: [s["n"] for s in p["sentences"]]
        for p in json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    }
    for event in data:
        page = opened(f"event/{event['id']}/")
        assert words(page.cssselect("h1")[0]) == event["title"]["hant"]
        found: dict[str, list[str]] = {}
        for account in page.cssselect("section.account"):
            work = words(account.cssselect("h3")[0])
            found[work] = [s.get("data-s") for s in account.cssselect("span.s")]
        expected: dict[str, list[str]] = {}
        for account in event["accounts"]:
            passage, first = account["from"].rsplit(".", 1)
            numbers = [str(n) for n in sentences[passage]]
            run = numbers[numbers.index(first) : numbers.index(account["to"].rsplit(".", 1)[1]) + 1]
            expected.setdefault(titles[account["work"]], []).extend(f"{passage}.{n}" for n in run)
        assert found == expected


def test_a_table_has_each_cell_under_its_work(opened: Open) -> None:
    titles = {slug: in_hant(work["title"]) for slug, work in works().items()}
    for event in layer("events"):
        page = opened(f"event/{event['id']}/")
        heads = [words(head) for head in page.cssselect("[aria-labelledby=ev-d] thead th")]
        for row, told in zip(
            page.cssselect("[aria-labelledby=ev-d] tbody tr"), event.get("differs") or [], strict=True
        ):
            assert words(row.cssselect("th")[0]) == told["what"]
            for head, cell in zip(heads, row.cssselect("td"), strict=True):
                slug = next(slug for slug, title in titles.items() if title == head)
                written = str(told.get(slug, "—"))
                assert words(cell)[:3] == written.lstrip("[`*")[:3], (event["id"], told["what"], slug)


def test_the_list_has_every_event_with_its_year_and_works(opened: Open) -> None:
    titles = {slug: in_hant(work["title"]) for slug, work in works().items()}
    listed = [
        (
            words(row.cssselect("td")[0]),
            row.cssselect("th a")[0].get("href").split("/")[-2],
            set(words(row.cssselect("td")[1]).split("、")),
        )
        for row in opened("events/").cssselect("table tbody tr")
    ]
    told = [
        (str(event["year"]), event["id"], {titles[account["at"].split(".")[0]] for account in event["accounts"]})
        for event in layer("events")
    ]
    assert listed == told
