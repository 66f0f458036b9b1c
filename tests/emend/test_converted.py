"""The conversion of the established texts."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from edition.emend.converted import convert
from edition.model.findings import CorpusError
from edition.rules.script import Converter, ScriptRules
from tests.corpora import assemble


def test_an_error_names_the_rules_of_the_corpus_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = build.make(assemble(tmp_path))
    converter = Converter(ScriptRules())
    monkeypatch.setitem(converter._convert, "hans", lambda text: text.replace("辽", "大辽"))
    with pytest.raises(CorpusError, match=r"^elsewhere/script\.yaml:1: LENGTH-CHANGED "):
        convert(edition.texts, edition.corpus.works, converter, Path("elsewhere/script.yaml"))
