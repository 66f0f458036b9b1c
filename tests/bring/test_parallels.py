"""The finder of parallels: what it must find in any text, what it prints, and what an editor has decided already.

More random alterations: ``python -m tests.bring.test_parallels 100 7`` (runs, first seed).
"""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import build
from edition.bring.parallels import chains
from edition.bring.parallels.finding import Proposal, find
from edition.edition import Edition
from edition.emend.parallels import reconstructed
from edition.model.scripts import han
from edition.paths import ROOT
from edition.read.renamings import read_renamings
from edition.rules.numerals import CHARACTERS
from tests.corpora import assemble

CORPUS = ROOT / "corpus"
#: Characters that neither the edition nor the tables of OpenCC have: what stands around an altered sentence.
STRANGE = "".join(map(chr, range(0x20100, 0x20180)))
#: Names as the copies of 1781 write them.
RENAMED = {"粘罕": "尼堪", "女真": "女直", "婁宿": "羅索", "余睹": "伊都", "宗翰": "尼瑪哈", "阿骨打": "阿固達"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return build.make(CORPUS)


@dataclass(frozen=True)
class Altered:
    """A sentence of the edition and what another book might make of it."""

    passage: str
    ours: str
    theirs: str
    common: int
    """The characters of ours that are still there."""


def sentences(edition: Edition) -> list[tuple[str, str]]:
    """The Chinese characters of the sentences that are long enough to be altered, in Traditional script."""
    found = []
    for passage in edition.passages.values():
        hant = edition.converter.hant(passage.text, edition.works[passage.work].script)
        for sentence in passage.sentences:
            words = han(hant[sentence.start : sentence.end])
            if len(words) - sum(character in CHARACTERS for character in words) >= 18:
                found.append((passage.id, words))
    return found


def altered(edition: Edition, passage: str, words: str, seed: int) -> Altered:
    """Rename persons, then insert, delete and replace characters: one in six at most, and change the script."""
    chance = random.Random(seed)  # noqa: S311 (a test must give the same result every time)
    lost = 0
    theirs = words
    for old, new in RENAMED.items():
        lost += theirs.count(old) * len(old)
        theirs = theirs.replace(old, new)
    for _ in range(chance.randint(0, len(words) // 6)):
        place = chance.randrange(len(theirs))
        kind = chance.choice(["insert", "delete", "replace"])
        lost += kind != "insert"
        put = "" if kind == "delete" else "".join(chance.choices(STRANGE, k=chance.randint(1, 3)))
        theirs = theirs[:place] + put + theirs[place + (kind != "insert") :]
    if chance.random() < 0.5:
        theirs = edition.converter.hans(theirs, "hant")
    return Altered(passage, words, theirs, len(words) - lost)


def book(parts: list[Altered], chance: random.Random) -> str:
    """A juan with the altered sentences, unrelated text around each, and punctuation and line breaks anywhere."""
    text = ""
    for part in parts:
        noise = "".join(chance.choices(STRANGE, k=chance.randint(0, 40)))
        text += noise + "".join(c + chance.choice(["", "", "", "，", "。\n", "　"]) for c in part.theirs)
    return text


def theirs_of(proposal: Proposal) -> str:
    """The line of the book that our text and the readings of a proposal make."""
    line, end = "", proposal.start
    for reading in proposal.readings:
        line += proposal.ours.hant[end : reading.start] + reading.theirs
        end = reading.end
    return line + proposal.ours.hant[end : proposal.end]


def missed(edition: Edition, seed: int) -> list[Altered]:
    """Alter every sentence, put them into one book, search it; the sentences that are not found.

    Asserts that each proposal makes the line of the book at its place.
    """
    chance = random.Random(seed)  # noqa: S311
    parts = [altered(edition, *one, chance.randrange(10**9)) for one in sentences(edition)]
    chance.shuffle(parts)
    text = book(parts, chance)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "7.txt").write_text(text, encoding="utf-8")
        found = find(edition, read_renamings(CORPUS), Path(folder), list(edition.works))
    found = [proposal for proposal in found if proposal.copy.book not in edition.works]
    characters = han(text)
    for proposal in found:
        assert characters[proposal.offset : proposal.offset + len(proposal.theirs)] == proposal.theirs
        same = edition.converter.hans(theirs_of(proposal), "hant")
        assert same == edition.converter.hans(proposal.theirs, "hant"), (same, proposal.theirs)
    return [part for part in parts if part.common >= 12 and share(part, found) < 0.6]  # dates at its ends may be cut


def share(part: Altered, found: list[Proposal]) -> float:
    """How much of a sentence the proposals have."""
    own = [proposal for proposal in found if proposal.ours.passage.id == part.passage]
    covered = {place for proposal in own for place in range(proposal.start, proposal.end)}
    start = own[0].ours.hant.index(part.ours) if own else 0
    return len(covered.intersection(range(start, start + len(part.ours)))) / len(part.ours)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_sentence_is_found_however_it_was_altered(edition: Edition, seed: int) -> None:
    assert missed(edition, seed) == []


def test_a_chain_of_twelve_characters_with_gaps_is_found() -> None:
    ours = "甲乙丙丁戊己庚辛壬癸子丑"
    theirs = "東甲乙丙西西丁戊己南庚辛壬北北北癸子丑中"
    [chain] = chains.chains(chains.index(ours), theirs, 12)
    assert (chain.ours, chain.theirs, chain.shared) == ((0, 12), (1, 19), 12)


def test_frequent_seeds_give_way_to_longer_ones() -> None:
    seeds = chains.index("天祚" * 100 + "出奔夾山")
    assert seeds["天祚"] == ()
    assert all(len(places) <= chains.MOST for places in seeds.values())
    assert seeds["夾山"] == (202,)


#: A book of the time of Qianlong: names changed, a character of its own script, a note between the columns.
BOOK = """\
欽定四庫全書　某書卷十二
二月癸丑朔遼使耶律諾格等來議和辛酉貝勒迪古鼐(某/注)羅索來見中略四月韓州千户皮烏色
謀入漠北以叛伏誅六月退保雄州未幾耶律淳死
"""


def propose(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    arguments = ["parallels", "--against", str(folder / "books"), "--corpus", str(folder / "corpus"), *more]
    assert build.main(arguments) == 0
    return capsys.readouterr().out


def test_what_is_printed_can_be_entered_and_is_not_proposed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path)
    (tmp_path / "books" / "moushu").mkdir(parents=True)
    (tmp_path / "books" / "moushu" / "001.txt").write_text(BOOK, encoding="utf-8")
    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    printed = propose(tmp_path, capsys)
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before, "it writes nothing"
    assert "juan: 12" in printed
    entries = printed.split("\n\n")[1:]
    for slug in ("jinshi", "dajinguozhi"):
        own = [entry for entry in entries if f"at: {slug}" in entry]
        (corpus / slug / "parallels.yaml").write_text("\n".join(own) + "\n", encoding="utf-8")
    edition = build.make(corpus)
    lines = {}
    for parallel in edition.layers.parallels:
        passage = edition.passages[parallel.anchor.passage]
        line = reconstructed(parallel, edition.converter.hant(passage.text, edition.works[passage.work].script))
        assert han(BOOK)[parallel.offset :].startswith(line)
        lines[passage.id] = line
    assert lines == {
        "jinshi.2.tianfu2.2.1": "二月癸丑朔遼使耶律諾格等來議和辛酉貝勒迪古鼐某注羅索來見",
        "dajinguozhi.2.tianfu4.4.1": "四月韓州千户皮烏色謀入漠北以叛伏誅",
        "dajinguozhi.2.tianfu4.6.1": "六月退保雄州未幾耶律淳死",
    }
    assert propose(tmp_path, capsys).startswith("# 0 proposals; 3 more are in the layer already.")


def test_one_work_alone_is_compared_with_the_books_and_the_other_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "某書.txt").write_text(BOOK, encoding="utf-8")
    printed = propose(tmp_path, capsys, "--work", "jinshi")
    assert "at: jinshi" in printed
    assert "at: dajinguozhi" not in printed


def test_a_dismissed_proposal_does_not_return(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = assemble(tmp_path)
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "1.txt").write_text(BOOK, encoding="utf-8")
    assert "at: dajinguozhi.2.tianfu4.4.1" in propose(tmp_path, capsys)
    (corpus / "dajinguozhi" / "parallels.yaml").write_text(
        "- {at: dajinguozhi.2.tianfu4.4.1, quote: 皮兀室謀入漠北, book: books, juan: 12, dismissed: 試。}\n",
        encoding="utf-8",
    )
    assert "at: dajinguozhi.2.tianfu4.4.1" not in propose(tmp_path, capsys)


def test_a_folder_without_books_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assemble(tmp_path)
    (tmp_path / "books").mkdir()
    arguments = ["parallels", "--against", str(tmp_path / "books"), "--corpus", str(tmp_path / "corpus")]
    assert build.main(arguments) == 1
    assert "FILE-MISSING has no .txt files" in capsys.readouterr().err
    assert build.main([*arguments, "--work", "songshi"]) == 1
    assert "SLUG there is no work songshi" in capsys.readouterr().err


if __name__ == "__main__":
    EDITION = build.make(CORPUS)
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + int(sys.argv[1])):
        print(number, *missed(EDITION, number), sep="\n")  # noqa: T201
