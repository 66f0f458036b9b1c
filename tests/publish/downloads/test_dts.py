"""DTS: from the entry point to every passage, in the words and the language of the whole document."""

from __future__ import annotations

import copy
import json
from typing import Any

from lxml import etree
from uritemplate import URITemplate

from edition.publish.downloads import dts
from tests.publish.downloads.conftest import URL, Built
from tests.publish.downloads.reading import ID, LANG, TEI, load, of_work, tei, words

LEVELS = ("juan", "year", "month", "passage")
POINTERS = ("ref", "resp", "calendar", "datingMethod")


def get(built: Built, address: str) -> Any:  # noqa: ANN401 (JSON)
    """Return what is at an address of the published site."""
    assert address.startswith(URL)
    content = built.files[address.removeprefix(URL)].decode()
    assert "\\u" not in content
    return json.loads(content)


def test_it_is_walked_from_its_entry_to_every_passage(each: Built) -> None:
    entry = get(each, f"{URL}dts/index.json")
    assert (entry["@type"], entry["dtsVersion"]) == ("EntryPoint", "1.0")
    assert entry["@context"] == "https://dtsapi.org/context/v1.0.json"
    assert entry["@id"] == f"{URL}dts/index.json"
    collection = get(each, URITemplate(entry["collection"]).expand())
    assert collection["@type"] == "Collection"
    assert collection["title"] == each.edition.corpus.about.title.hant
    assert collection["description"] == each.edition.corpus.about.description.hant
    assert URITemplate(collection["collection"]).expand() == URITemplate(entry["collection"]).expand()
    assert collection["totalChildren"] == len(collection["member"])
    assert collection["totalParents"] == 0
    assert [resource["@id"] for resource in collection["member"]] == list(each.edition.works)
    reached = {}
    for resource in collection["member"]:
        slug = resource["@id"]
        assert resource["title"] == each.edition.works[slug].title.hant
        assert (resource["@type"], resource["totalParents"], resource["totalChildren"]) == ("Resource", 1, 0)
        assert resource["mediaTypes"] == ["application/tei+xml"]
        own = get(each, URITemplate(entry["collection"]).expand(id=slug))
        assert own == {**resource, "@context": entry["@context"], "dtsVersion": "1.0"}
        assert resource["collection"] == URITemplate(entry["collection"]).expand(id=slug)
        assert resource["navigation"] == URITemplate(entry["navigation"]).expand(resource=slug)
        navigation = get(each, resource["navigation"])
        assert (navigation["@type"], navigation["@id"]) == ("Navigation", resource["navigation"])
        assert navigation["resource"] == resource
        for unit in navigation["member"]:
            if unit["citeType"] == "passage":
                address = URITemplate(resource["document"]).expand(ref=unit["identifier"])
                assert address == URITemplate(entry["document"]).expand(resource=slug, ref=unit["identifier"])
                root = etree.fromstring(each.files[address.removeprefix(URL)])
                (wrapper,) = root
                assert wrapper.tag == "{https://dtsapi.org/v1.0#}wrapper"
                (passage,) = wrapper
                reached[unit["identifier"]] = words(passage, "corr", "reg")
        whole = URITemplate(entry["document"]).expand(resource=slug)
        assert resource["download"] == [URITemplate(resource["document"]).expand()] == [whole]
        # What it points at in the other documents is two folders up.
        found = each.files[whole.removeprefix(URL)].replace(b'="../../data/tei/', b'="')
        assert found == each.files[f"data/tei/{slug}.xml"]
    assert reached == {p["id"]: p["received"] for p in load(each.files, "passages")}


def test_a_resource_declares_the_levels_of_its_units(each: Built) -> None:
    for resource in get(each, f"{URL}dts/collection/index.json")["member"]:
        (tree,) = resource["citationTrees"]
        declared = []
        while structure := tree.get("citeStructure"):
            (tree,) = structure
            declared.append(tree["citeType"])
            assert tree["@type"] == "CiteStructure"
        assert tuple(declared) == LEVELS


def test_units_are_the_parts_of_the_ids_in_the_order_of_the_text(each: Built) -> None:
    for work in each.edition.works:
        expected: dict[str, dict[str, Any]] = {}
        for passage in of_work(each.edition, work):
            parts = passage.id.split(".")
            for level, type_ in enumerate(LEVELS, 1):
                id_ = ".".join(parts[: level + 1])
                parent = ".".join(parts[:level]) if level > 1 else None
                expected[id_] = {
                    "@type": "CitableUnit",
                    "identifier": id_,
                    "level": level,
                    "parent": parent,
                    "citeType": type_,
                }
        found = get(each, f"{URL}dts/navigation/{work}.json")["member"]
        assert {unit["identifier"]: unit for unit in found} == expected
        assert len(found) == len(expected)
        # A month that is entered again is one unit, so its passages are together; the rest is in the order of the text.
        first = list(expected)
        for parent in (None, *first):
            children = [unit["identifier"] for unit in found if unit["parent"] == parent]
            assert children == [id_ for id_ in first if expected[id_]["parent"] == parent]
        seen: set[str | None] = {None}
        for unit in found:
            assert unit["parent"] in seen
            seen.add(unit["identifier"])


def test_a_fragment_is_the_passage_of_the_whole_document(each: Built) -> None:
    for work in each.edition.works:
        whole = tei(each.files, work)
        for passage in whole.iter(f"{TEI}ab"):
            id_ = passage.get(ID)
            root = etree.fromstring(each.files[f"dts/document/{work}/{id_}.xml"])
            assert root.tag == f"{TEI}TEI"
            assert (
                root.get(LANG)
                == whole.get(LANG)
                == {"hant": "zh-Hant", "hans": "zh-Hans"}[each.edition.works[work].script]
            )
            expected = copy.deepcopy(passage)
            expected.tail = None
            for element in expected.iter():
                for name in POINTERS:
                    if element.get(name):
                        own = element.get(name).startswith("#")
                        element.set(name, (f"../{work}.xml" if own else "../../../data/tei/") + element.get(name))
            found = root[0][0]
            found.tail = None
            assert etree.tostring(found, method="c14n", exclusive=True) == etree.tostring(
                expected, method="c14n", exclusive=True
            )


def test_what_a_fragment_points_at_is_in_the_whole_document(each: Built) -> None:
    for path, content in each.files.items():
        if path.startswith("dts/document/") and path.count("/") == 3:
            work = path.split("/")[2]
            ids = {
                address: {e.get(ID) for e in tei(each.files, name).iter()}
                for address, name in ((f"../{work}.xml", work), ("../../../data/tei/names.xml", "names"))
            }
            for element in etree.fromstring(content).iter():
                targets = [value for value in element.attrib.values() if "#" in value]
                assert targets == [element.get(name) for name in element.attrib if name in POINTERS]
                assert all(target.partition("#")[2] in ids[target.partition("#")[0]] for target in targets)


def test_without_an_address_of_the_site_it_begins_at_the_root_of_the_host(least: Built) -> None:
    documents = {work: least.files[f"data/tei/{work}.xml"] for work in least.edition.works}
    made = dict(dts.files(least.edition, documents))
    assert json.loads(made["dts/index.json"])["@id"] == "/dts/index.json"
    assert {path for path in least.files if path.startswith("dts/")} == set(made)
