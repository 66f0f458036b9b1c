"""Who is who: every person that a work names, with the forms and numbers of the concordance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.publish.pages.conftest import Open, words


def test_every_mentioned_person_is_there_once(opened: Open, site: Path) -> None:
    names = json.loads((site / "data/names.json").read_text(encoding="utf-8"))["names"]
    expected = {name["id"] for name in names if name["kind"] == "person" and name["occurrences"]}
    rows = opened("who/").cssselect("table.who tbody tr")
    assert len(rows) == len(expected)
    assert {row.get("id") for row in rows} == expected


@pytest.mark.parametrize("tree", ["hant", "hans"])
def test_a_row_has_the_forms_and_numbers_of_the_data(opened: Open, site: Path, tree: str) -> None:
    names = json.loads((site / "data/names.json").read_text(encoding="utf-8"))["names"]
    page = opened("who/" if tree == "hant" else "hans/who/")
    slugs = [work["slug"] for work in json.loads((site / "data/edition.json").read_text(encoding="utf-8"))["works"]]
    for name in names:
        for row in page.cssselect(f"tr[id='{name['id']}']"):
            assert words(row.cssselect("th a")[0]) == name["name"][tree]
            for slug, cell in zip(slugs, row.cssselect("td[data-work]"), strict=True):
                own = [o for o in name["occurrences"] if o["passage"].startswith(f"{slug}.")]
                assert "".join(words(n) for n in cell.cssselect("small")) == (str(len(own)) if own else "")
                forms = {(o["form"], o["by_title"]) for o in own}
                shown = {(words(a), a.get("class") == "by-title") for a in cell.cssselect("a")}
                if slug != "jinshi" or tree == "hans":  # the data have forms as received
                    assert len(shown) <= len(forms)
                assert bool(shown) == bool(forms)


def test_those_in_several_works_come_first(opened: Open) -> None:
    [several, *_] = opened("who/").cssselect("table.who")
    for row in several.cssselect("tbody tr"):
        assert len(row.cssselect("td[data-work]:not(.none)")) > 1


def test_names_without_a_common_form_are_marked(opened: Open) -> None:
    page = opened("who/")
    [row] = page.cssselect("#wanyan-zonghan")
    assert [abbr.text for abbr in row.cssselect("abbr")] == ["≠"]
    [row] = page.cssselect("#tong-guan")
    assert row.cssselect("abbr") == []
