"""Published ids: never reused, never renumbered, never lost, whatever is done to a text."""

from __future__ import annotations

import json
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import build
from edition.cache.memo import Memo
from edition.divide.registry_file import read_registry
from edition.edition import Edition
from edition.model.findings import CorpusError
from edition.model.scripts import han
from edition.model.texts import Passage
from tests.corpora import HERE, assemble

PASSAGE = "jinshi.2.tianfu2.2.1"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The mini-corpus, registered, with no layer that a change of text could break."""
    folder = assemble(tmp_path)
    (folder / "jinshi" / "notes.yaml").unlink()
    return folder


def edit(corpus: Path, change: Callable[[str], str]) -> None:
    path = corpus / "jinshi" / "text.txt"
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def texts(corpus: Path) -> dict[str, str]:
    return {id_: passage.text for id_, passage in build.make(corpus).passages.items()}


def numbers(corpus: Path, id_: str = PASSAGE) -> list[str]:
    return [sentence.n for sentence in build.make(corpus).passages[id_].sentences]


def test_a_passage_inserted_gets_a_letter_and_moves_no_other(corpus: Path) -> None:
    before = texts(corpus)
    edit(corpus, lambda text: text.replace("　　闰月庚戌朔", "　　是月，雨。\n　　是月，雪。\n　　闰月庚戌朔"))
    edit(corpus, lambda text: "　　二月，大风。\n" + text)
    after = texts(corpus)
    assert {id_: text for id_, text in after.items() if id_ in before} == before
    assert {id_: after[id_] for id_ in set(after) - set(before)} == {
        "jinshi.2.tianfu2.2.1a": "二月，大风。",
        "jinshi.2.tianfu2.2.2": "是月，雨。",
        "jinshi.2.tianfu2.2.3": "是月，雪。",
    }


def test_a_letter_is_never_given_twice(corpus: Path) -> None:
    edit(corpus, lambda text: "　　二月，大风。\n" + text)
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    edit(corpus, lambda text: "　　二月，地震。\n" + text)
    assert texts(corpus)["jinshi.2.tianfu2.2.1b"] == "二月，地震。"


def test_after_the_letter_z_comes_the_next_number(corpus: Path) -> None:
    """Of passages and of sentences; one inserted after a letter gets the next letter, never a second one."""
    days = [f"是日，{'大' * n}雨。" for n in range(1, 28)]
    edit(corpus, lambda text: "".join(f"　　二月，{'大' * n}风。\n" for n in range(1, 28)) + text)
    edit(corpus, lambda text: text.replace("辛酉，", "".join(days) + "辛酉，"))
    letters = [f"1{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    own = [id_.rpartition(".")[2] for id_ in texts(corpus) if id_.startswith("jinshi.2.tianfu2.2.")]
    assert own == [*letters, "2", "1"]
    assert numbers(corpus) == ["1", *letters, "3", "2"]
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    edit(corpus, lambda text: text.replace(days[0], days[0] + "夜，雪。"))
    assert numbers(corpus) == ["1", "1a", "4", *letters[1:], "3", "2"]


def test_new_punctuation_changes_no_number(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("来议和。辛酉，", "来议和；辛酉。"))
    edition = build.make(corpus)
    passage = edition.passages[PASSAGE]
    # One sentence end went, another came two characters later: s2 stays an anchor at its old place.
    assert [(s.n, passage.text[s.start : s.end]) for s in passage.sentences] == [
        ("1", "二月癸丑朔，辽使耶律奴哥等来议和；辛酉。"),
        ("1a", "孛堇迪古乃、娄室来见。"),
    ]
    assert [(n, passage.text[offset:][:2]) for n, offset in passage.anchors] == [("2", "辛酉")]


def test_a_sentence_inserted_gets_a_letter_and_one_added_the_next_number(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("辛酉，", "是日，雨。辛酉，").replace("室来见。", "室来见。夜，雪。"))
    assert numbers(corpus) == ["1", "1a", "2", "3"]


def test_a_corrected_word_keeps_its_id_and_is_reported(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("娄室来见", "娄室来朝"))
    assert numbers(corpus) == ["1", "2"]
    assert "ID-CHANGED" in {finding.code for finding in build.make(corpus).findings}
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    assert "ID-CHANGED" not in {finding.code for finding in build.make(corpus).findings}


def test_a_sentence_whose_first_words_are_corrected_keeps_its_number(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("辛酉，孛堇", "壬戌，孛堇"))
    assert numbers(corpus) == ["1", "2"]


def test_a_split_passage_keeps_its_links_once_it_is_declared(corpus: Path, tmp_path: Path) -> None:
    edit(corpus, lambda text: text.replace("辛酉，孛堇", "\n　　辛酉，孛堇"))
    with pytest.raises(
        CorpusError, match=r"SENTENCE-LOST sentence 2 .*state: split, to: \[jinshi.2.tianfu2.2.1, .*2\]"
    ):
        build.make(corpus)
    retired = f"- {{id: {PASSAGE}, state: split, to: [{PASSAGE}, jinshi.2.tianfu2.2.2], reason: 分段。}}\n"
    (corpus / "retired.yaml").write_text(retired, encoding="utf-8")
    for _ in range(2):  # before it is registered, and after, when the declaration may go
        site = tmp_path / "site"
        build.build(corpus, site, "")
        page = (site / "jinshi" / "2" / "tianfu2" / "2" / "1" / "index.html").read_text(encoding="utf-8")
        assert page.count('id="s2"') == 1
        assert page.index('id="s2"') < page.index("辛酉，孛堇迪古乃")
        assert build.main(["register", "--corpus", str(corpus)]) == 0
        (corpus / "retired.yaml").unlink(missing_ok=True)


def retire(corpus: Path, *entries: str) -> None:
    with (corpus / "retired.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{entry}\n" for entry in entries)


@pytest.mark.parametrize(
    ("moved", "entry"),
    [
        ("", f"- {{id: {PASSAGE}.2, state: withdrawn, reason: 他本所無。}}"),
        (
            "\n　　辛酉，孛堇迪古乃、娄室来见。",
            f"- {{id: {PASSAGE}, state: split, to: [{PASSAGE}, jinshi.2.tianfu2.2.2], reason: 分段。}}",
        ),
    ],
)
def test_a_passage_that_lost_a_sentence_is_still_watched(moved: str, entry: str, corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("议和。", "议和。是日，遣使如宋。"))
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    edit(corpus, lambda text: text.replace("辛酉，孛堇迪古乃、娄室来见。", moved))
    retire(corpus, entry)
    for _ in range(2):  # before the first loss is registered, and after
        assert [sentence.n for sentence in build.make(corpus).moved[PASSAGE]] == ["2"]
        assert build.main(["register", "--corpus", str(corpus)]) == 0
    edit(corpus, lambda text: text.replace("是日，遣使如宋。", ""))
    with pytest.raises(CorpusError, match=rf"SENTENCE-LOST sentence 1a of {PASSAGE} .*id: {PASSAGE}.1a, .*withdraw"):
        build.make(corpus)


def test_passages_run_together_are_merged(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("\n　　四月丙子朔，", "是日丙子朔，"))
    to = "jinshi.2.tianfu3.1.1"
    with pytest.raises(CorpusError, match=rf"ID-LOST .*id: jinshi.2.tianfu3.4.1, state: merged, to: \[{to}\]"):
        build.make(corpus)


def test_what_is_said_of_a_passage_holds_only_for_what_is_found(corpus: Path) -> None:
    """Words that are gone are not found in the characters that other sentences happen to share with them."""
    edit(corpus, lambda text: text.replace("辛酉，孛堇迪古乃、娄室来见。", ""))
    retire(corpus, f"- {{id: {PASSAGE}, state: split, to: [{PASSAGE}, jinshi.2.tianfu5.1.1], reason: 試。}}")
    with pytest.raises(CorpusError, match=rf"id: {PASSAGE}\.2, state: withdrawn"):
        build.make(corpus)


def test_a_year_that_is_changed_is_one_report_ready_to_paste(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(corpus, lambda text: text.replace("三年正月", "四年正月"))
    arguments = ["register", "--dry-run", "--corpus", str(corpus)]
    assert build.main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "- {id: jinshi.2.tianfu3.1.1, state: alias, to: [jinshi.2.tianfu4.1.1], reason: …}",
        "- {id: jinshi.2.tianfu3.4.1, state: alias, to: [jinshi.2.tianfu4.4.1], reason: …}",
    ]
    (line,) = printed.err.splitlines()
    assert "permalinks.json:1: ID-LOST jinshi.2.tianfu3.1.1 「三年正月甲寅东京人为质者…」 was published" in line
    assert "retired.yaml the 2 entries that `build.py register --dry-run` prints" in line
    retire(corpus, *printed.out.splitlines())
    assert build.main(arguments) == 0
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    moved = build.make(corpus).moved["jinshi.2.tianfu3.4.1"]
    assert [(s.n, s.passage, s.offset) for s in moved] == [("1", "jinshi.2.tianfu4.4.1", 0)]


def test_an_id_that_moves_twice_leads_to_its_words(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for before, after in (("三年正月", "四年正月"), ("四年正月", "二年十二月")):
        edit(corpus, lambda text: text.replace(before, after))  # noqa: B023 (called at once)
        assert build.main(["register", "--dry-run", "--corpus", str(corpus)]) == 1
        retire(corpus, *capsys.readouterr().out.splitlines())
        assert build.main(["register", "--corpus", str(corpus)]) == 0
        capsys.readouterr()
    moved = build.make(corpus).moved
    assert [s.passage for id_ in ("jinshi.2.tianfu3.1.1", "jinshi.2.tianfu4.1.1") for s in moved[id_]] == [
        "jinshi.2.tianfu2.12.1",
        "jinshi.2.tianfu2.12.1",
    ]


@pytest.mark.parametrize("before", [True, False], ids=["later", "at once"])
def test_an_editor_can_say_where_other_words_tell_the_same(before: bool, corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("辛酉，孛堇迪古乃、娄室来见。", ""))
    if before:
        retire(corpus, f"- {{id: {PASSAGE}.2, state: withdrawn, reason: 他本所無。}}")
        assert build.main(["register", "--corpus", str(corpus)]) == 0
    retire(corpus, f"- {{id: {PASSAGE}.2, state: alias, to: [jinshi.2.tianfu5.5.1], reason: 意同。}}")
    for _ in range(2):
        (sentence,) = build.make(corpus).moved[PASSAGE]
        assert (sentence.n, sentence.passage, sentence.offset) == ("2", "jinshi.2.tianfu5.5.1", 0)
        assert build.main(["register", "--corpus", str(corpus)]) == 0


def test_a_sentence_that_is_retired_must_be_gone(corpus: Path) -> None:
    retire(corpus, f"- {{id: {PASSAGE}.2, state: withdrawn, reason: 試。}}")
    with pytest.raises(CorpusError, match=rf"ID-REUSED {PASSAGE}\.2 is retired here and yet names a sentence"):
        build.make(corpus)


def test_a_withdrawn_passage_keeps_its_address(corpus: Path, tmp_path: Path) -> None:
    edit(
        corpus,
        lambda text: text.replace("　　四月丙子朔，日有食之。\n", ""),
    )
    retired = "- {id: jinshi.2.tianfu3.4.1, state: withdrawn, reason: 他本所無。}\n"
    (corpus / "retired.yaml").write_text(retired, encoding="utf-8")
    site = tmp_path / "site"
    build.build(corpus, site, "")
    page = (site / "jinshi" / "2" / "tianfu3" / "4" / "1" / "index.html").read_text(encoding="utf-8")
    assert '<span class="s" id="s1">四月丙子朔日有食之</span>' in page
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    registry = json.loads((corpus / "permalinks.json").read_text(encoding="utf-8"))
    assert registry["passages"]["jinshi.2.tianfu3.4.1"]["state"] == "withdrawn"


def test_a_retired_number_is_not_used_again(corpus: Path) -> None:
    edit(corpus, lambda text: text.replace("　　四月丙子朔，日有食之。\n", ""))
    (corpus / "retired.yaml").write_text(
        "- {id: jinshi.2.tianfu3.4.1, state: withdrawn, reason: 試。}\n", encoding="utf-8"
    )
    assert build.main(["register", "--corpus", str(corpus)]) == 0
    (corpus / "retired.yaml").unlink()
    edit(corpus, lambda text: text.replace("　　五年春正月", "　　四月，大旱，蝗。\n　　五年春正月"))
    assert texts(corpus)["jinshi.2.tianfu3.4.2"] == "四月，大旱，蝗。"


SENTENCES = ["雨。", "辽使来。", "上还自鸳鸯泺。", "大赦，改元。"]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Edition]:
    """The mini-corpus with another text, made by a process that remembers, as `serve` does."""
    corpus, memo = assemble(tmp_path_factory.mktemp("edit")), Memo()
    (corpus / "jinshi" / "notes.yaml").unlink()

    def make(text: str) -> Edition:
        (corpus / "jinshi" / "text.txt").write_text(text, encoding="utf-8")
        return build.make(corpus, memo)

    return make


@pytest.mark.thorough
@given(data=st.data())
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_no_edit_makes_a_link_open_other_words(data: st.DataObject, edited: Callable[[str], Edition]) -> None:
    """After any edit, either the build asks, or every published sentence is found where its link leads."""
    published = read_registry(HERE / "mini")
    text = (HERE / "mini" / "jinshi" / "text.txt").read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.sampled_from([0, 0, 1, 3, 12]))
        text = text[:at] + data.draw(st.sampled_from(["", "。", "，", "\n　　", *SENTENCES])) + text[at + length :]
    try:
        edition = edited(text)
    except CorpusError:
        return
    cited = (entry for entry in published.values() if entry.id.startswith("jinshi."))
    for id_, n, words in ((entry.id, n, entry.han[a:b]) for entry in cited for n, a, b in entry.spans()):
        found = here(edition.passages[id_], n) if id_ in edition.passages else ""
        for sentence in edition.moved.get(id_, ()):
            if sentence.n == n and sentence.passage:
                found = han(edition.passages[sentence.passage].text)[sentence.offset :]
        assert share(words, found) >= 0.5, (id_, n, words, found)


def share(words: str, found: str) -> float:
    """How much of the words that were cited stands, in order, where their link leads."""
    reach = found[: 2 * len(words) + 30]  # what three edits can have put before or between them
    blocks = SequenceMatcher(None, words, reach, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words)


def here(passage: Passage, n: str) -> str:
    """The Chinese characters from the place to which a sentence link leads, to the end of its passage."""
    places = {s.n: s.start for s in passage.sentences} | dict(passage.anchors)
    return han(passage.text[places[n] :]) if n in places else ""
