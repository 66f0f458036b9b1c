"""What repositories of research data read: a data package (Frictionless) and a research object (RO-Crate).

Both describe the files beside them, in ``data/`` as in the archive. A description of the source code for Zenodo and
CodeMeta is in the folder of the project, where these look for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from edition.edition import Edition
from edition.publish.cite.linked import Linked
from edition.publish.downloads import schemas
from edition.publish.downloads.dictionary import entries
from edition.publish.downloads.formats import media_type
from edition.publish.downloads.tables import Column, Described, Table, described

#: Types of Table Schema by the type of a column; all others are strings. A Julian date is a string, too: as a date it
#: would be read as a Gregorian one, seven days off in the twelfth century.
TYPES = {"integer": "integer", "boolean": "boolean", "decimal": "number"}
CRATE = "https://w3id.org/ro/crate/1.1"


def files(
    edition: Edition, linked: Linked, tables: Iterable[Table], made: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of both descriptions. ``made``: path → content of every file described."""
    yield "data/datapackage.json", serialize(_package(edition, linked, tables, made))
    yield "data/ro-crate-metadata.json", serialize(_crate(edition, linked, made))


def serialize(data: object) -> bytes:
    """A value as JSON, a field a line."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _package(edition: Edition, linked: Linked, tables: Iterable[Table], made: Mapping[str, bytes]) -> dict[str, Any]:
    about = edition.corpus.about
    licence = {"path": about.licence_url, "title": about.licence}
    package = {
        "profile": "data-package",
        "name": "annals",
        "title": linked.title,
        "description": about.description.hant,
        "version": about.release,
        "created": f"{about.released}T00:00:00Z" if about.released else "",
        "homepage": linked.site_url,
        "licenses": [licence] if about.licence_url else [],
        "contributors": [{"title": name, "role": "author"} for name in about.editors],
        "resources": [_resource(table.described, made[f"data/{table.described.name}.csv"]) for table in tables],
    }
    return {name: value for name, value in package.items() if value}


def _resource(table: Described, content: bytes) -> dict[str, Any]:
    keys = {"primaryKey": list(table.key)} if table.key else {}
    keys_of = {found.name: found.key for found in described()}
    foreign = [
        {
            "fields": [column],
            "reference": {"resource": "" if other == table.name else other, "fields": list(keys_of[other])},
        }
        for column, other in table.refers.items()
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column, key=column.name in table.key) for column in table.columns],
            "missingValues": [""],
            **keys,
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _field(column: Column, *, key: bool) -> dict[str, Any]:
    """A column in the words of Table Schema. An empty cell is a missing value: only keys and numbers are required."""
    kind = TYPES.get(column.type, "string")
    limits: dict[str, Any] = {}
    if not column.null and (key or kind != "string" or column.members):
        limits["required"] = True
    if column.members:
        limits["enum"] = list(column.members)
    elif pattern := schemas.TYPES[column.type].get("pattern"):
        limits["pattern"] = pattern.strip("^$")
    field = {"name": column.name, "type": kind, "description": column.description}
    return field | ({"constraints": limits} if limits else {})


def _crate(edition: Edition, linked: Linked, made: Mapping[str, bytes]) -> dict[str, Any]:
    about = edition.corpus.about
    said = {entry.name: entry.description for entry in entries()}
    paths = {path: path.removeprefix("data/") for path in made}
    parts = [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "description": said.get(name, ""),
            "encodingFormat": media_type(path),
            "contentSize": str(len(made[path])),
        }
        for path, name in paths.items()
    ]
    editors = [
        {"@id": f"#editors-{n}", "@type": "Organization", "name": name, "url": linked.site_url}
        for n, name in enumerate(about.editors, 1)
    ]
    licence = {"@id": about.licence_url, "@type": "CreativeWork", "name": about.licence}
    own = {"@context", "@id", "creator", "license"}
    root = {name: value for name, value in linked.dataset().items() if name not in own} | {
        "@id": "./",
        "description": ". ".join(filter(None, (about.subtitle, about.description.hant))),
        "license": licence if about.licence_url else "",
        "author": editors,
        "publisher": editors[:1],
        "hasPart": parts,
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE},
        "about": {"@id": "./"},
    }
    return {"@context": f"{CRATE}/context", "@graph": [descriptor, *_flattened(root)]}


def _flattened(root: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an entity and the entities in it, each once, with references by ``@id`` as RO-Crate wants them."""
    found: dict[str, dict[str, Any]] = {}

    def reference(value: object) -> object:
        if isinstance(value, list):
            return reference(value[0]) if len(value) == 1 else [reference(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        id_ = value.get("@id") or f"#{value['@type'].lower()}-{len(found)}"
        if id_ not in found:
            found[id_] = {"@id": id_}
            found[id_] |= {name: reference(item) for name, item in value.items() if item and name != "@id"}
        return {"@id": id_}

    reference(root)
    yield from found.values()
