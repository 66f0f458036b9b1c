"""Parallels: our text and the readings make the line of the other book, to the character.

``tests/data/parallels.tsv`` has the length and hash of every line as it was when it was compared with the copy itself.
So no later edit of readings, anchors or script rules can change the words of another book unnoticed. After an edit that
was compared with the copy, write it anew: ``python -m tests.emend.test_parallels``.
"""

from __future__ import annotations

import hashlib

import pytest

import build
from edition.edition import Edition
from edition.emend.parallels import aligned, reconstructed
from edition.model.parallels import Parallel
from edition.model.scripts import han
from edition.paths import CORPUS, ROOT

FILE = ROOT / "tests" / "data" / "parallels.tsv"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return build.make(CORPUS)


def text_of(edition: Edition, parallel: Parallel) -> str:
    passage = edition.passages[parallel.anchor.passage]
    return edition.converter.hant(passage.text, edition.works[passage.work].script)


def lines(edition: Edition) -> list[str]:
    """A row for each parallel: id, length and hash of the line of the other book."""
    rows = []
    for parallel in edition.layers.parallels:
        line = reconstructed(parallel, text_of(edition, parallel))
        rows.append(f"{parallel.id}\t{len(line)}\t{hashlib.sha256(line.encode()).hexdigest()[:16]}")
    return sorted(rows)


def test_each_line_is_the_one_that_was_compared_with_the_copy(edition: Edition) -> None:
    assert lines(edition) == FILE.read_text(encoding="utf-8").splitlines()


def test_the_stretches_make_both_lines(edition: Edition) -> None:
    for parallel in edition.layers.parallels:
        text = text_of(edition, parallel)
        stretches = list(aligned(parallel, text))
        assert "".join(s.ours for s in stretches) == text[parallel.anchor.start : parallel.anchor.end]
        assert tuple(s.reading for s in stretches if s.reading) == parallel.readings
        assert all(s.ours == s.theirs for s in stretches if s.reading is None)
        for stretch in (stretches[0], stretches[-1]):
            edge = stretch.reading is None or stretch.reading.kind in ("graph", "name")
            assert edge, f"{parallel.id} begins and ends with words that both have"


def test_what_is_stored_of_other_books_is_their_readings_alone(edition: Edition) -> None:
    for parallel in edition.layers.parallels:
        stretches = aligned(parallel, text_of(edition, parallel))
        same = sum(len(han(s.ours)) for s in stretches if not s.reading or s.reading.kind in ("graph", "name"))
        assert same >= 5, f"{parallel.id} shares {same} characters"
        assert max((len(reading.theirs) for reading in parallel.readings), default=0) <= 40


def test_a_parallel_of_two_works_of_the_edition_is_in_one_of_them(edition: Edition) -> None:
    """The three works have no words in common; a work that is added may."""
    assert [p.id for p in edition.layers.parallels if p.copy == "" and p.book in edition.works] == []


#: Famous places, as the copies have them.
GOLDEN = {
    ("qidanguozhi.10.tianqing4.10.3", "sanchao-beimeng-huibian"): "百步之內弓矢齊發中者常多",
    ("qidanguozhi.10.tianqing4.10.3", "jiuchao-biannian-beiyao"): "百歩之外弓矢齊發無不中者",
    ("qidanguozhi.10.tianqing8.q3.1", "liaoshi"): "所在無慮二三十萬碩",
    ("qidanguozhi.10.tianqing2.q1.1", "songshi-jishi-benmo"): "可托以邊事誅之",
    ("dajinguozhi.2.tianfu6.4.2", "sanchao-beimeng-huibian"): "可以當百時朝廷之割地也",
}


@pytest.mark.parametrize(("at", "book"), GOLDEN)
def test_famous_differences(edition: Edition, at: str, book: str) -> None:
    found = [
        reconstructed(p, text_of(edition, p))
        for p in edition.layers.parallels
        if (p.anchor.passage, p.book) == (at, book)
    ]
    assert any(GOLDEN[at, book] in line for line in found), found


if __name__ == "__main__":
    FILE.write_text("\n".join(lines(build.make(CORPUS))) + "\n", encoding="utf-8")
