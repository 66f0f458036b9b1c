"""The words of the interface, by key: in both scripts from ``strings.yaml``, in English from ``english.yaml``."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.kinds import (
    ABSENCES,
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
    "absent_": tuple(filter(None, ABSENCES)),
    "basis_": BASES,
    "certainty_": CERTAINTIES,
    "inferred_": DATE_PARTS,
    "kind_": (*ENTRY_KINDS, *DISPLACED_KINDS, *NAME_KINDS),
    "moved_": RETIRED_STATES,
    "note_": NOTE_KINDS,
    "script_": SCRIPTS,
}


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
    _require(path, labels, FAMILIES, "…")
    return labels


def english_labels(path: Path, words: Mapping[str, Pair], names: Iterable[Pair], titles: Mapping[Pair, str]) -> bytes:
    """``data/english.json``, for the script that puts pages into English.

    ``labels``: key → English label. ``phrases``: Chinese phrase → English; where several keys share it, the first.
    ``titles`` are phrases that the corpus has. ``names``: names that may stand beside phrases and stay Chinese.
    """
    labels = read_english(path, words)
    english = [*((words[key], label) for key, label in labels.items()), *titles.items()]
    phrases = {phrase[script]: label for phrase, label in reversed(english) for script in SCRIPTS}
    kept = sorted({name[script] for name in names for script in SCRIPTS if name[script]})
    found = {"labels": labels, "phrases": phrases, "names": kept}
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


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
