"""Read the registry of published ids, and the ids that an editor retires."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast, get_args

from edition.divide.entities_file import kind_of
from edition.divide.registry import FILE, Registered, RegisteredState, Retired
from edition.model.findings import CorpusError, Place
from edition.model.texts import ID
from edition.read.fields import Record, read_list
from edition.read.files import read_text


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
        sentences=tuple(entry["sentences"].items()),
        to=tuple(entry.get("to", ())),
        away=tuple((n, item["han"], tuple(item["to"])) for n, item in entry.get("away", {}).items()),
        history=tuple((release, what) for release, what in entry["history"]),
    )
    words = [found.han, *found.to, *(word for pair in found.history for word in pair)]
    words += [word for _, han, to in found.away for word in (han, *to)]
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"{id_}: words are strings")
    if not all(ID.match(id_) for id_ in (id_, *found.to, *(i for _, _, to in found.away for i in to))):
        raise ValueError(f"{id_}: an id that is none")
    if found.state not in get_args(RegisteredState):
        raise ValueError(f"{id_}: state {found.state}")
    offsets = entry["sentences"].values()
    if not all(isinstance(offset, int) and 0 <= offset <= len(found.han) for offset in offsets):
        raise ValueError(f"{id_}: a sentence begins beyond its characters")
    if entry.get("hash", found.hash) != found.hash:
        raise ValueError(f"{id_}: han and hash do not agree")
    return found


def read_retired(folder: Path) -> tuple[Retired, ...]:
    """The ids of passages that an editor retires, with where their words are now."""

    def retired(record: Record) -> Retired | None:
        if kind_of(record):
            return None  # a name or event, which `entities_file` reads
        state = record.choice("state", ("alias", "split", "merged", "withdrawn"))
        id_ = record.text("id")
        if not ID.match(id_):
            raise CorpusError(record.place_of("id"), "ID", f"「{id_}」 is no passage id")
        return record.done(Retired(id_, cast("Any", state), record.texts("to"), record.text("reason"), record.place))

    return tuple(entry for entry in read_list(folder / "retired.yaml", retired, "retired id") if entry)
