"""Linked data: every kind of page has JSON-LD that expands, in the words of schema.org, with ids that are pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from edition.publish.cite.linked import TYPES
from edition.publish.views import identities
from edition.rules import sexagenary
from tests.publish.downloads.conftest import URL, Built, each, least, real, signs

__all__ = ["each", "least", "real", "signs"]  # fixtures

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
VOCABULARY = "https://schema.org/"
#: What schema.org says of the terms that are used: those whose value is the id of something.
IDS = ("url", "sameAs", "license", "contentUrl", "inDefinedTermSet")
THING = {
    "name",
    "alternateName",
    "description",
    "disambiguatingDescription",
    "identifier",
    "sameAs",
    "subjectOf",
    "url",
}
WORK = THING | {"author", "creator", "datePublished", "inLanguage", "isBasedOn", "isPartOf", "license"}
WORK |= {"spatialCoverage", "temporalCoverage", "version"}
#: Class → its properties in schema.org, as far as they are used.
PROPERTIES: dict[str, set[str]] = {
    "Book": WORK,
    "Chapter": WORK,
    "Country": THING | {"geo"},
    "DataDownload": WORK | {"contentSize", "contentUrl", "encodingFormat"},
    "Dataset": WORK | {"distribution"},
    "DefinedTerm": THING | {"inDefinedTermSet"},
    "Event": THING | {"startDate"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "GeoShape": THING | {"box"},
    "Organization": THING,
    "Person": THING | {"parent"},
    "Place": THING | {"geo"},
    "PropertyValue": THING | {"propertyID", "value"},
    "WebPage": WORK,
    "WebSite": WORK,
}


def context(url: str, options: Any) -> dict[str, Any]:  # noqa: ANN401, ARG001 (PyLD's signature)
    """Stand in for the context of schema.org, without the network."""
    assert url == "https://schema.org"
    terms: dict[str, Any] = {"@vocab": VOCABULARY} | {term: {"@type": "@id"} for term in IDS}
    answer = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url}
    return answer | {"document": {"@context": terms}}


def expanded(data: dict[str, Any], base: str) -> dict[str, Any]:
    """Expand a document with PyLD; every class and property must be of schema.org, and no value may be lost."""
    (found,) = jsonld.expand(data, {"documentLoader": context, "base": base})
    for node in nodes(found):
        if "@value" in node or set(node) == {"@id"}:
            continue
        (kind,) = node["@type"]
        allowed = PROPERTIES[kind.removeprefix(VOCABULARY)]
        assert {name.removeprefix(VOCABULARY) for name in node if name[0] != "@"} <= allowed, (kind, node)
        assert node.get("@id", "x:").count(":"), node
    result: dict[str, Any] = found
    return result


def nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (JSON)
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def pages(built: Built) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and JSON-LD of every page."""
    for path, content in built.files.items():
        if path.endswith("index.html"):
            (block,) = BLOCK.findall(content.decode())
            yield path, json.loads(block)


def test_every_page_has_linked_data_that_expands(each: Built) -> None:
    kinds = set()
    for path, data in pages(each):
        found = expanded(data, URL + path.removesuffix("index.html"))
        kinds.add(found["@type"][0].removeprefix(VOCABULARY))
        # The id is the address in the Traditional tree, where there is a page.
        own = path.removesuffix("index.html").removeprefix("hans/")
        assert found["@id"].startswith(URL)
        assert found["@id"].removeprefix(URL) == own
    assert {"WebSite", "WebPage", "Chapter", "Book", "Dataset"} <= kinds


def test_kinds_of_the_real_pages(real: Built) -> None:
    found = {data["@type"] for _, data in pages(real)}
    assert found == {*TYPES.values(), "WebSite", "WebPage", "Chapter", "Dataset", "Event"}


def test_what_is_named_by_its_id_is_a_page(each: Built) -> None:
    for path, data in pages(each):
        for node in nodes(expanded(data, URL + path.removesuffix("index.html"))):
            target = node.get("@id", "").partition("#")[0].partition("?")[0]
            if target.startswith(URL) and not target.startswith((f"{URL}data/", f"{URL}dts/")):
                assert f"{target.removeprefix(URL)}index.html" in each.files, (path, target)


def test_without_an_address_ids_are_relative_to_the_page(site: Path) -> None:
    for path in ("index.html", "hans/name/wanyan-zonghan/index.html", "jinshi/2/tianfu4/5/1/index.html"):
        (block,) = BLOCK.findall((site / path).read_text(encoding="utf-8"))
        found = expanded(json.loads(block), f"https://example.org/b/{path.removesuffix('index.html')}")
        own = path.removesuffix("index.html").removeprefix("hans/")
        assert found["@id"] == f"https://example.org/b/{own}"
    document = json.loads((site / "data/name/wanyan-zonghan.json").read_text(encoding="utf-8"))
    found = expanded(document, "https://example.org/b/data/name/wanyan-zonghan.json")
    assert found["@id"] == "https://example.org/b/name/wanyan-zonghan/"


