"""The JSON Schemas of the JSON files and the data dictionary, both generated from ``templates/data/schemas.yaml``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from edition.model.kinds import BASES, CERTAINTIES, ECLIPSE_TYPES, NAME_KINDS, PRECISIONS, SOURCE_KINDS
from edition.model.scripts import SCRIPTS
from edition.paths import TEMPLATES
from edition.read.yaml_values import plain, read_yaml

SOURCE = TEMPLATES / "data" / "schemas.yaml"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PASSAGE = r"[a-z][a-z0-9]*\.[1-9]\d*\.(0|[a-z]+[1-9]\d*)\.(0|r?(1[0-2]|[1-9])|q[1-4])\.[1-9]\d*[a-z]?"
PHRASE: dict[str, Any] = {"type": "string"}
#: The closed sets that ``schemas.yaml`` names.
SETS: Mapping[str, tuple[str, ...]] = {
    "basis": BASES,
    "certainty": CERTAINTIES,
    "eclipse": ECLIPSE_TYPES,
    "name": NAME_KINDS,
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
    "url": {"type": "string", "pattern": r"^/([a-z0-9-]+/)*(#[a-z0-9-]+)?$"},
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


@cache
def source() -> dict[str, Any]:
    """Return the content of ``schemas.yaml``: name of a JSON file → its description and fields."""
    return cast("dict[str, Any]", plain(read_yaml(SOURCE)))


def files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every schema."""
    for name, described in source().items():
        schema = {"$schema": DIALECT, "title": f"{name}.json", **_schema(described)}
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
    name = next(name for name in MAKERS if name in described)
    return {"description": described["description"], **MAKERS[name](described[name])}


def dictionary() -> str:
    """Return the data dictionary: a line for each field of each file."""
    lines: list[str] = []
    for name, described in source().items():
        lines += ["", f"{name}.json: {described['description']}", *_lines(described["fields"], "")]
    return "\n".join(lines).strip() + "\n"


def _lines(fields: Mapping[str, Any], before: str) -> Iterator[str]:
    for name, described in fields.items():
        yield f"  {before}{name}: {described['description']}"
        inner = next((found for kind in ("fields", "maybe", "each", "list") if (found := described.get(kind))), None)
        if isinstance(inner, dict):
            yield from _lines(inner, f"{before}{name}.")
