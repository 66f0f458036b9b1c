"""The conversion of the established texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import build
from edition.emend.converted import convert
from edition.model.findings import CorpusError
from edition.paths import ROOT, TEMPLATES
from edition.publish.views.viewer import Viewer
from edition.publish.words import read_words
from edition.rules.script import Converter, ScriptRules
from tests.corpora import assemble


def test_an_error_names_the_rules_of_the_corpus_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = build.make(assemble(tmp_path))
    converter = Converter(ScriptRules())
    monkeypatch.setitem(converter._convert, "hans", lambda text: text.replace("辽", "大辽"))
    with pytest.raises(CorpusError, match=r"^elsewhere/script\.yaml:1: LENGTH-CHANGED "):
        convert(edition.texts, edition.corpus.works, converter, Path("elsewhere/script.yaml"))


def test_an_entry_keeps_only_the_characters_that_it_tells_apart() -> None:
    """In Simplified 後 and 后 are one character; the rest of what an entry says is converted."""
    edition = build.make(ROOT / "corpus")
    viewer = Viewer(edition, "hans", read_words(TEMPLATES / "words" / "strings.yaml"))
    seen = set()
    for entry in edition.layers.apparatus:
        if keep := edition.told_apart(entry, "hans"):
            view = viewer.entry(entry)
            assert view.lemma != view.reading
            assert view.reading in view.context
            for words in (view.lemma, view.reading, view.context, re.sub(r"<code>.*?</code>", "", view.evidence)):
                left = {a for a, b in zip(words, edition.converter.hans(words, "hant"), strict=True) if a != b}
                assert left <= set(keep), (view, left)
            assert "「" not in view.evidence
            seen.add(keep)
    assert {"后後", "捨舍"} <= seen
