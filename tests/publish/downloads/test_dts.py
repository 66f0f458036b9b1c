"""DTS: a client that knows only the specification reaches every unit of every text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import etree

from edition.publish import site as publishing
from edition.publish.downloads import dts
from tests.publish.downloads.conftest import URL, Built
from tests.publish.downloads.dts_client import Client, NotFoundError, structure
from tests.publish.downloads.reading import ID, LANG, TEI, load, words

ENTRY = f"{URL}dts/index.json"


def client(built: Built) -> Client:
    """Return a client of the published site; the paths are those that a web server would look for."""

    def get(address: str) -> bytes:
        assert address.startswith(URL), address
        path = address.removeprefix(URL)
        if path not in built.files:
            raise NotFoundError(path)
        return built.files[path]

    return Client(ENTRY, get)


def ids(units: Sequence[dict[str, Any]]) -> list[str]:
    return [unit["identifier"] for unit in units]


def below(units: Sequence[dict[str, Any]], ref: str | None, depth: int) -> list[dict[str, Any]]:
    """Return the units from one downwards, or from the root, found by their parents alone."""
    levels = {unit["identifier"]: unit["level"] for unit in units}
    kept = {ref}
    found = []
    for unit in units:
        if unit["identifier"] == ref or unit["parent"] in kept:
            kept.add(unit["identifier"])
            if depth < 0 or unit["level"] <= (levels[ref] if ref else 0) + depth:
                found.append(unit)
    return found


# --- Collection


def test_the_root_collection_stands_at_its_own_id_too(each: Built) -> None:
    server = client(each)
    root = server.collection()
    assert (root["@type"], root["totalParents"]) == ("Collection", 0)
    assert root["title"] == each.edition.corpus.about.title.hant
    assert server.collection(root["@id"]) == root == server.collection(nav="children")
    assert server.collection(root["@id"], template=root["collection"]) == root
    assert [member["@id"] for member in root["member"]] == list(each.edition.works)
    assert server.collection(root["@id"], nav="parents")["member"] == []


def test_a_resource_has_its_collection_as_parent(each: Built) -> None:
    server = client(each)
    root = server.collection()
    for member in root["member"]:
        assert member["title"] == each.edition.works[member["@id"]].title.hant
        own = server.collection(member["@id"])
        assert {name: value for name, value in own.items() if name in member} == member
        assert server.collection(member["@id"], template=member["collection"]) == own
        (parent,) = server.collection(member["@id"], nav="parents")["member"]
        assert parent == {name: root[name] for name in parent}
        assert server.collection(member["@id"], nav="children")["member"] == []


def test_nothing_answers_to_an_unknown_id(real: Built) -> None:
    server = client(real)
    for query in ({"id": "songshi"}, {"id": "jinshi", "nav": "siblings"}):
        with pytest.raises(NotFoundError):
            server.collection(**query)


# --- Navigation


@pytest.fixture(scope="module")
def trees(real: Built) -> dict[str, list[dict[str, Any]]]:
    """Return the whole citation tree of each work."""
    server = client(real)
    return {work: server.navigation(work, down=-1)["member"] for work in real.edition.works}


def test_units_are_the_parts_of_the_ids_in_the_order_of_the_text(each: Built) -> None:
    server = client(each)
    for work in each.edition.works:
        passages = [id_ for id_ in each.edition.passages if id_.startswith(f"{work}.")]
        found = server.navigation(work, down=-1)
        units = found["member"]
        assert len(set(ids(units))) == len(units)
        assert ids([unit for unit in units if unit["citeType"] == "passage"]) == sorted(passages, key=ids(units).index)
        assert set(ids(units)) == {".".join(id_.split(".")[:n]) for id_ in passages for n in range(2, 6)}
        types = list(structure(found["resource"]["citationTrees"]))
        seen: list[str | None] = [None]
        for unit in units:
            assert unit["parent"] in seen
            seen.append(unit["identifier"])
            assert types[unit["level"] - 1][-1] == unit["citeType"]
            assert unit["dublinCore"]["title"][0]["value"]
        # Siblings are in the order of the text; a month that is entered again is one unit.
        for parent in set(seen):
            own = [unit["identifier"] for unit in units if unit["parent"] == parent]
            firsts = [next(n for n, p in enumerate(passages) if f"{p}.".startswith(f"{id_}.")) for id_ in own]
            assert firsts == sorted(firsts)


@pytest.mark.parametrize("down", [1, 2, 3, 4, -1])
def test_down_from_the_root(real: Built, trees: dict[str, list[dict[str, Any]]], down: int) -> None:
    for work, units in trees.items():
        found = client(real).navigation(work, down=down)
        assert found["member"] == below(units, None, down)


def test_ref_and_down_of_every_unit(real: Built, trees: dict[str, list[dict[str, Any]]]) -> None:
    server = client(real)
    for work, units in trees.items():
        for unit in units:
            ref = unit["identifier"]
            assert server.navigation(work, ref=ref)["ref"] == unit
            siblings = server.navigation(work, ref=ref, down=0)
            assert siblings["ref"] == unit
            assert siblings["member"] == [u for u in units if u["parent"] == unit["parent"]]
            for down in (1, 2, 3, 4, -1):
                found = server.navigation(work, ref=ref, down=down, template=siblings["resource"]["navigation"])
                assert found["ref"] == unit
                assert found["member"] == below(units, ref, down), (ref, down)


@pytest.mark.parametrize(
    "query",
    [
        {},  # neither ref nor down: 400
        {"down": 0},  # 400
        {"ref": "jinshi.2.tianfu99", "down": 1},
        {"ref": "jinshi.2", "tree": "pages"},
        {"down": 1, "tree": "pages"},
    ],
)
def test_requests_that_the_specification_refuses_find_nothing(real: Built, query: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        client(real).navigation("jinshi", **query)


# --- Document


def test_every_unit_has_a_document_with_its_words(each: Built) -> None:
    server = client(each)
    received = {p["id"]: p["received"] for p in load(each.files, "passages")}
    for work in each.edition.works:
        navigation = server.navigation(work, down=-1)
        whole = server.document(work)
        assert whole.get(LANG) == {"hant": "zh-Hant", "hans": "zh-Hans"}[each.edition.works[work].script]
        for unit in navigation["member"]:
            found = server.document(work, unit["identifier"], template=navigation["resource"]["document"])
            assert found.getparent().get(LANG) == whole.get(LANG)
            passages = {ab.get(ID): words(ab, "corr", "reg") for ab in found.iter(f"{TEI}ab")}
            assert passages == {
                id_: text for id_, text in received.items() if f"{id_}.".startswith(f"{unit['identifier']}.")
            }


def test_a_whole_document_is_that_of_the_downloads(each: Built) -> None:
    server = client(each)
    for resource in server.collection()["member"]:
        work = resource["@id"]
        assert resource["download"] == [f"{URL}dts/document/{work}.xml"]
        assert words(server.document(work)) == words(etree.fromstring(each.files[f"data/tei/{work}.xml"]))


def test_unknown_documents_are_not_there(real: Built) -> None:
    for query in (("songshi",), ("jinshi", "jinshi.2.tianfu99")):
        with pytest.raises(NotFoundError):
            client(real).document(*query)


def test_no_pointer_in_a_document_leads_nowhere(each: Built) -> None:
    """A pointer is a relative address in any attribute; it is resolved as a browser would."""
    known: dict[str, set[str]] = {}

    def anchors(path: str) -> set[str]:
        if path not in known:
            known[path] = set(re.findall(r'\b(?:xml:)?id="([^"]*)"', each.files[path].decode()))
        return known[path]

    checked = 0
    for path, content in each.files.items():
        if not path.startswith("dts/document/"):
            continue
        for element in etree.fromstring(content).iter(etree.Element):
            for name, value in element.attrib.items():
                for token in () if name in {"match", "use"} else value.split():  # these hold XPath
                    if not re.match(r"#|\.\./|[\w-]+\.xml(#|$)", token):
                        continue
                    target = urljoin(URL + path, token).removeprefix(URL)
                    file, _, fragment = target.partition("#")
                    file = f"{file}index.html" if file.endswith("/") or not file else file
                    assert file in each.files, (path, token)
                    assert not fragment or fragment in anchors(file), (path, token)
                    checked += 1
    assert checked > 100


def test_without_an_address_of_the_site_it_begins_at_the_root_of_the_host(least: Built) -> None:
    viewer = publishing.Site.of(least.edition).trees["hant"].viewer
    documents = {work: least.files[f"data/tei/{work}.xml"] for work in least.edition.works}
    made = dict(dts.files(viewer, documents))
    assert b'"@id": "/dts/index.json"' in made["dts/index.json"]
    assert {path for path in least.files if path.startswith("dts/")} == set(made)
