"""Read the registry of published ids, and the ids that an editor retires."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from edition.model import ID, CorpusError, Place
from edition.record import Record, read_list, read_text
from edition.registry import FILE, Registered, Retired


def read_registry(folder: Path) -> dict[str, Registered]:
    """The registered ids; none if there is no registry yet."""
    path = folder / FILE
    if not path.exists():
        return {}
    place = Place(path.as_posix(), 1)
    try:
        data = json.loads(read_text(path))
        return {
            id_: Registered(
                id=id_,
                state=entry["state"],
                han=entry["han"],
                sentences=tuple(entry["sentences"].items()),
                to=tuple(entry.get("to", ())),
                away=tuple((n, item["han"], tuple(item["to"])) for n, item in entry.get("away", {}).items()),
                history=tuple((release, what) for release, what in entry["history"]),
            )
            for id_, entry in data["passages"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f"is no registry ({error}): restore the last one that was committed; only `register` writes it"
        raise CorpusError(Place(place.path, line), "REGISTRY", message) from None


def read_retired(folder: Path) -> tuple[Retired, ...]:
    """The ids that an editor retires, with where their words are now."""

    def retired(record: Record) -> Retired:
        state = record.choice("state", ("alias", "split", "merged", "withdrawn"))
        id_ = record.text("id")
        if not ID.match(id_):
            raise CorpusError(record.place_of("id"), "ID", f"「{id_}」 is no passage id")
        return record.done(Retired(id_, cast("Any", state), record.texts("to"), record.text("reason"), record.place))

    return read_list(folder / "retired.yaml", retired, "retired id")
