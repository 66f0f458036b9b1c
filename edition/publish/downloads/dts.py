"""Distributed Text Services 1.0 from files: what a program asks for that reads the texts piece by piece.

A static host answers by path and not by query, so the URI templates have paths: ``/dts/document/jinshi/{ref}.xml``.
There is the entry, the collection, the navigation of a work down to passages, and documents of works and of passages.
Left out is what needs a program at the other end: ``start`` and ``end``, ``down``, pages, other trees and media types.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from edition.edition import Edition
from edition.model.texts import Passage, Work
from edition.publish.downloads import tei

CONTEXT = {"@context": "https://dtsapi.org/context/v1.0.json", "dtsVersion": "1.0"}
NAMESPACE = "https://dtsapi.org/v1.0#"
LEVELS = ("juan", "year", "month", "passage")


def files(edition: Edition, documents: dict[str, bytes], site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file below ``dts/``. ``documents`` are the works in TEI: slug → file."""
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
        yield f"dts/document/{work.slug}.xml", documents[work.slug]
        for passage in passages:
            yield f"dts/document/{work.slug}/{passage.id}.xml", _fragment(edition, passage).encode()


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(work: Work, root: str) -> dict[str, Any]:
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
    """The citable units of a work in order of the text; a month that is entered again stands once, where it begins."""
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


def _fragment(edition: Edition, passage: Passage) -> str:
    """A passage as a document of its own; names are in the document of the work."""
    work = edition.works[passage.work]
    content = tei.ab(edition, passage).replace(' ref="#', f' ref="../{work.slug}.xml#')
    head = tei.HEAD.format(language=tei.LANGUAGES[work.script])
    return f'{head}<dts:wrapper xmlns:dts="{NAMESPACE}">\n{content}</dts:wrapper>\n</TEI>\n'
