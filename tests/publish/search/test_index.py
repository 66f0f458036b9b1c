"""The search: folding of variants, every string found exactly where it occurs, and sources of quotations.

The answers are those of the scripts that the page loads, run in Node.js, against a naive scan in Python.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
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
from edition.publish.search.rows import Remark, Row, units
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
    """The search of the built site, in both trees."""
    with Search(site, request.param, tmp_path_factory.mktemp("search")) as found:
        yield found


@pytest.fixture(scope="module")
def divided(
    edition: Edition, folded: Folding, rows: dict[Script, list[Row]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Search]:
    """The search of the same corpus with an index in blocks, as for a large one."""
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
    """Naive scan: every string of up to four characters with all its places, from the published data.

    Places are in UTF-16 code units, as JavaScript counts: a character beyond the BMP is two of them.
    """

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
        """Add every string of a line, also as shown, with punctuation."""
        line = folded.fold(shown[0])
        for length in range(1, LONGEST + 1):
            for place in range(len(line) - length + 1):
                query = line[place : place + length]
                self.found.setdefault(query, set()).add((id_, kind, note, units(line[:place])))
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
        """Add strings of the transcription that are not unchanged in the established text."""
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
                    self.found.setdefault(query, set()).add((passage["id"], "received", 0, units(line[:place])))
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


def test_the_nearest_places_are_up_to_three_passages_the_best_first(asked: Search, divided: Search) -> None:
    for asking in (asked, divided):
        found = asking.ask("nearest", "取中金").answer
        assert len(found) == 3
        assert len({id_ for id_, _ in found}) == 3
        assert [distance for _, distance in found] == sorted(distance for _, distance in found)


def test_beside_words_that_run_over_passages_nothing_less_like_them_is_offered(
    asked: Search, rows: dict[Script, list[Row]], folded: Folding
) -> None:
    lines = [folded.fold(row.text) for row in rows["hant"]]
    queries = [one[-2:] + other[:1] for one, other in pairwise(lines)]
    across = [query for query in queries if not hits(asked, query)]
    assert len(across) > 50
    for query in across:
        assert {distance for _, distance in asked.ask("nearest", query).answer} == {0}, query


@pytest.mark.parametrize("whole", [0, search.WHOLE])
def test_a_character_of_two_code_units_is_found_and_marked_whole(
    edition: Edition, folded: Folding, rows: dict[Script, list[Row]], tmp_path: Path, whole: int
) -> None:
    notes = (Remark("校", "1", "𣙜，一本作「置𣙜筦庫」"),)
    row = replace(rows["hant"][0], numbers=("1", "2"), sentences=("𣙜場置𣙜。", "筦𣙜"), received=(), notes=notes)
    about = search.manifest(Viewer(edition, "hant", read_words(TEMPLATES / "words" / "strings.yaml")), folded)
    with searching(search.index(about, [row], folded, "hant", whole), "hant", tmp_path) as found:
        assert hits(found, "𣙜") == [
            *((row.id, "text", 0, place) for place in (0, 4, 7)),
            *((row.id, "note", 0, place) for place in (0, 6)),
        ]
        assert found.ask("marked", "𣙜").answer == ["𣙜"] * 5
        assert found.ask("marked", "置𣙜").answer == ["置𣙜"] * 2
        assert found.ask("marked", "𣙜筦𣙜").answer == ["𣙜。筦𣙜"]
        assert found.ask("marked", "𣙜筦庫").answer == ["𣙜筦庫"]


def test_what_stands_nowhere_is_not_found_and_the_nearest_is_offered(asked: Search) -> None:
    assert hits(asked, "蒙古鐵騎") == []
    assert hits(asked, "，。") == []
    [nearest, *_] = asked.ask("nearest", "取中金").answer
    assert nearest[1] == 1
    assert asked.ask("nearest", "鱷").answer == []


# --- quotations


def mutated(chance: random.Random, quotation: str, characters: str) -> str:
    """Return a quotation with up to a tenth of its characters replaced, deleted or inserted."""
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
    """Yield quotations of 8 to 60 characters, without or with other punctuation, and the passages that contain them."""
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
    """In proportion to the words in it, so that the edition may grow: compressed, 2.3 and 0.9 bytes a character.

    A character takes 3 bytes in UTF-8 and, in the texts, 1.5 compressed; the rest is labels, readings as received,
    names and the table of variants. Notes repeat themselves more. Texts in both scripts, or lists of places, would
    exceed the limits.
    """
    for script in SCRIPTS:
        packed, notes_packed = (
            (site / "data" / "search" / name).read_bytes() for name in (f"{script}.json", f"{script}.notes.json")
        )
        data, notes = json.loads(packed), json.loads(notes_packed)
        texts = sum(len(sentence) for row in data["passages"] for sentence in row["sentences"])
        names = sum(len(form) for name in data["names"] for _, forms in name["forms"] for form in forms)
        remarks = sum(len(text) for _, *own in notes for _, _, text in own)
        assert len(gzip.compress(packed, 9)) < 2.5 * (texts + names), script
        assert len(gzip.compress(notes_packed, 9)) < 1.1 * remarks, script


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
