"""Distributed Text Services 1.0, level 0, as static files, for programs that read the texts piece by piece.

A static host answers by path and not by query, so the URI templates put every parameter into the path. Each request
that the specification allows at this level has its file: ``navigation/jinshi;down=1/jinshi.2.json`` are the units one
level below juan 2. What it answers with an error is absent, and the host answers 404. ``start`` and ``end`` belong to
level 1; there is one citation tree and one media type, and nothing is long enough for pages.

Source of the rules: https://dtsapi.org/specifications/versions/v1.0
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from edition.model.texts import Passage, Work
from edition.publish.downloads.tei.elements import NAMESPACE as TEI
from edition.publish.downloads.tei.elements import XML_ID, XML_LANG, Element
from edition.publish.views.viewer import Viewer
from edition.rules.numerals import write

CONTEXT = {"@context": "https://dtsapi.org/context/v1.0.json", "dtsVersion": "1.0"}
#: Of the element around a fragment, as the specification of the Document endpoint has it.
NAMESPACE = "https://w3id.org/api/dts#"
LEVELS = ("juan", "year", "month", "passage")
#: The id of the collection: no work can have it, since the slug of a work has no hyphen.
ROOT = "all-works"
#: What the variable ``down`` of the template may be; without it, only the unit itself is described.
DOWN = (-1, *range(len(LEVELS) + 1))
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'([\w:]+)="([^"]*)"')
#: Attributes of ``citeStructure`` that hold XPath, which looks like a path.
_XPATH = ("match", "use")
#: A link to another file of ``data/tei/`` or to a page, relative to that folder.
_RELATIVE = re.compile(r"\.\./|[\w-]+\.xml(?=#|$)")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable unit of a work: a juan, a year, a month or a passage."""

    id: str
    level: int
    """1 … 4."""
    parent: str | None
    title: str


