"""Where the address of the site is unknown, no record for a reference manager has one; a script fills it in."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

RECORDS = ("bibtex", "ris", "csl")


def shown(html: str, name: str) -> str:
    """Return the citation in a format as it stands on a page, without what a script fills in."""
    match = re.search(rf'<div data-format="{name}">.*?<pre class="citation">(.*?)</pre>', html, re.DOTALL)
    assert match
    return unescape(re.sub(r"<[^>]*>", "", match[1]))


def test_files_for_reference_managers_have_no_address(site: Path) -> None:
    folder = site / "data"
    bibtex = parse_string((folder / "citations.bib").read_text(encoding="utf-8"), "bibtex")
    ris = rispy.loads((folder / "citations.ris").read_text(encoding="utf-8"))
    csl = json.loads((folder / "citations.csl.json").read_text(encoding="utf-8"))
    passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))["passages"]
    assert len(bibtex.entries) == len(ris) == len(csl) == len(passages)
    assert not any("url" in entry.fields for entry in bibtex.entries.values())
    assert not any("urls" in entry for entry in ris)
    assert not any("URL" in entry for entry in csl)
    assert all(passage["id"] in entry["title"] for passage, entry in zip(passages, csl, strict=True))


@pytest.mark.parametrize("path", ["jinshi/2/tianfu4/5/1", "hans/event/zhongjing", "year/1122"])
def test_records_on_a_page_have_none_before_a_script_runs(site: Path, path: str) -> None:
    html = (site / path / "index.html").read_text(encoding="utf-8")
    assert "url" not in next(iter(parse_string(shown(html, "bibtex"), "bibtex").entries.values())).fields
    assert "urls" not in rispy.loads(shown(html, "ris"))[0]
    assert "URL" not in json.loads(shown(html, "csl"))
    forms = [unescape(form) for form in re.findall(r'class="c-addressed" data-form="([^"]*)"', html)]
    assert [form.count("{url}") for form in forms] == [1] * len(RECORDS)
    assert all(form.endswith("\n") for form in forms)
