"""Distributed Text Services 1.0 as static files, for programs that read the texts piece by piece.

A static host answers by path and not by query, so the URI templates have paths: ``/dts/document/jinshi/{ref}.xml``.
There are the entry point, the collection, the navigation of each work down to passages, and documents of works and
passages. What needs a server is absent: ``start`` and ``end``, ``down``, pagination, other trees and media types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from edition.edition import Edition
from edition.model.texts import Passage, Work
from edition.publish.downloads.tei.elements import XML_ID, XML_LANG, Element, element, serialize, tag

CONTEXT = {"@context": "https://dtsapi.org/context/v1.0.json", "dtsVersion": "1.0"}
NAMESPACE = "https://dtsapi.org/v1.0#"
LEVELS = ("juan", "year", "month", "passage")
#: The attributes in a passage that point at elements outside it, in the document of its work.
POINTERS = ("ref", "resp", "calendar", "datingMethod")

ET.register_namespace("dts", NAMESPACE)


def files(edition: Edition, documents: Mapping[str, bytes], site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every file in ``dts/``. ``documents``: work slug → its TEI document."""
    root = f"{site_url or '/'}dts/"
    templates = {
        "collection": f"{root}collection{{/id}}/index.json",
        "navigation": f"{root}navigation/{{resource}}.json",
        "document": f"{root}document/{{resource}}{{/ref}}.xml",
    }
    yield "dts/index.json", _json(CONTEXT | {"@id": f"{root}index.json", "@type": "EntryPoint"} | templates)
    about = edition.corpus.about
    resources = [_resource(work, root) for work in edition.works.values()]
    collection = {
        "@id": "collection",
        "@type": "Collection",
        "title": about.title.hant,
        "description": about.description.hant,
        "totalParents": 0,
        "totalChildren": len(resources),
        "collection": templates["collection"],
        "member": resources,
    }
    yield "dts/collection/index.json", _json(CONTEXT | collection)
    for work, resource in zip(edition.works.values(), resources, strict=True):
        passages = [p for p in edition.passages.values() if p.work == work.slug]
        yield f"dts/collection/{work.slug}/index.json", _json(CONTEXT | resource)
        navigation = {"@id": f"{root}navigation/{work.slug}.json", "@type": "Navigation", "resource": resource}
        yield f"dts/navigation/{work.slug}.json", _json(CONTEXT | navigation | {"member": list(_units(passages))})
        yield f"dts/document/{work.slug}.xml", _whole(documents[work.slug])
        for id_, fragment in _fragments(work, documents[work.slug]):
            yield f"dts/document/{work.slug}/{id_}.xml", fragment


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(work: Work, root: str) -> dict[str, Any]:
    """Return a work as a member of the collection."""
    structure: list[dict[str, Any]] = []
    for level in reversed(LEVELS):
        structure = [
            {"@type": "CiteStructure", "citeType": level} | ({"citeStructure": structure} if structure else {})
        ]
    return {
        "@id": work.slug,
        "@type": "Resource",
        "title": work.title.hant,
        "totalParents": 1,
        "totalChildren": 0,
        "collection": f"{root}collection/{work.slug}/index.json",
        "navigation": f"{root}navigation/{work.slug}.json",
        "document": f"{root}document/{work.slug}{{/ref}}.xml",
        "download": [f"{root}document/{work.slug}.xml"],
        "mediaTypes": ["application/tei+xml"],
        "citationTrees": [{"@type": "CitationTree", "citeStructure": structure}],
    }


def _units(passages: list[Passage], level: int = 1, parent: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the citable units of a work in the order of the text, each before its children.

    A month that the text enters again is listed once, where it is entered first.
    """
    seen: set[str] = set()
    for id_, _ in groupby(passages, lambda p: ".".join(p.id.split(".")[: level + 1])):
        if id_ in seen:
            continue
        seen.add(id_)
        yield {
            "@type": "CitableUnit",
            "identifier": id_,
            "level": level,
            "parent": parent,
            "citeType": LEVELS[level - 1],
        }
        if level < len(LEVELS):
            own = [p for p in passages if p.id.startswith(f"{id_}.")]
            yield from _units(own, level + 1, id_)


def _whole(document: bytes) -> bytes:
    """Return a TEI document with its links to the other ones as from ``dts/document/``."""
    return re.sub(rb'="([a-z0-9]+(?:\.han[st])?\.xml#)', rb'="../../data/tei/\1', document)


def _fragments(work: Work, document: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each passage of a TEI document by its id, as a document of its own that points into the whole one."""
    root = ET.fromstring(document)  # noqa: S314 (we wrote it a moment ago)
    for passage in root.iter(tag("ab")):
        for node in passage.iter():
            for name in POINTERS:
                if pointer := node.get(name):
                    base = f"../{work.slug}.xml" if pointer.startswith("#") else "../../../data/tei/"
                    node.set(name, base + pointer)
        wrapper = Element(f"{{{NAMESPACE}}}wrapper")
        wrapper.append(passage)
        yield passage.attrib[XML_ID], serialize(element("TEI", {XML_LANG: root.attrib[XML_LANG]}, wrapper))
