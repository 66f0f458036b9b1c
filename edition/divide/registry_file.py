"""Read and write the registry of published ids; read the ids that an editor retires."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edition.divide.entities_file import kind_of
from edition.divide.registered import (
    FILE,
    Departure,
    Registered,
    RegisteredSentence,
    RegistryChange,
    Retired,
)
from edition.model.findings import CorpusError, Place
from edition.model.kinds import REGISTERED_STATES, RETIRED_STATES
from edition.model.texts import ID
from edition.read.fields import Record, read_list
from edition.read.files import read_text

ABOUT = (
    "The registry of published passage ids, written by `build.py register` and by nothing else. han: the Chinese "
    "characters of the passage as received (punctuation does not count); hash: the first 16 hexadecimal digits of "
    "their SHA-256; sentences: number of each published sentence and the offset of its first character in han; "
    "to: the passages to which a retired id points; away: published sentences that have left the passage, with their "
    "characters and the sentence in which these begin now, if any."
)


def read_registry(folder: Path) -> dict[str, Registered]:
    """The registered ids; none if there is no registry yet."""
    path = folder / FILE
    if not path.exists():
        return {}
    place = Place(path.as_posix(), 1)
    try:
        data = json.loads(read_text(path))
        return {id_: _registered(id_, entry) for id_, entry in data["passages"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f"is no registry ({error}): restore the last one that was committed; only `register` writes it"
        raise CorpusError(Place(place.path, line), "REGISTRY", message) from None


def _registered(id_: str, entry: Mapping[str, Any]) -> Registered:
    """An entry of the registry. Raises ValueError, or what comes of a value of another kind."""
    found = Registered(
        id=id_,
        state=entry["state"],
        han=entry["han"],
        sentences=tuple(RegisteredSentence(n, offset) for n, offset in entry["sentences"].items()),
        to=tuple(entry.get("to", ())),
        away=tuple(Departure(n, item["han"], tuple(item["to"])) for n, item in entry.get("away", {}).items()),
        history=tuple(RegistryChange(release, what) for release, what in entry["history"]),
    )
    words = [found.han, *found.to, *(word for change in found.history for word in (change.release, change.what))]
    words += [word for departure in found.away for word in (departure.han, *departure.to)]
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"{id_}: words are strings")
    if not all(ID.match(id_) for id_ in (id_, *found.to, *(to for departure in found.away for to in departure.to))):
        raise ValueError(f"{id_}: an id that is none")
    if found.state not in REGISTERED_STATES:
        raise ValueError(f"{id_}: state {found.state}")
    offsets = entry["sentences"].values()
    if not all(isinstance(offset, int) and 0 <= offset <= len(found.han) for offset in offsets):
        raise ValueError(f"{id_}: a sentence begins beyond its characters")
    if entry.get("hash", found.hash) != found.hash:
        raise ValueError(f"{id_}: han and hash do not agree")
    return found


def serialise(entries: Iterable[Registered], sections: str = "") -> str:
    """The registry as JSON, one id a line, so that a change shows as a line; ``sections`` follow the passages.

    >>> entry = Registered("jinshi.2.tianfu3.8.1", "live", "八月己丑颁女直字", (RegisteredSentence("1", 0),))
    >>> json.loads(serialise([entry]))["passages"]["jinshi.2.tianfu3.8.1"]["sentences"]
    {'1': 0}
    """
    lines = []
    for entry in entries:
        data: dict[str, object] = {
            "state": entry.state,
            "hash": entry.hash,
            "sentences": {sentence.n: sentence.offset for sentence in entry.sentences},
        }
        if entry.to:
            data["to"] = list(entry.to)
        if entry.away:
            data["away"] = {gone.n: {"han": gone.han, "to": list(gone.to)} for gone in entry.away}
        data |= {"han": entry.han, "history": [[change.release, change.what] for change in entry.history]}
        lines.append(f"{json.dumps(entry.id)}: {json.dumps(data, ensure_ascii=False)}")
    body = ",\n".join(lines)
    return f'{{"about": {json.dumps(ABOUT)},\n"version": 1,\n"passages": {{\n{body}\n}}{sections}}}\n'


def write_registry(path: Path, entries: Iterable[Registered], sections: str = "") -> None:
    """Replace the registry in one step. Raises CorpusError if it cannot be written."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".permalinks-", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(serialise(entries, sections))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise CorpusError(Place(path.as_posix(), 1), "OUTPUT", f"cannot be written: {error.strerror}") from None


def read_retired(folder: Path) -> tuple[Retired, ...]:
    """The ids of passages that an editor retires, with where their words are now."""

    def retired(record: Record) -> Retired | None:
        if kind_of(record):
            return None  # a name or event, which `entities_file` reads
        state = record.choice("state", RETIRED_STATES)
        id_ = record.text("id")
        if not ID.match(id_):
            raise CorpusError(record.place_of("id"), "ID", f"「{id_}」 is no passage id")
        return record.done(Retired(id_, state, record.texts("to"), record.text("reason"), record.place))

    return tuple(entry for entry in read_list(folder / "retired.yaml", retired, "retired id") if entry)
