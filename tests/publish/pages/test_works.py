"""Pages of works: the whole text in order at every depth of the address, and neighbours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.publish.pages.conftest import Open, in_hant, words, works


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_a_page_has_the_passages_whose_ids_begin_like_its_address(opened: Open, site: Path, depth: int) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    groups: dict[str, list[str]] = {}
    for passage in data:
        groups.setdefault("/".join(passage["id"].split(".")[:depth]), []).append(passage["id"])
    for address, ids in groups.items():
        page = opened(f"{address}/")
        assert [div.get("id") for div in page.cssselect("div.passage")] == ids
        crumbs = [link.get("href").rpartition("../")[2] for link in page.cssselect("nav.crumbs a")]
        assert crumbs == ["/".join(address.split("/")[:n]) + "/" for n in range(1, max(depth, 2))]


def test_the_page_of_a_work_says_what_its_file_says(opened: Open) -> None:
    for slug, work in works().items():
        said = words(opened(f"{slug}/").cssselect("header.head")[0])
        for value in (in_hant(work["title"]), work["compiled"], work["covers"]):
            assert " ".join(value.split()) in said
        author = in_hant(work["author"])
        ascribed = "舊題" if author.startswith("題") else ""
        assert f"{ascribed}〔{work['dynasty']}〕{author.removeprefix('題')}" in said


def test_neighbours_of_a_passage_are_those_of_the_text(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    for before, after in zip([None, *data], [*data, None], strict=True):
        if before and after and before["work"] == after["work"]:
            for here, rel, there in ((before, "next", after), (after, "prev", before)):
                [link] = opened(here["url"].strip("/") + "/").cssselect(f"head link[rel={rel}]")
                assert link.get("href").rpartition("../")[2] == there["url"].lstrip("/")


def test_a_passage_says_its_line_and_the_text_as_received(opened: Open, site: Path) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    for passage in data:
        page = opened(passage["url"].strip("/") + "/")
        if found := page.cssselect("div.received p"):
            received, note = found
            assert received.text_content() == passage["received"]
            assert str(passage["line"]) in words(note)
        else:  # what the page shows is what was received
            assert re.findall(r"\w", passage["received"]) == re.findall(r"\w", passage["hant"])
