"""The words of the interface: in both scripts, and in English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from edition.model.scripts import SCRIPTS, Pair
from edition.read.fields import Record, read_yaml


def read_words(path: Path) -> dict[str, Pair]:
    """The words of ``strings.yaml`` by key."""
    record = Record(read_yaml(path), "table of words")
    return {key: record.pair(key) for key in dict(record.rest())}


def english_labels(path: Path, words: Mapping[str, Pair]) -> bytes:
    """The English labels of ``english.yaml`` as JSON, keyed by the words that they replace on the page."""
    record = Record(read_yaml(path), "table of words")
    english = {key: record.text(key) for key in dict(record.rest())}
    found = {words[key][script]: label for script in SCRIPTS for key, label in english.items()}
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
