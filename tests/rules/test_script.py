"""The script conversion: words that went wrong once, nothing undecided, and no surprise from a new OpenCC."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import opencc
import pytest
import yaml

from bench.script import TEXTS, Difference, cases, differences, ours, received, stock, unlisted, unseen_errors, wrong
from edition.model.scripts import Script
from edition.paths import ROOT
from edition.read.script_rules import read_script, read_script_rules
from edition.rules.script import SHARE, Converter, Labelled, LengthChanged, ScriptRules, candidates, review

HOME = ROOT
CORPUS = HOME / "corpus"
#: An error rate that the best converter without words of its own reached on annals, in per cent.
BEST_UNTUNED = 0.33


@pytest.fixture(scope="module")
def converter() -> Converter:
    return read_script(CORPUS)


@pytest.fixture(scope="module")
def rules() -> ScriptRules:
    return read_script_rules(CORPUS / "script.yaml")


# --- words, places, texts


@pytest.mark.parametrize(("title", "given", "wanted"), cases("hans-to-hant.txt"))
def test_case_into_traditional(converter: Converter, title: str, given: str, wanted: str) -> None:
    assert converter.hant(given, "hans") == wanted, title


@pytest.mark.parametrize(("title", "given", "wanted"), cases("hant-to-hans.txt"))
def test_case_into_simplified(converter: Converter, title: str, given: str, wanted: str) -> None:
    assert converter.hans(given, "hant") == wanted, title


@pytest.mark.parametrize("row", differences(), ids=lambda row: f"{row.work}-{row.line}-{row.column}-{row.word}")
def test_every_place_where_opencc_differs(converter: Converter, row: Difference) -> None:
    line = received(row.work).split("\n")[row.line - 1]
    assert line[row.column] == row.word
    assert row.quote in line[max(0, row.column - 5) : row.column + 6]
    assert ours(converter, TEXTS[row.work])(line)[row.column] == row.printed


@pytest.mark.parametrize("work", TEXTS)
def test_stock_opencc_is_as_recorded(work: str) -> None:
    # Not a wish but a record: when an upgrade of OpenCC changes a row, differences.tsv is to be read again.
    lines = stock(TEXTS[work])(received(work)).split("\n")
    for row in differences():
        if row.work == work:
            assert lines[row.line - 1][row.column] == row.opencc, row


def test_81_wrong_words_of_stock_opencc_and_none_of_ours(converter: Converter) -> None:
    assert sum(len(wrong(work, stock(source), "word")) for work, source in TEXTS.items()) == 81
    assert not [row for work, source in TEXTS.items() for row in wrong(work, ours(converter, source), "word")]


def test_unseen_annals(converter: Converter) -> None:
    size = sum(len(hant) for _, hant, _ in cases("unseen.txt"))
    mine, theirs = len(unseen_errors(ours(converter, "hans"))), len(unseen_errors(stock("hans")))
    assert mine * 4 < theirs
    assert 100 * mine / size < BEST_UNTUNED


def test_what_still_goes_wrong_in_unseen_annals_is_on_the_review_list(converter: Converter) -> None:
    assert unlisted(converter) == []


@pytest.mark.parametrize("work", TEXTS)
def test_nothing_is_undecided(converter: Converter, work: str) -> None:
    assert review(converter, [Labelled(work, received(work), TEXTS[work])]) == ""


@pytest.mark.parametrize("work", TEXTS)
def test_text_in_its_own_script_is_untouched(converter: Converter, work: str) -> None:
    text, source = received(work), TEXTS[work]
    assert (converter.hans if source == "hans" else converter.hant)(text, source) == text


@pytest.mark.parametrize("work", TEXTS)
def test_length_and_rare_characters_are_kept(converter: Converter, work: str) -> None:
    text = received(work)
    converted = ours(converter, TEXTS[work])(text)
    assert len(converted) == len(text)
    for rare in "㲄㬈冋荅":
        assert converted.count(rare) == text.count(rare)


@pytest.mark.parametrize("work", TEXTS)
def test_a_text_converts_as_its_lines_do(converter: Converter, work: str) -> None:
    convert = ours(converter, TEXTS[work])
    assert convert(received(work)).split("\n") == [convert(line) for line in received(work).split("\n")]


def test_no_character_leaves_the_common_fonts(converter: Converter) -> None:
    characters = "".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]))
    assert max(converter.hans(characters, "hant")) < "\uf900"
    assert max(converter.hant(characters, "hans")) < "\uf900"


# --- the editors' words: every phrase that the corpus gives in both scripts


def pairs(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if value.keys() == {"hant", "hans"}:
            yield value["hant"], value["hans"]
        for inner in value.values():
            yield from pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pairs(inner)


def files() -> list[Path]:
    return sorted(path for path in CORPUS.rglob("*.yaml") if path.name != "script.yaml")


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_pairs_given_by_hand_agree_with_the_converter(converter: Converter, path: Path) -> None:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(found, dict):
        found.pop("description", None)  # it is written for each tree by itself
    for hant, hans in pairs(found):
        assert converter.hans(hant, "hant") == hans


# --- script.yaml itself


@pytest.mark.parametrize("name", ["hans_to_hant", "hant_to_hans"])
def test_every_entry_serves(rules: ScriptRules, converter: Converter, name: str) -> None:
    source: Script = "hans" if name == "hans_to_hant" else "hant"
    direction = rules.hans if source == "hans" else rules.hant
    ambiguous = candidates(source).keys() | direction.usual.keys()
    bare = Converter(ScriptRules())
    convert, before = ours(converter, source), ours(bare, source)
    for left, right in {**direction.always, **direction.words}.items():
        assert convert(left) == right
        assert before(left) != right or set(left) & ambiguous, f"{left} would come out so without the entry"
    for character, rule in direction.usual.items():
        for word in rule.confirmed:
            choices = [c for c in converter.choices(word, source) if c.character == character]
            assert {choice.form for choice in choices} == {rule.form}, word
            assert "undecided" not in {choice.by for choice in choices}, word


def test_a_change_of_length_is_refused(converter: Converter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(converter._convert, "hans", lambda text: text.replace("州", "州府"))
    with pytest.raises(LengthChanged, match="line 2, column 4: 「诏谕咸州」 → 「诏谕咸州府」"):
        converter.hant("四月\n诏谕咸州都统", "hans")


# --- OpenCC


def test_ambiguous_characters_are_those_of_the_installed_opencc(tmp_path: Path) -> None:
    command = SHARE.parent.parent / "bin" / "opencc_dict"
    if not command.exists():
        pytest.skip("this build of OpenCC comes without its commands")
    for source, name in (("hans", "STCharacters"), ("hant", "TSCharacters")):
        text = tmp_path / f"{name}.txt"
        table = SHARE / f"{name}.ocd2"
        subprocess.run([command, "-i", table, "-o", text, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        found = set()
        for line in text.read_text(encoding="utf-8").splitlines():
            character, forms = line.split("\t")
            listed = "".join(form for form in forms.split(" ") if form < "\U00010000")
            if len(listed) > 1 and character < "\U00010000":
                found.add(character + listed)
        known = candidates("hans" if source == "hans" else "hant").items()
        assert found == {character + forms for character, forms in known}


def test_only_the_official_opencc_is_installed() -> None:
    names = {distribution.metadata["Name"].lower() for distribution in distributions()}
    assert "opencc-python-reimplemented" not in names
    assert tuple(map(int, opencc.__version__.split(".")[:2])) >= (1, 4)


# --- the font of rare characters


def test_the_font_has_what_common_fonts_lack(converter: Converter) -> None:
    def common(character: str) -> bool:
        return any(character.encode(charset, "ignore") for charset in ("gb2312", "big5"))

    text = "".join(received(work) + ours(converter, source)(received(work)) for work, source in TEXTS.items())
    rare = {character for character in text if "\u3400" <= character <= "\u9fff" and not common(character)}
    assert rare <= set((HOME / "static" / "fonts" / "rare.txt").read_text(encoding="utf-8"))
