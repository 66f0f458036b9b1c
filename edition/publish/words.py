"""The words of the interface, by key: in both scripts from ``strings.yaml``, in English from ``english.yaml``."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.kinds import (
    BASES,
    CERTAINTIES,
    DATE_PARTS,
    DISPLACED_KINDS,
    ENTRY_KINDS,
    NAME_KINDS,
    NOTE_KINDS,
    RETIRED_STATES,
)
from edition.model.scripts import SCRIPTS, Pair
from edition.read.fields import Record
from edition.read.yaml_values import read_yaml

#: What the keys of a closed set begin with (``note_校``), and its members: pages print any of them.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "basis_": BASES,
    "certainty_": CERTAINTIES,
    "inferred_": DATE_PARTS,
    "kind_": (*ENTRY_KINDS, *DISPLACED_KINDS, *NAME_KINDS),
    "moved_": RETIRED_STATES,
    "note_": NOTE_KINDS,
    "script_": SCRIPTS,
}
#: The same for English: only what stands alone on a page is put into English.
ENGLISH_FAMILIES: Mapping[str, tuple[str, ...]] = {"basis_": BASES, "kind_": (*ENTRY_KINDS, *NAME_KINDS)}


def read_words(path: Path) -> dict[str, Pair]:
    """The phrases of ``strings.yaml`` by key. Raises CorpusError if a member of a closed set has none."""
    record = Record(read_yaml(path), "table of words")
    words = {key: record.pair(key) for key in dict(record.rest())}
    _require(path, words, FAMILIES, "{hant: …, hans: …}")
    return words


def read_english(path: Path, words: Mapping[str, Pair]) -> dict[str, str]:
    """The labels of ``english.yaml`` by key.

    Raises CorpusError for a key that ``words`` lacks, or if a member of a closed set has no label.
    """
    record = Record(read_yaml(path), "table of words")
    labels = {}
    for key, value in record.rest().items():
        if key not in words:
            raise CorpusError(
                value.place, "WORDS-MISSING", f"{key} is no key of strings.yaml: add it there, or delete it"
            )
        labels[key] = value.text()
    _require(path, labels, ENGLISH_FAMILIES, "…")
    return labels


def english_labels(path: Path, words: Mapping[str, Pair]) -> bytes:
    """``data/english.json``: the English label of each key."""
    return json.dumps(read_english(path, words), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_words(folder: Path) -> None:
    """Raise CorpusError for what `build` would find missing in the tables of ``folder``."""
    read_english(folder / "english.yaml", read_words(folder / "strings.yaml"))


def _require(path: Path, words: Container[str], families: Mapping[str, tuple[str, ...]], value: str) -> None:
    """Raise CorpusError naming every missing key of a closed set."""
    keys = (prefix + member for prefix, members in families.items() for member in members)
    missing = [key for key in keys if key not in words]
    if missing:
        message = f"has no words for {', '.join(missing)}: add a line for each, e.g. {missing[0]}: {value}"
        raise CorpusError(Place(path.as_posix(), 1), "WORDS-MISSING", message)
