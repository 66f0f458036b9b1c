"""Every kind of page describes itself, for search engines and for programs that show a link."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import build
from edition.publish import site as publishing
from tests.conftest import ROOT
from tests.corpora import HERE, assemble

URL = "https://example.org/a/"
#: Paths by kind of page: a pattern of each, the home page first.
KINDS = {
    "home": r"",
    "synopsis": r"synopsis/",
    "year": r"year/\d+/",
    "work": r"[a-z]+/",
    "juan": r"[a-z]+/\d+/",
    "year of a work": r"[a-z]+/\d+/[a-z0-9]+/",
    "month of a work": r"[a-z]+/\d+/[a-z0-9]+/[a-z0-9]+/",
    "passage": r"[a-z]+/\d+/[a-z0-9]+/[a-z0-9]+/\w+/",
    "era": r"era/[a-z]+/",
    "year of an era": r"era/[a-z]+/\d+/",
    "event": r"event/[a-z-]+/",
    "name": r"name/[a-z-]+/",
    "prose": r"about/(\w+/)?",
}


@pytest.fixture(scope="module")
def heads() -> dict[str, dict[str, str]]:
    """Return path of a page → its meta elements, and its canonical address under ``canonical``."""
    found = {}
    for path, content in publishing.files(build.make(ROOT / "corpus"), URL):
        if path.endswith("index.html"):
            page: Any = etree.HTML(content.decode())
            metas = {e.get("name") or e.get("property"): e.get("content") for e in page.iter("meta")}
            (canonical,) = page.xpath("//link[@rel='canonical']/@href")
            found[path.removesuffix("index.html")] = metas | {
                "canonical": canonical,
                "title": page.findtext(".//title"),
            }
    return found


def test_only_the_home_page_is_described_as_the_edition(heads: dict[str, dict[str, str]]) -> None:
    for tree in ("", "hans/"):
        general = heads[tree]["description"]
        assert [path for path, head in heads.items() if head["description"] == general] == [tree]
    for path, head in heads.items():
        assert 0 < len(head["description"]) < 300, path
        assert "{" not in head["description"], path


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_a_kind_are_told_apart(heads: dict[str, dict[str, str]], kind: str) -> None:
    by_description = defaultdict(list)
    for path, head in heads.items():
        if re.fullmatch(KINDS[kind], path):
            by_description[head["description"]].append(path)
    assert by_description
    assert {words: paths for words, paths in by_description.items() if len(paths) > 1} == {}


def test_a_shared_link_shows_title_words_and_address_of_the_page(heads: dict[str, dict[str, str]]) -> None:
    for head in heads.values():
        assert head["og:description"] == head["description"]
        assert head["og:url"] == head["canonical"]
        assert head["og:type"] == "website"
        name = head["og:site_name"]
        assert head["title"] in {f"{head['og:title']} · {name}", name}


def test_the_name_of_the_edition_is_left_out_also_with_signs_of_markup_in_it(tmp_path: Path) -> None:
    edition = build.make(assemble(tmp_path, HERE / "publish" / "downloads" / "signs"))
    made = dict(publishing.files(edition, URL, only_html=True))
    page: Any = etree.HTML(made["name/sagai/index.html"].decode())
    assert page.xpath("//meta[@property='og:title']/@content") == ["撒改 & <甲>"]
    assert page.findtext(".//title") == '撒改 & <甲> · 小對讀 <b> & "x" ]]>'
