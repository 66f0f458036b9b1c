"""The search: what is one character, every string found where it is and nowhere else, and where quotations come from.

The answers are those of the scripts that the page loads, run in Node.js, against a naive scan in Python.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bench.script import cases
from build import make
from edition.edition import Edition
from edition.model.scripts import SCRIPTS, Script
from edition.paths import ROOT, TEMPLATES
from edition.publish.search import index as search
from edition.publish.search.rows import Row
from edition.publish.views.viewer import Viewer
from edition.publish.words import read_words
from edition.rules.fold import Folding
from tests.publish.search import Search, searching
from tests.test_build import run

Hit = tuple[str, str, int, int]
LONGEST = 4
QUOTATIONS = 1000


@pytest.fixture(scope="module")
def edition() -> Edition:
    return make(ROOT / "corpus")


@pytest.fixture(scope="module")
def folded(edition: Edition) -> Folding:
    return search.fold_of(edition)


@pytest.fixture(scope="module")
def rows(edition: Edition, folded: Folding) -> dict[Script, list[Row]]:
    strings = read_words(TEMPLATES / "words" / "strings.yaml")
    return {script: search.rows(Viewer(edition, script, strings), folded) for script in SCRIPTS}


@pytest.fixture(scope="module", params=SCRIPTS)
def asked(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """The search of the built site, in one tree and the other."""
    with Search(site, request.param, tmp_path_factory.mktemp("search")) as found:
        yield found


@pytest.fixture(scope="module")
def divided(
    edition: Edition, folded: Folding, rows: dict[Script, list[Row]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Search]:
    """The same corpus in pieces, as if it were a large one."""
    strings = read_words(TEMPLATES / "words" / "strings.yaml")
    about = search.manifest(Viewer(edition, "hant", strings), folded)
    files = search.index(about, rows["hant"], folded, "hant", whole=0)
    with searching(files, "hant", tmp_path_factory.mktemp("divided")) as found:
        yield found


# --- folding


@pytest.mark.parametrize(("title", "one", "other"), cases("../../publish/search/same.txt"))
def test_these_are_the_same(folded: Folding, asked: Search, title: str, one: str, other: str) -> None:
    assert folded.fold(one) == folded.fold(other), title
    assert asked.ask("fold", one).answer == asked.ask("fold", other).answer == folded.fold(one), title


@pytest.mark.parametrize(("title", "one", "other"), cases("../../publish/search/different.txt"))
def test_these_are_not(folded: Folding, asked: Search, title: str, one: str, other: str) -> None:
    assert folded.fold(one) != folded.fold(other), title
    assert asked.ask("fold", one).answer == folded.fold(one) != asked.ask("fold", other).answer, title


def test_both_trees_and_the_transcription_fold_alike(edition: Edition, folded: Folding) -> None:
    for id_, established in edition.texts.items():
        hant, hans = (edition.converted[script][id_] for script in SCRIPTS)
        assert folded.fold(hant) == folded.fold(hans) == folded.fold(established.text), id_
    for script in SCRIPTS:
        for left, right in edition.converter.dictionary(script).items():
            assert len(left) > 1 or folded.fold(left) == folded.fold(right) or left not in "".join(folded.groups)


def test_a_character_becomes_one_or_none(folded: Folding) -> None:
    for code in (*range(0xD800), *range(0xE000, 0x30000)):
        assert len(folded.fold(chr(code))) <= 1
    assert all(len(set(group)) == len(group) for group in folded.groups)
    assert len(set("".join(folded.groups))) == len("".join(folded.groups))


def test_build_and_browser_fold_alike(folded: Folding, asked: Search) -> None:
    common = "".join(
        map(chr, [*range(0x20, 0x250), *range(0x2E80, 0x33FF), *range(0x3400, 0xA000), *range(0xF900, 0x10000)])
    )
    assert asked.ask("fold", common).answer == folded.fold(common)


# --- every string, everywhere


def occurrences(text: str, query: str) -> Iterator[int]:
    place = text.find(query)
    while place >= 0:
        yield place
        place = text.find(query, place + 1)


class Scan:
    """A naive scan: every string of up to four characters with all its places, from the published data."""

    def __init__(self, edition: Edition, folded: Folding, rows: list[Row], site: Path) -> None:
        data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
        self.found: dict[str, set[Hit]] = {}
        self.typed: dict[str, list[str]] = {}
        for passage in data:
            assert folded.fold(passage["hant"]) == folded.fold(passage["hans"])
            self.add(folded, passage["id"], "text", 0, passage["hant"], passage["hans"])
            self.add_received(edition, folded, passage)
        for row in rows:
            for number, note in enumerate(row.notes):
                self.add(folded, row.id, "note", number, note.text, note.text)

    def add(self, folded: Folding, id_: str, kind: str, note: int, *shown: str) -> None:
        """Every string of a line, and how it may be typed: as it is shown, with the punctuation in it."""
        line = folded.fold(shown[0])
        for length in range(1, LONGEST + 1):
            for place in range(len(line) - length + 1):
                query = line[place : place + length]
                self.found.setdefault(query, set()).add((id_, kind, note, place))
                self.typed.setdefault(query, [])
        for text in shown:
            places = [i for i, character in enumerate(text) if folded.fold(character)]
            for length in range(1, LONGEST + 1):
                for n in range(len(places) - length + 1):
                    typed = self.typed[line[n : n + length]]
                    words = text[places[n] : places[n + length - 1] + 1]
                    if words not in typed:
                        typed.append(words)

    def add_received(self, edition: Edition, folded: Folding, passage: dict[str, Any]) -> None:
        """The transcription, where it differs: a string whose characters are not all kept, one after the other."""
        kept: list[int | None] = []
        there = 0
        for piece in edition.texts[passage["id"]].pieces:
            one, other = folded.fold(piece.received), folded.fold(piece.established)
            start = next(
                (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
            )
            end = 0
            while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
                end += 1
            kept += range(there, there + start)
            kept += [None] * (len(one) - start - end)
            kept += range(there + len(other) - end, there + len(other))
            there += len(other)
        line = folded.fold(passage["received"])
        assert len(line) == len(kept)
        for length in range(1, LONGEST + 1):
            for place in range(len(line) - length + 1):
                first = kept[place]
                if first is None or kept[place : place + length] != list(range(first, first + length)):
                    query = line[place : place + length]
                    self.found.setdefault(query, set()).add((passage["id"], "received", 0, place))
                    self.typed.setdefault(query, []).append(query)


@pytest.fixture(scope="module")
def scan(edition: Edition, folded: Folding, rows: dict[Script, list[Row]], site: Path) -> Scan:
    return Scan(edition, folded, rows["hant"], site)


def hits(search: Search, query: str) -> list[Hit]:
    return [(id_, kind, note, place) for id_, kind, note, place in search.ask("find", query).answer]


def test_every_string_of_one_to_four_characters_is_found_where_it_is_and_nowhere_else(
    asked: Search, scan: Scan
) -> None:
    chance = random.Random(1122)  # noqa: S311 (which spelling is typed)
    assert len(scan.found) > 40_000
    assert any(kind == "received" for places in scan.found.values() for _, kind, _, _ in places)
    wrong = []
    for query, places in scan.found.items():
        typed = chance.choice(scan.typed[query])
        found = hits(asked, typed)
        if len(found) != len(places) or set(found) != places:
            wrong.append(typed)
    assert wrong == []


def test_in_pieces_every_string_is_found_as_well(divided: Search, scan: Scan) -> None:
    chance = random.Random(1125)  # noqa: S311 (a sample)
    for query in chance.sample(sorted(scan.found), 6000):
        assert set(hits(divided, query)) == scan.found[query], query


def test_in_pieces_longer_strings_are_found(divided: Search, asked: Search, rows: dict[Script, list[Row]]) -> None:
    chance = random.Random(1115)  # noqa: S311 (a sample)
    for _ in range(200):
        text = chance.choice(rows["hans"]).text
        start = chance.randrange(len(text))
        query = text[start : start + chance.randint(5, 40)]
        assert sorted(hits(divided, query)) == sorted(hits(asked, query)), query


@pytest.mark.parametrize(("query", "passage", "kind"), [
    ("蕭後管", "dajinguozhi.2.tianfu5.10.2", "text"),
    ("師禮人奏", "dajinguozhi.2.tianfu4.5.1", "received"),
    ("师礼入奏", "dajinguozhi.2.tianfu4.5.1", "text"),
])  # fmt: skip
def test_readings_as_received(asked: Search, query: str, passage: str, kind: str) -> None:
    found = [(id_, where) for id_, where, _, _ in hits(asked, query)]
    assert [hit for hit in found if hit[1] != "note"] == [(passage, kind)]


def test_what_stands_nowhere_is_not_found_and_the_nearest_is_offered(asked: Search) -> None:
    assert hits(asked, "蒙古鐵騎") == []
    assert hits(asked, "，。") == []
    [nearest, *_] = asked.ask("nearest", "取中金").answer
    assert nearest[1] == 1
    assert asked.ask("nearest", "鱷").answer == []


# --- quotations


def mutated(chance: random.Random, quotation: str, characters: str) -> str:
    """A quotation with up to a tenth of its characters replaced, dropped, or others put in."""
    found = list(quotation)
    for _ in range(chance.randint(0, len(quotation) // 10)):
        place = chance.randrange(len(found))
        match chance.randrange(3):
            case 0:
                found[place] = chance.choice(characters)
            case 1:
                del found[place]
            case _:
                found.insert(place, chance.choice(characters))
    return "".join(found)


def quotations(rows: dict[Script, list[Row]], folded: Folding, count: int) -> Iterator[tuple[str, set[str]]]:
    """Quotations of 8 to 60 characters without punctuation or with another, and the passages in which they stand."""
    chance = random.Random(1101)  # noqa: S311 (a sample)
    lines = {row.id: folded.fold(row.text) for row in rows["hant"]}
    characters = "".join(lines.values())
    while count:
        row = chance.choice(rows[chance.choice(SCRIPTS)])
        text = re.sub(r"\W", "", row.text)
        if len(text) < 8:
            continue
        length = chance.randint(8, min(60, len(text)))
        start = chance.randint(0, len(text) - length)
        words = text[start : start + length]
        home = {id_ for id_, line in lines.items() if folded.fold(words) in line}
        assert row.id in home
        quoted = list(mutated(chance, words, characters))
        for _ in range(chance.randrange(4)):
            quoted.insert(chance.randrange(len(quoted)), chance.choice("，。 「;、\n"))
        yield "".join(quoted), home
        count -= 1


def rate(search: Search, rows: dict[Script, list[Row]], folded: Folding, count: int) -> float:
    right = 0
    for words, home in quotations(rows, folded, count):
        found = search.ask("where", words).answer
        right += bool(found) and found[0][0] in home
    return right / count


def test_quotations_lead_to_their_passage(asked: Search, rows: dict[Script, list[Row]], folded: Folding) -> None:
    assert rate(asked, rows, folded, QUOTATIONS) >= 0.99


def test_in_pieces_quotations_lead_there_too(divided: Search, rows: dict[Script, list[Row]], folded: Folding) -> None:
    assert rate(divided, rows, folded, 300) >= 0.99


def test_a_quotation_may_run_over_passages(asked: Search, edition: Edition) -> None:
    texts = list(edition.converted["hant"].items())
    words = texts[40][1][-20:] + texts[41][1][:20]
    assert asked.ask("find", words).answer == []
    assert asked.ask("nearest", words).answer[0] == [texts[40][0], 0]


def test_a_whole_passage_is_found(asked: Search, edition: Edition) -> None:
    longest = max(edition.passages.values(), key=lambda passage: len(passage.text))
    assert asked.ask("where", edition.converted["hans"][longest.id]).answer[0][0] == longest.id


# --- the files


def test_the_index_is_small(site: Path) -> None:
    """Less than the texts of both trees, compressed, and loaded in two pieces."""
    folder = site / "data" / "search"
    texts = "".join((site / "data" / "passages.json").read_text(encoding="utf-8"))
    shown = {script: "".join(p[script] for p in json.loads(texts)["passages"]) for script in SCRIPTS}
    both = sum(len(gzip.compress(text.encode(), 9)) for text in shown.values())
    for script in SCRIPTS:
        assert len(gzip.compress((folder / f"{script}.json").read_bytes(), 9)) < both
        assert len(gzip.compress((folder / f"{script}.notes.json").read_bytes(), 9)) < both / 2


def test_browsers_can_add_it_where_the_address_is_known(site: Path, tmp_path: Path) -> None:
    assert not (site / "opensearch.xml").exists()
    assert "opensearch" not in (site / "index.html").read_text(encoding="utf-8")
    assert run("--out", str(tmp_path / "site"), "--site-url", "https://example.org/annals").returncode == 0
    for tree in ("", "hans/"):
        url = ET.parse(tmp_path / "site" / f"{tree}opensearch.xml").getroot()[-1]  # noqa: S314 (our own)
        assert url.attrib["template"] == f"https://example.org/annals/{tree}search/?q={{searchTerms}}"
        html = (tmp_path / "site" / f"{tree}index.html").read_text(encoding="utf-8")
        assert 'type="application/opensearchdescription+xml" href="./opensearch.xml"' in html


def test_node_is_there() -> None:
    assert int(subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout[1:3]) >= 18
