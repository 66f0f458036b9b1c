"""The JSON Schemas of the JSON files and the data dictionary, both generated from ``templates/data/schemas.yaml``.

The dictionary also has the columns of the tables (`edition.publish.downloads.tables`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from edition.model.kinds import (
    BASES,
    CERTAINTIES,
    DISPLACED_KINDS,
    ECLIPSE_TYPES,
    ENTRY_KINDS,
    NAME_KINDS,
    NOTE_KINDS,
    PRECISIONS,
    SOURCE_KINDS,
)
from edition.model.scripts import SCRIPTS
from edition.paths import TEMPLATES
from edition.read.yaml_values import plain, read_yaml

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PASSAGE = r"[a-z][a-z0-9]*\.[1-9]\d*\.(0|[a-z]+[1-9]\d*)\.(0|r?(1[0-2]|[1-9])|q[1-4])\.[1-9]\d*[a-z]?"
PHRASE: dict[str, Any] = {"type": "string"}
#: The closed sets that the YAML files name.
SETS: Mapping[str, tuple[str, ...]] = {
    "basis": BASES,
    "certainty": CERTAINTIES,
    "displaced": DISPLACED_KINDS,
    "eclipse": ECLIPSE_TYPES,
    "entry": ENTRY_KINDS,
    "name": NAME_KINDS,
    "note": NOTE_KINDS,
    "precision": PRECISIONS,
    "source": SOURCE_KINDS,
}
TYPES: Mapping[str, dict[str, Any]] = {
    "text": PHRASE,
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "number": {"type": ["integer", "string"], "pattern": r"^[1-9]\d*[a-z]$"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "script": {"enum": list(SCRIPTS)},
    "passage": {"type": "string", "pattern": f"^{PASSAGE}$"},
    "sentence": {"type": "string", "pattern": rf"^{PASSAGE}\.[1-9]\d*[a-z]?$"},
    "url": {"type": "string", "pattern": r"^/([^/?#\s]+/)*(#[A-Za-z0-9.-]+)?$"},
    "pair": {
        "type": "object",
        "properties": {"hant": PHRASE, "hans": PHRASE},
        "required": ["hant", "hans"],
        "additionalProperties": False,
    },
    "titles": {
        "type": "object",
        "properties": {"hant": PHRASE, "hans": PHRASE, "en": PHRASE},
        "required": ["hant", "hans", "en"],
        "additionalProperties": False,
    },
    "difference": {
        "type": "object",
        "properties": {"what": PHRASE},
        "required": ["what"],
        "additionalProperties": PHRASE,
    },
}
#: What the description of a `pair` says of its parts.
IN_SCRIPT = {"hant": "In Traditional characters.", "hans": "In Simplified characters."}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a JSON file or a column of a table, as the dictionary describes it."""

    name: str
    """With the names of the fields around it: ``names.occurrences.form``."""
    type: str
    """A key of `TYPES`, or what the field holds: ``list of passage``, ``object``."""
    description: str


def of_file(name: str) -> dict[str, Any]:
    """A YAML file of ``templates/data/``, which is one of this repository."""
    return cast("dict[str, Any]", plain(read_yaml(TEMPLATES / "data" / name)))


@cache
def source() -> dict[str, Any]:
    """The description of each JSON file, by name."""
    return of_file("schemas.yaml")


def file_name(name: str) -> str:
    """The name of a JSON file below ``data/``.

    >>> file_name("names"), file_name("places")
    ('names.json', 'places.geojson')
    """
    return str(source()[name].get("file", f"{name}.json"))


def files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every schema."""
    for name, described in source().items():
        schema = {"$schema": DIALECT, "title": file_name(name), **_schema(described)}
        yield f"data/schema/{name}.schema.json", (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _schema(value) for name, value in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _items(inner: str | Mapping[str, Any]) -> dict[str, Any]:
    return _object(inner) if isinstance(inner, Mapping) else dict(TYPES[inner])


def _type(kind: str) -> dict[str, Any]:
    if kind.endswith("?"):
        return {"anyOf": [dict(TYPES[kind[:-1]]), {"type": "null"}]}
    return dict(TYPES[kind])


#: The keyword of ``schemas.yaml`` that says what a field holds → the function that returns its schema.
MAKERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "fields": _object,
    "each": lambda fields: {"type": "object", "additionalProperties": _object(fields)},
    "list": lambda inner: {"type": "array", "items": _items(inner)},
    "lists": lambda kind: {"type": "object", "additionalProperties": {"type": "array", "items": _type(kind)}},
    "map": lambda kind: {"type": "object", "additionalProperties": _type(kind)},
    "maybe": lambda fields: {"anyOf": [_object(fields), {"type": "null"}]},
    "enum": lambda name: {"enum": list(SETS[name])},
    "type": _type,
}


def _schema(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of one field."""
    return {"description": described["description"], **MAKERS[_keyword(described)](described[_keyword(described)])}


def _keyword(described: Mapping[str, Any]) -> str:
    return next(name for name in MAKERS if name in described)


def field(path: str) -> dict[str, Any]:
    """What ``schemas.yaml`` says of a field, by the names of the file and of the fields around it.

    Within ``maybe`` everything may be null. Raises KeyError for a path that leads nowhere.

    >>> field("names.names.where.lat")["type"], field("events.events.title.hans")["description"]
    ('decimal?', 'Title. In Simplified characters.')
    """
    name, *rest = path.split(".")
    described: dict[str, Any] = source()[name]
    null = False
    for part in rest:
        if described.get("type") == "pair":
            described = {"type": "text", "description": f"{described['description']} {IN_SCRIPT[part]}"}
            continue
        null = null or "maybe" in described
        described = described[_keyword(described)][part]
    kind = described.get("type", "text")
    return described | {"type": f"{kind}?" if null and not kind.endswith("?") else kind}


def fields(name: str) -> Iterator[Field]:
    """Yield every field of a JSON file, each before the fields in it."""
    yield from _fields(source()[name]["fields"], "")


def _fields(fields: Mapping[str, Any], before: str) -> Iterator[Field]:
    for name, described in fields.items():
        keyword = _keyword(described)
        inner = described[keyword]
        nested = isinstance(inner, dict)
        kind = "object" if nested else inner
        held = {"list": f"list of {kind}", "lists": f"lists of {kind} by key", "map": f"{kind} by key"}
        held |= {"each": "object by key", "maybe": "object?", "enum": f"one of {', '.join(SETS.get(str(kind), ()))}"}
        yield Field(before + name, held.get(keyword, str(kind)), described["description"])
        if nested:
            yield from _fields(inner, f"{before}{name}.")