def test_each_name_and_event_has_a_document(each: Built) -> None:
    names, events = each.edition.layers.names, each.edition.layers.events
    assert {path for path in each.files if path.startswith(("data/name/", "data/event/"))} == {
        *(f"data/name/{name.id}.json" for name in names),
        *(f"data/event/{event.id}.json" for event in events),
    }
    for kind, things in (("name", names), ("event", events)):
        for thing in things:
            path = f"data/{kind}/{thing.id}.json"
            data = expanded(json.loads(each.files[path]), URL + path)
            assert data["@id"] == f"{URL}{kind}/{thing.id}/"
            page = each.files[f"{kind}/{thing.id}/index.html"].decode()
            assert f'<link rel="alternate" type="application/ld+json" href="../../data/{kind}/{thing.id}.json">' in page
            own = json.loads(BLOCK.findall(page)[0])
            document = json.loads(each.files[path])
            document.pop("subjectOf", None)
            own.pop("subjectOf", None)
            assert own == document


def test_ids_of_other_registers_are_the_same_thing(real: Built) -> None:
    known = [name for name in real.edition.layers.names if name.ids]
    assert len(known) > 50
    for name in known:
        data = json.loads(real.files[f"data/name/{name.id}.json"])
        assert data["sameAs"] == [identities.address(id_) for id_ in name.ids]
        assert [i["value"] for i in data["identifier"]] == [id_.value for id_ in name.ids]


def test_a_person_has_forms_and_passages(real: Built) -> None:
    data = json.loads(real.files["data/name/wanyan-zonghan.json"])
    assert (data["@type"], data["name"]) == ("Person", "完顏宗翰")
    assert {"粘罕", "完颜宗翰"} <= set(data["alternateName"])
    assert f"{URL}jinshi/2/tianfu6/2/1/" in {chapter["@id"] for chapter in data["subjectOf"]}


def test_a_place_has_its_point(real: Built) -> None:
    name = next(n for n in real.edition.layers.names if n.where and n.kind == "place")
    data = json.loads(real.files[f"data/name/{name.id}.json"])
    assert name.where
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": name.where.lat, "longitude": name.where.lon}


def test_the_date_of_an_event_is_gregorian(real: Built) -> None:
    """The fall of 中京 on 23 February 1122 of the Julian calendar was 2 March of the Gregorian one."""
    data = json.loads(real.files["data/event/zhongjing.json"])
    assert data["startDate"] == "1122-03-02"
    assert data["disambiguatingDescription"] == "Julian calendar 1122-02-23, JDN 2130922"
    for event in real.edition.layers.events:
        found = json.loads(real.files[f"data/event/{event.id}.json"])
        assert ("startDate" in found) == (event.julian.count("-") == 2)
        if "startDate" in found:  # seven days later, in the twelfth century
            year, month, day = map(int, event.julian.split("-"))
            later = sexagenary.iso(sexagenary.jdn(year, month, day) + 7)
            assert found["startDate"] == later


def data_set(built: Built) -> dict[str, Any]:
    return dict(pages(built))["data/index.html"]


def test_the_data_set_says_what_a_catalogue_asks_for(real: Built) -> None:
    data, about = data_set(real), real.edition.corpus.about
    assert data["name"] == about.title.hant
    assert data["alternateName"] == about.subtitle
    assert data["description"] == about.description.hant
    assert (data["version"], data["datePublished"]) == (about.release, about.released)
    assert data["license"] == about.licence_url
    assert [creator["name"] for creator in data["creator"]] == list(about.editors)
    assert data["temporalCoverage"] == "1101/1123"
    south, west, north, east = map(float, data["spatialCoverage"]["geo"]["box"].split())
    assert 20 < south < north < 55
    assert 80 < west < east < 135
    formats: Callable[[str], str] = {d["contentUrl"]: d["encodingFormat"] for d in data["distribution"]}.__getitem__
    assert formats(f"{URL}data/names.csv") == "text/csv"
    assert formats(f"{URL}data/places.geojson") == "application/geo+json"
    assert formats(f"{URL}data/tei/jinshi.xml") == "application/tei+xml"
    for download in data["distribution"]:
        path = download["contentUrl"].removeprefix(URL)
        assert download["contentSize"] == f"{len(real.files[path])} B"


def test_what_the_edition_does_not_say_is_no_field_of_the_data_set(least: Built) -> None:
    said = {"@context", "@type", "@id", "name", "version", "url", "inLanguage", "isBasedOn", "temporalCoverage"}
    assert set(data_set(least)) == said | {"distribution"}
    assert not any(value in ("", [], None) for node in nodes(data_set(least)) for value in node.values())


def test_a_passage_is_a_chapter_with_english_beside_chinese(real: Built) -> None:
    data = dict(pages(real))["jinshi/2/tianfu4/5/1/index.html"]
    assert (data["@type"], data["identifier"]) == ("Chapter", "jinshi.2.tianfu4.5.1")
    book, site = data["isPartOf"]
    assert (book["@type"], book["name"], book["alternateName"]) == ("Book", "金史", "Jinshi")
    assert data["alternateName"].startswith("Jinshi 金史, juan 2")
    assert site["@type"] == "WebSite"


@pytest.mark.parametrize("path", ["404.html"])
def test_what_has_no_address_says_nothing(real: Built, path: str) -> None:
    assert not BLOCK.search(real.files[path].decode())
