"""Broken entries of script.yaml: each is one line that names its own line of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.model.findings import CorpusError
from edition.read.script_rules import read_script_rules
from edition.rules.script import Direction, ScriptRules, Usual

BROKEN = {
    "words: []": "1: FIELD-UNKNOWN 「words」 is no field of this table of script rules",
    "hans_to_hant:\n  phrases: []": "2: FIELD-UNKNOWN 「phrases」 is no field of this hans_to_hant",
    "hans_to_hant:\n  words: {咸州: 咸州}": "2: FIELD here stands a mapping where a list is wanted",
    "hans_to_hant:\n  words:\n    - words: {咸州: 咸州}": "3: FIELD-MISSING this group has no reason",
    "hans_to_hant:\n  words:\n    - words: {咸州: 咸州}\n      reason: ''": "4: FIELD-MISSING reason: is empty",
    "hans_to_hant:\n  words:\n    - reason: 名": "3: FIELD-MISSING this group has no words",
    "hans_to_hant:\n  words:\n    - words:\n        咸州: [咸州]\n      reason: 名": (
        "4: FIELD here stands a list or mapping"
    ),
    "hans_to_hant:\n  words:\n    - words:\n        燕云: 燕雲\n        咸州: 咸\n      reason: 名": (
        "5: SCRIPT 「咸州」 → 「咸」"
    ),
    "hans_to_hant:\n  words:\n    - words:\n        咸: 咸\n      reason: 名": (
        "4: SCRIPT words: 「咸」 is one character"
    ),
    "hans_to_hant:\n  words:\n    - {words: {咸州: 咸州}, reason: 名}\n    - {words: {咸州: 咸州}, reason: 名}": (
        "4: SCRIPT words: 「咸州」 stands twice, first at {path}:3: keep one"
    ),
    "hans_to_hant:\n  always:\n    - characters: {咸州: 咸州}\n      reason: 名": (
        "3: SCRIPT always: 「咸州」 must be one character"
    ),
    "hans_to_hant:\n  usual:\n    后: {to: 後, reason: 時間}": (
        "3: FIELD-MISSING this usual form of 后 has no example"
    ),
    "hans_to_hant:\n  usual:\n    后:\n      to: 後\n      reason: 時\n      example: 後\n      confirmed: [前]": (
        "7: SCRIPT confirmed: 「前」 must be a word with 后 in it"
    ),
    "hans_to_hant:\n  usual:\n    后后:\n      to: 後後\n      reason: 時\n      example: 後": (
        "4: SCRIPT usual: 「后后」 must be one character"
    ),
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_entry_is_named_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=f"^{re.escape(f'{path}:{BROKEN[text]}'.replace('{path}', str(path)))}"):
        read_script_rules(path)


def test_a_table_that_is_missing_or_empty_has_no_rules(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    assert read_script_rules(path) == ScriptRules()
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert read_script_rules(path) == ScriptRules()


def test_rules_are_read_by_direction(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    text = """
hans_to_hant:
  words:
    - {words: {燕云: 燕雲}, reason: 地名。, example: 燕雲}
  always:
    - {characters: {千: 千}, reason: 不作韆。}
  usual:
    后: {to: 後, reason: 時間。, example: 山後, confirmed: [山后], candidates: 後后}
"""
    path.write_text(text, encoding="utf-8")
    usual = {"后": Usual("後", ("山后",), "後后")}
    assert read_script_rules(path) == ScriptRules(hans=Direction({"燕云": "燕雲"}, {"千": "千"}, usual))
