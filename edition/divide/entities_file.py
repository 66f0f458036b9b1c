"""Read and write the registered ids of names and events: the sections of ``permalinks.json`` beside the passages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edition.divide.entities import Entity, EntityId, RetiredEntity
from edition.divide.registered import FILE
from edition.model.findings import CorpusError, Place
from edition.model.kinds import ENTITY_KINDS, REGISTERED_STATES, RETIRED_STATES, EntityKind
from edition.read.fields import Record, read_list
from edition.read.files import read_text


def section(kind: EntityKind) -> str:
    """The key of ``permalinks.json`` under which the ids of a kind stand.

    >>> section("event")
    'events'
    """
    return f"{kind}s"


def read_entities(folder: Path) -> dict[EntityId, Entity]:
    """The registered ids of names and events; none if there is no registry, or it has none."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        data = json.loads(read_text(path))
        return {
            (kind, id_): _entity(kind, id_, entry)
            for kind in ENTITY_KINDS
            for id_, entry in data.get(section(kind), {}).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f"is no registry ({error}): restore the last one that was committed; only `register` writes it"
        raise CorpusError(Place(path.as_posix(), line), "REGISTRY", message) from None


def _entity(kind: EntityKind, id_: str, entry: Mapping[str, Any]) -> Entity:
    """An entry of the registry. Raises ValueError, or what comes of a value of another kind."""
    history = tuple((release, what) for release, what in entry["history"])
    found = Entity(kind, id_, entry["state"], tuple(entry.get("to", ())), history)
    if not all(isinstance(word, str) for word in (*found.to, *(word for pair in history for word in pair))):
        raise TypeError(f"{id_}: words are strings")
    if found.state not in REGISTERED_STATES:
        raise ValueError(f"{id_}: state {found.state}")
    return found


def serialise(entities: Mapping[EntityId, Entity]) -> str:
    """The sections as they stand in ``permalinks.json`` after the passages, one id a line; empty if there are none.

    >>> print(serialise({("name", "quanpo"): Entity("name", "quanpo", history=(("0.1.0", "registered"),))}))
    ,
    "names": {
    "quanpo": {"state": "live", "history": [["0.1.0", "registered"]]}
    }
    """
    sections = []
    for kind in ENTITY_KINDS:
        lines = []
        for entity in (entity for entity in entities.values() if entity.kind == kind):
            data: dict[str, object] = {"state": entity.state}
            if entity.to:
                data["to"] = list(entity.to)
            data["history"] = [list(item) for item in entity.history]
            lines.append(f"{json.dumps(entity.id)}: {json.dumps(data, ensure_ascii=False)}")
        if lines:
            sections.append(f",\n{json.dumps(section(kind))}: {{\n" + ",\n".join(lines) + "\n}")
    return "".join(sections)


def read_retired_entities(folder: Path) -> tuple[RetiredEntity, ...]:
    """The names and events that an editor retires in ``retired.yaml``."""
    return tuple(entry for entry in read_list(folder / "retired.yaml", _retired, "retired id") if entry)


def kind_of(record: Record) -> EntityKind | None:
    """Whether an entry of ``retired.yaml`` is of a name or an event; None if it is of a passage."""
    return next((kind for kind in ENTITY_KINDS if record.get(kind)), None)


def _retired(record: Record) -> RetiredEntity | None:
    kind = kind_of(record)
    if kind is None:
        return None
    state = record.choice("state", RETIRED_STATES)
    to = record.texts("to")
    if bool(to) == (state == "withdrawn"):
        message = "to: names where it is now; only what is withdrawn has none"
        raise CorpusError(record.place_of("to"), "FIELD", message)
    return record.done(RetiredEntity(kind, record.text(kind), state, to, record.text("reason"), record.place))
