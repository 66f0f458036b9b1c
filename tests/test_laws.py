"""Invariants of the whole corpus and site: no text is lost, every passage appears, every link resolves."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import posixpath
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from build import make
from edition.divide.passages import paragraphs
from edition.edition import Edition
from edition.model.scripts import SCRIPTS
from edition.model.texts import ID
from edition.publish.words import read_words

ROOT = Path(__file__).resolve().parents[1]
VOID = {"meta", "link", "input", "br", "hr", "img", "col", "wbr", "path", "rect", "circle", "source"}
RECEIVED = {
    "jinshi": "e25bda08dd2dcde3f6d0c51fe191e8dd0a2311b8f03fa054fa4ad628420cca08",
    "dajinguozhi": "685147e600d2987d756c7bea22f64d88863e97414f25898a0506d5a3d0f8a292",
    "qidanguozhi": "28be8314d6e0a71e09e3181a342a8c37c427136ab706a3ef413d4f578460d00e",
}


class Page(HTMLParser):
    """The ids, links and passage texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.alternates: dict[str, str] = {}
        self._open: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record ids and links; track the current passage, and whether we are in its text."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src", "action"):
            if name in found:
                self.links.append((found.get("rel", ""), found[name]))
        if found.get("hreflang") and tag == "link":
            self.alternates[found["hreflang"]] = found["href"]
        if tag not in VOID:
            self._open.append((tag, found.get("class", ""), found.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Collect the text of a passage."""
        passage = next((id_ for _, class_, id_ in self._open if class_ == "passage" and id_), "")
        if passage and any(class_ == "text" for _, class_, _ in self._open):
            self.texts[passage] = self.texts.get(passage, "") + data


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition of the real corpus."""
    return make(ROOT / "corpus")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Every page of the site by its path."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    """The passages of the data file by id."""
    loaded = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))
    return {passage["id"]: passage for passage in loaded["passages"]}


@pytest.mark.parametrize("work", RECEIVED)
def test_transcriptions_are_byte_for_byte_as_received(work: str) -> None:
    assert hashlib.sha256((ROOT / "corpus" / work / "text.txt").read_bytes()).hexdigest() == RECEIVED[work]


def test_the_passages_of_a_line_are_the_line_less_its_indentation(edition: Edition) -> None:
    for work in edition.works.values():
        for juan in work.juans:
            lines = {p.line: p.text for p in paragraphs(juan.text)}
            joined: dict[int, str] = {}
            for passage in edition.passages.values():
                if (passage.work, passage.juan) == (work.slug, juan.number):
                    assert passage.offset == len(joined.get(passage.line, ""))
                    joined[passage.line] = joined.get(passage.line, "") + passage.text
            assert joined == lines


def test_ids_keep_the_contract_and_are_registered(edition: Edition) -> None:
    for id_, passage in edition.passages.items():
        assert ID.match(id_)
        for sentence in passage.sentences:
            assert ID.match(f"{id_}.{sentence.n}")
    assert set(edition.registered) == set(edition.passages)


def test_sentences_joined_are_the_passage_in_every_form(data: dict[str, Any]) -> None:
    for passage in data.values():
        for form in ("received", "hant", "hans"):
            assert "".join(sentence[form] for sentence in passage["sentences"]) == passage[form]


def test_conversion_keeps_length_and_the_script_of_the_transcription(edition: Edition) -> None:
    for id_, text in edition.texts.items():
        for script in SCRIPTS:
            assert len(edition.converted[script][id_]) == len(text.text)
        assert edition.converted[edition.works[text.passage.work].script][id_] == text.text


def test_what_was_received_is_always_recoverable(edition: Edition) -> None:
    for id_, text in edition.texts.items():
        assert "".join(piece.received for piece in text.pieces) == edition.passages[id_].text
        assert "".join(piece.established for piece in text.pieces) == text.text


def test_every_passage_is_on_exactly_one_year_page(pages: dict[str, Page], edition: Edition) -> None:
    for tree in ("", "hans/"):
        found = [
            id_
            for path, page in pages.items()
            if re.fullmatch(rf"{tree}year/\d+/index\.html", path)
            for id_ in page.ids
            if id_ in edition.passages
        ]
        assert sorted(found) == sorted(edition.passages)


def test_the_text_on_a_page_is_the_text_and_nothing_else(pages: dict[str, Page], data: dict[str, Any]) -> None:
    seen = dict.fromkeys(data, 0)
    for path, page in pages.items():
        if re.match(r"(hans/)?(year|synopsis|jinshi|dajinguozhi|qidanguozhi)/", path):
            script = "hans" if path.startswith("hans/") else "hant"
            for id_, text in page.texts.items():
                assert text == data[id_][script], path
                seen[id_] += 1
    assert min(seen.values()) >= 12  # year, synopsis, work, juan, year, month or passage: twice


def test_every_link_and_fragment_resolves(pages: dict[str, Page], site: Path) -> None:
    broken = []
    for path, page in pages.items():
        for rel, link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert "external" in rel or "license" in rel, (path, link)
                continue
            if path == "404.html":
                assert parts.path.startswith("/") or not parts.path, link
                target = parts.path.lstrip("/") if parts.path else path
            else:
                assert not parts.path.startswith("/"), (path, link)
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                    if parts.path
                    else path
                )
            if parts.path.endswith("/") or parts.path in (".", "./"):
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            if not (site / target).is_file() or (parts.fragment and unquote(parts.fragment) not in pages[target].ids):
                broken.append((path, link))
    assert broken == []


def test_ids_on_a_page_are_unique(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_the_two_trees_have_the_same_pages_and_name_each_other(pages: dict[str, Page]) -> None:
    hant = {path for path in pages if not path.startswith("hans/")} - {"404.html"}
    assert {path.removeprefix("hans/") for path in pages if path.startswith("hans/")} == hant
    for path in hant:
        for own in (path, f"hans/{path}"):
            alternates = {
                code: posixpath.normpath(posixpath.join(posixpath.dirname(own), link, "index.html"))
                for code, link in pages[own].alternates.items()
            }
            assert alternates == {"zh-Hant": path, "zh-Hans": f"hans/{path}", "x-default": path}


def test_sentences_are_anchors_on_the_passage_page(pages: dict[str, Page], edition: Edition) -> None:
    for passage in edition.passages.values():
        for tree in ("", "hans/"):
            ids = pages[f"{tree}{passage.url}index.html"].ids
            assert {f"s{sentence.n}" for sentence in passage.sentences} <= set(ids)


def test_data_keep_their_contract(site: Path, data: dict[str, Any]) -> None:
    example = data["jinshi.2.tianfu4.5.1"]
    assert example["printed"] == {
        "era": "天輔",
        "year": 4,
        "month": 5,
        "intercalary": False,
        "season": None,
        "inferred": ["era", "year"],
    }
    assert (example["juan"], example["line"], example["year"], example["basis"]) == (2, 25, 1120, "stated")
    assert example["days"][0] == {"quote": "甲辰", "day": 5, "jdn": 2130291, "julian": "1120-06-02", "sentence": "1"}
    assert example["url"] == "/jinshi/2/tianfu4/5/1/"
    preface = data["qidanguozhi.10.0.0.1"]
    assert {preface["printed"][key] for key in ("era", "year", "month", "intercalary", "season")} == {None}
    assert (preface["year"], preface["basis"]) == (1101, "editorial")
    assert sum(len(passage["days"]) for passage in data.values()) == 89
    years = json.loads((site / "data" / "years.json").read_text(encoding="utf-8"))["years"]
    assert [year["year"] for year in years] == list(range(1101, 1124))
    by_year = {year["year"]: year for year in years}
    assert (by_year[1122]["ganzhi"], by_year[1122]["first_julian"], by_year[1122]["last_julian"]) == (
        "壬寅",
        "1122-02-09",
        "1123-01-28",
    )
    assert by_year[1122]["works"]["jinshi"]["label"] == "天輔六年"
    assert by_year[1122]["works"]["dajinguozhi"]["label"] == "天輔五年"
    assert by_year[1102]["works"]["qidanguozhi"]["absence"] == "heading"
    assert by_year[1114]["works"]["dajinguozhi"]["absence"] == "elsewhere"
    assert by_year[1102]["works"]["jinshi"]["absence"] == "outside"
    rows = list(csv.DictReader(io.StringIO((site / "data" / "alignment.csv").read_text(encoding="utf-8"))))
    assert sorted(row["passage"] for row in rows) == sorted(data)


def test_no_page_asks_another_host_or_carries_a_script_of_its_own(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in html
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/)|\sstyle=|\son\w+=", html), path
        assert not re.search(r"<(?:script|img|iframe|link[^>]*stylesheet)[^>]*(?:src|href)=\"(?:https?:)?//", html), (
            path
        )


def test_era_names_are_never_converted_blindly(pages: dict[str, Page], site: Path) -> None:
    # 乾統 is 乾统, never 干统, wherever it stands.
    for path in pages:
        html = (site / path).read_text(encoding="utf-8")
        assert not re.search("干统[元一二三四五六七八九十]", html), path  # 蕭幹統四軍 is 萧干统四军
        if path.startswith("hans/"):
            assert "乾統" not in html, path


def test_the_words_of_the_interface_are_each_in_their_own_script(edition: Edition) -> None:
    strings = read_words(ROOT / "templates" / "words" / "strings.yaml")
    speak_of_the_other = {"other_script", "english", "converted_from", "decided"}
    punctuated = {"cite_chapter", "cite_footnote", "quote_source"}  # otherwise in the two; the other script's name
    regional = {"map_none", "reach", "settings", "print_stacked", "licence", "licence_end", "app_lead", "data"}
    regional |= {"cite_footnote_end"}
    regional |= {
        "epub_accessible",
        "text_offline",
        "single_keys",
    }  # 設定 is 设置, 列印 打印, 半形 半角, 指令碼 脚本, 網路 网络
    for key, pair in strings.items():
        if key not in speak_of_the_other | punctuated | regional and not key.startswith(("data_", "file_")):
            assert edition.converter.hans(pair.hant, "hant") == pair.hans, key
    used = "".join(
        path.read_text(encoding="utf-8")
        for folder, pattern in (("templates", "*.*ml"), ("templates", "*.opf"), ("edition/publish", "*.py"))
        for path in (ROOT / folder).rglob(pattern)
        if path.name not in {"strings.yaml", "english.yaml"}
    )
    families = (
        *("example_", "file_", "format_", "kind_", "note_", "inferred_", "basis_", "certainty_", "script_", "moved_"),
        *("absent_", "theme_", "sources_", "precision_", "life_", "eclipse_", "retired_"),
    )
    unused = [k for k in strings if not re.search(rf"\bt\.{k}\b|[\"']{k}[\"']", used) and not k.startswith(families)]
    assert unused == []


def test_no_year_weighs_more_than_it_may(site: Path) -> None:
    """HTML, style sheets and scripts of the page of a year have at most 75 kB, compressed.

    22 kB of it are the style sheets and scripts, which all pages share and browsers cache. The rest grows with the
    notes, entries of the apparatus and tagged names of the year: 1122, the fullest, has 43 kB for 28 passages, of which
    10 kB are the cards of 180 names. On a mobile connection of 1.6 Mbit/s, 75 kB take 0.4 s.
    """
    for page in sorted((site / "year").glob("*/index.html")):
        html = page.read_bytes()
        linked = set(re.findall(rb'(?:href|src)="([^"]*\.(?:css|js))"', html))
        files = [html, *((page.parent / path.decode()).resolve().read_bytes() for path in linked)]
        assert len(linked) > 5
        assert sum(len(gzip.compress(content, 6)) for content in files) < 90_000, page


def test_hosts_are_told_the_policy_of_the_pages(site: Path) -> None:
    headers = (site / "_headers").read_text(encoding="utf-8")
    page = unescape((site / "index.html").read_text(encoding="utf-8"))
    match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert match
    assert f"Content-Security-Policy: {match[1]}; frame-ancestors 'self'\n" in headers
    assert "unsafe" not in headers
