"""Ids of names and events are kept like those of passages, in the same file, and the passages stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import build
from edition.divide.entities import Entity
from edition.divide.entities_file import read_entities
from edition.divide.registry_file import read_registry, read_retired
from edition.paths import CORPUS
from tests.corpora import HERE, assemble

NAMES = """\
- {id: quanpo, name: 泉泊, about: 湖泊。, sources: [金史卷二]}
- {id: baishui, name: 白水泊, about: 湖泊。, sources: [金史卷二]}
"""


def register(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert build.main(["register", "--corpus", "corpus"]) == 0


def test_register_enters_names_beside_the_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = assemble(tmp_path)
    (corpus / "places.yaml").write_text(NAMES, encoding="utf-8")
    before = json.loads((corpus / "permalinks.json").read_text(encoding="utf-8"))
    register(tmp_path, monkeypatch)
    after = json.loads((corpus / "permalinks.json").read_text(encoding="utf-8"))
    assert after["passages"] == before["passages"]
    assert after["names"] == {
        "quanpo": {"state": "live", "history": [["1", "registered"]]},
        "baishui": {"state": "live", "history": [["1", "registered"]]},
    }
    assert "events" not in after
    assert build.main(["check", "--corpus", "corpus"]) == 0
    written = (corpus / "permalinks.json").read_bytes()
    register(tmp_path, monkeypatch)
    assert (corpus / "permalinks.json").read_bytes() == written


def test_a_name_that_is_merged_keeps_its_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = assemble(tmp_path)
    (corpus / "places.yaml").write_text(NAMES, encoding="utf-8")
    register(tmp_path, monkeypatch)
    (corpus / "places.yaml").write_text(NAMES.splitlines()[1] + "\n", encoding="utf-8")
    assert build.main(["check", "--corpus", "corpus"]) == 1  # it would be lost
    retired = "- {name: quanpo, state: merged, to: [baishui], reason: 併入白水泊。}\n"
    (corpus / "retired.yaml").write_text(retired, encoding="utf-8")
    assert read_retired(corpus) == ()  # no passage is retired
    register(tmp_path, monkeypatch)
    history = (("1", "registered"), ("1", "merged: 併入白水泊。"))
    assert read_entities(corpus)["name", "quanpo"] == Entity("name", "quanpo", "merged", ("baishui",), history)


def test_a_retired_name_keeps_a_page_that_says_where_it_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = assemble(tmp_path)
    (corpus / "places.yaml").write_text(NAMES, encoding="utf-8")
    register(tmp_path, monkeypatch)
    (corpus / "places.yaml").write_text(NAMES.splitlines()[1] + "\n", encoding="utf-8")
    retired = "- {name: quanpo, state: merged, to: [baishui], reason: 併入白水泊。}\n"
    (corpus / "retired.yaml").write_text(retired, encoding="utf-8")
    assert build.main(["build", "--corpus", "corpus", "--out", "site"]) == 0  # `register` may come later
    for tree in ("site", "site/hans"):
        html = (tmp_path / tree / "name" / "quanpo" / "index.html").read_text(encoding="utf-8")
        assert 'href="../../name/baishui/"' in html
        assert "白水泊" in html


def test_the_ids_of_the_first_release_are_registered() -> None:
    entities = read_entities(CORPUS)
    first = [entity for entity in entities.values() if entity.history[0] == ("0.1.0", "registered")]
    assert sum(entity.kind == "name" for entity in first) == 312
    assert sum(entity.kind == "event" for entity in first) == 61
    assert entities["name", "quanpo"].to == ("baishuiluo",)
    assert len(read_registry(CORPUS)) == 136


def test_the_mini_registry_needs_no_names() -> None:
    assert read_entities(HERE / "mini") == {}
