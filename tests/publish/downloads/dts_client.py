"""A client of Distributed Text Services, written from the specification and from nothing else.

It knows the address of the entry point. Every other address comes from a URI template of an answer, expanded with the
parameters that https://dtsapi.org/specifications/versions/v1.0 defines. An answer is checked against the tables of the
specification before it is returned: fields that are required, their types, and the media type of their values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from uritemplate import URITemplate

Json = dict[str, Any]
CONTEXT = "https://dtsapi.org/context/v1.0.json"
#: The elements of the Document endpoint.
TEI, WRAPPER = "{http://www.tei-c.org/ns/1.0}TEI", "{https://w3id.org/api/dts#}wrapper"
#: Fields of each object: name → type, and whether it is required.
COLLECTION = {
    "@id": (str, True),
    "@type": (str, True),
    "title": (str, True),
    "totalParents": (int, True),
    "totalChildren": (int, True),
    "description": (str, False),
    "member": (list, False),
    "dublinCore": (dict, False),
    "collection": (str, True),
    "download": ((str, list, dict), False),
    "citationTrees": (list, False),
}
RESOURCE = COLLECTION | {
    "navigation": (str, True),
    "document": (str, True),
    "citationTrees": (list, True),
    "mediaTypes": (list, False),
}
UNIT = {
    "identifier": (str, True),
    "@type": (str, True),
    "level": (int, True),
    "parent": ((str, type(None)), True),
    "citeType": (str, False),
    "dublinCore": (dict, False),
}


class NotFoundError(Exception):
    """The server answered 404."""


def complete(found: Json, fields: dict[str, Any]) -> Json:
    """Return an object if it has every required field, and no field of another type or name."""
    for name, (kind, required) in fields.items():
        assert name in found or not required, (name, found)
        assert name not in found or isinstance(found[name], kind), (name, found)
    assert set(found) <= set(fields) | {"@context", "dtsVersion"}, set(found) - set(fields)
    for values in found.get("dublinCore", {}).values():  # MetadataObject
        assert isinstance(values, list)
        assert all(isinstance(value, str) or set(value) == {"lang", "value"} for value in values)
    return found


class Client:
    """Walks through the texts of one server."""

    def __init__(self, entry: str, get: Callable[[str], bytes]) -> None:
        """``get`` returns what is at an address, or raises NotFoundError."""
        self._get = get
        self.entry = self._json(entry)
        assert self.entry["@id"] == entry
        assert self.entry["@type"] == "EntryPoint"
        assert set(self.entry) == {"@context", "dtsVersion", "@id", "@type", "collection", "navigation", "document"}

    def _json(self, address: str) -> Json:
        found: Json = json.loads(self._get(address))
        assert (found["@context"], found["dtsVersion"]) == (CONTEXT, "1.0")
        return found

    def collection(self, id: str = "", nav: str = "", template: str = "") -> Json:  # noqa: A002 (its name there)
        """What the Collection endpoint says of an id, or of the root."""
        values: Json = {name: value for name, value in (("id", id), ("nav", nav)) if value}
        found = self._json(URITemplate(template or self.entry["collection"]).expand(**values))
        members = found.get("member", [])
        for item in (found, *members):
            complete(item, {"Collection": COLLECTION, "Resource": RESOURCE}[item["@type"]])
        if nav != "parents" and "member" in found:
            assert found["totalChildren"] == len(members)
        if nav == "parents":
            assert found["totalParents"] == len(members)
        if id:
            assert found["@id"] == id
        return found

    def navigation(self, resource: str, template: str = "", **query: int | str) -> Json:
        """What the Navigation endpoint says of a resource: ``ref``, ``down``, ``tree``."""
        address = URITemplate(template or self.entry["navigation"]).expand(
            {"resource": resource, **{k: str(v) for k, v in query.items()}}
        )
        found = self._json(address)
        assert found["@id"] == address
        assert found["@type"] == "Navigation"
        assert complete(found["resource"], RESOURCE)["@id"] == resource
        assert ("ref" in found) == ("ref" in query)
        assert ("member" in found) == ("down" in query)
        for unit in [*found.get("member", ()), *([found["ref"]] if "ref" in found else ())]:
            assert complete(unit, UNIT)["@type"] == "CitableUnit"
        return found

    def document(self, resource: str, ref: str = "", template: str = "") -> Any:  # noqa: ANN401 (lxml)
        """The root of a document; of a fragment the element around it."""
        query: Json = {"ref": ref} if ref else {}
        root = etree.fromstring(
            self._get(URITemplate(template or self.entry["document"]).expand(resource=resource, **query))
        )
        assert root.tag == TEI
        return root if not ref else next(root.iter(WRAPPER))


def structure(trees: list[Json]) -> Iterator[tuple[str, ...]]:
    """Yield the cite types from the root down to each level of the first citation tree."""

    def walk(node: Json, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for inner in node.get("citeStructure", ()):
            yield (*above, inner["citeType"])
            yield from walk(inner, (*above, inner["citeType"]))

    assert "identifier" not in trees[0]
    yield from walk(trees[0], ())