def files(viewer: Viewer, documents: Mapping[str, bytes], site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every file in ``dts/``.

    ``viewer`` is the Traditional one; ``documents``: work slug → its TEI document.
    """
    root = f"{site_url or '/'}dts/"
    templates = {
        "collection": f"{root}collection{{/id}}{{;nav}}.json",
        "navigation": f"{root}navigation/{{resource}}{{;tree}}{{;down}}{{/ref}}.json",
        "document": f"{root}document/{{resource}}{{/ref}}.xml",
    }
    yield "dts/index.json", _json({"@id": f"{root}index.json", "@type": "EntryPoint"} | templates)
    resources = [_resource(viewer, work, root) for work in viewer.edition.works.values()]
    yield from _collections(viewer, root, resources)
    for work, resource in zip(viewer.edition.works.values(), resources, strict=True):
        units = tuple(_units(viewer, work, [p for p in viewer.edition.passages.values() if p.work == work.slug]))
        yield from _navigation(work.slug, units, root, resource)
        yield f"dts/document/{work.slug}.xml", _whole(documents[work.slug])
        yield from _fragments(work.slug, units, documents[work.slug])


def _json(data: Json) -> bytes:
    return (json.dumps(CONTEXT | data, ensure_ascii=False, indent=1) + "\n").encode()


def _collections(viewer: Viewer, root: str, resources: Sequence[Json]) -> Iterator[tuple[str, bytes]]:
    """Yield the collection, which is also what a request without an id asks for, and each work in it."""
    about = viewer.edition.corpus.about
    collection = {
        "@id": ROOT,
        "@type": "Collection",
        "title": about.title.hant,
        "description": about.description.hant,
        "totalParents": 0,
        "totalChildren": len(resources),
        "collection": f"{root}collection/{ROOT}{{;nav}}.json",
        "dublinCore": {
            "title": _named(**{"zh-Hant": about.title.hant, "zh-Hans": about.title.hans, "en": about.subtitle}),
            **({"license": [about.licence_url]} if about.licence_url else {}),
        },
    }
    for before in ("dts/collection", f"dts/collection/{ROOT}"):
        for nav in ("", ";nav=children"):
            yield f"{before}{nav}.json", _json(collection | {"member": resources})
        yield f"{before};nav=parents.json", _json(collection | {"member": []})
    for resource in resources:
        path = f"dts/collection/{resource['@id']}"
        yield f"{path}.json", _json(resource)
        yield f"{path};nav=children.json", _json(resource | {"member": []})
        yield f"{path};nav=parents.json", _json(resource | {"member": [collection]})


def _resource(viewer: Viewer, work: Work, root: str) -> Json:
    """Return a work as a member of the collection."""
    structure: list[Json] = []
    for level in reversed(LEVELS):
        structure = [
            {"@type": "CiteStructure", "citeType": level} | ({"citeStructure": structure} if structure else {})
        ]
    about = work.about
    names = {"zh-Hant": work.title.hant, "zh-Hans": work.title.hans, "zh-Latn": about.latin_title}
    authors = {"zh-Hant": about.author.hant, "zh-Hans": about.author.hans, "en": viewer.convert(about.latin_author)}
    return {
        "@id": work.slug,
        "@type": "Resource",
        "title": work.title.hant,
        "totalParents": 1,
        "totalChildren": 0,
        "collection": f"{root}collection/{work.slug}{{;nav}}.json",
        "navigation": f"{root}navigation/{work.slug}{{;tree}}{{;down}}{{/ref}}.json",
        "document": f"{root}document/{work.slug}{{/ref}}.xml",
        "download": [f"{root}document/{work.slug}.xml"],
        "mediaTypes": ["application/tei+xml"],
        "citationTrees": [{"@type": "CitationTree", "citeStructure": structure}],
        "dublinCore": {"title": _named(**names), "language": ["lzh"]}
        | ({"creator": _named(**authors)} if about.author.hant else {}),
    }


def _named(**names: str) -> list[Json]:
    return [{"lang": language, "value": name} for language, name in names.items() if name]


def _units(
    viewer: Viewer, work: Work, passages: Sequence[Passage], level: int = 1, parent: str | None = None
) -> Iterator[Unit]:
    """Yield the citable units of a work in the order of the text, each before its children.

    A month that the text enters again is listed once, where it is entered first.
    """
    seen: set[str] = set()
    for id_, group in groupby(passages, lambda p: ".".join(p.id.split(".")[: level + 1])):
        if id_ in seen:
            continue
        seen.add(id_)
        yield Unit(id_, level, parent, _title(viewer, work, next(group), level))
        if level < len(LEVELS):
            own = [p for p in passages if p.id.startswith(f"{id_}.")]
            yield from _units(viewer, work, own, level + 1, id_)


def _title(viewer: Viewer, work: Work, passage: Passage, level: int) -> str:
    if level == 1:
        chapter = next(juan.chapter.hant for juan in work.juans if juan.number == passage.juan)
        return " ".join(filter(None, (viewer.t["juan_n"].format(n=write(passage.juan)), chapter)))
    label, when = viewer.label(passage), viewer.when(passage)
    return (label + when if level > 2 else label) or viewer.t["preface"]


def _navigation(slug: str, units: Sequence[Unit], root: str, resource: Json) -> Iterator[tuple[str, bytes]]:
    """Yield every answer of the Navigation endpoint: each unit with each ``down``, and the whole work.

    There are seven for each unit, which repeat the description of the work, so its JSON is made once.
    """
    shared = json.dumps(CONTEXT | {"@type": "Navigation", "resource": resource}, ensure_ascii=False)[:-1]
    described = {unit.id: json.dumps(_described(unit), ensure_ascii=False) for unit in units}

    def answer(down: int | None, ref: Unit | None, members: Iterable[Unit]) -> tuple[str, bytes]:
        path = f"navigation/{slug}" + ("" if down is None else f";down={down}") + (f"/{ref.id}" if ref else "")
        text = f'{shared},\n"@id": {json.dumps(f"{root}{path}.json")}'
        text += f',\n"ref": {described[ref.id]}' if ref else ""
        if down is not None:
            text += ',\n"member": [\n' + ",\n".join(described[unit.id] for unit in members) + "\n]"
        return f"dts/{path}.json", f"{text}}}\n".encode()

    for down in DOWN:
        if down:
            yield answer(down, None, (unit for unit in units if down < 0 or unit.level <= down))
    for at, unit in enumerate(units):
        end = next((n for n in range(at + 1, len(units)) if units[n].level <= unit.level), len(units))
        yield answer(None, unit, ())
        yield answer(0, unit, (u for u in units if u.parent == unit.parent))
        for down in filter(None, DOWN):
            yield answer(down, unit, (u for u in units[at:end] if down < 0 or u.level <= unit.level + down))


def _described(unit: Unit) -> Json:
    return {
        "@type": "CitableUnit",
        "identifier": unit.id,
        "level": unit.level,
        "parent": unit.parent,
        "citeType": LEVELS[unit.level - 1],
        "dublinCore": {"title": [{"lang": "zh-Hant", "value": unit.title}]},
    }


def _whole(document: bytes) -> bytes:
    """A document of ``data/tei/`` with its links as they are seen from ``dts/document/``."""
    return _relinked(document.decode(), "../../data/tei/", "", frozenset()).encode()


def _fragments(slug: str, units: Sequence[Unit], document: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each unit of a TEI document as a document of its own.

    What it points at stands in it, or in the whole document, to which the pointer then leads.
    """
    root = ET.fromstring(document)  # noqa: S314 (we wrote it a moment ago)
    parts: dict[str, list[Element]] = {}
    for node in root.iter():
        # A month that is entered again is a second element, which points at the first.
        if id_ := node.get(XML_ID) or node.get("corresp", "").removeprefix("#"):
            parts.setdefault(id_, []).append(node)
    language = quoteattr(root.attrib[XML_LANG])
    head = f'<TEI xmlns="{TEI}" xml:lang={language}><dts:wrapper xmlns:dts="{NAMESPACE}">'
    for unit in units:
        text = "".join(ET.tostring(node, encoding="unicode").rstrip() for node in parts[unit.id])
        text = text.replace(f' xmlns="{TEI}"', "")
        ids = frozenset(re.findall(r'(?<=xml:id=")[^"]*', "".join(_TAG.findall(text))))
        content = head + _relinked(text, "../../../data/tei/", f"../{slug}.xml", ids) + "</dts:wrapper></TEI>\n"
        yield f"dts/document/{slug}/{unit.id}.xml", content.encode()


def _relinked(xml: str, folder: str, whole: str, ids: frozenset[str]) -> str:
    """XML with the pointers of all attributes as they are seen from another folder.

    ``folder``: the path to that for which they were written; ``whole``: to the document that has every id, if it is
    another; ``ids``: those that are here.
    """

    def pointer(token: str) -> str:
        if token.startswith("#"):
            return token if token[1:] in ids or not whole else whole + token
        return _shortened(folder + token) if _RELATIVE.match(token) else token

    def value(match: re.Match[str]) -> str:
        name, text = match.groups()
        if name in _XPATH or not ("#" in text or "../" in text or ".xml" in text):
            return match[0]
        return '{}="{}"'.format(name, " ".join(map(pointer, text.split(" "))))

    return _TAG.sub(lambda match: _VALUE.sub(value, match[0]), xml)


def _shortened(path: str) -> str:
    """A relative path without a folder that it leaves at once.

    >>> _shortened("../../data/tei/../../year/1122/")
    '../../year/1122/'
    """
    shorter = re.sub(r"(?<=/)(?!\.\.)[^/]+/\.\./", "", path)
    return path if shorter == path else _shortened(shorter)
