"""The JSON Schemas: each data file is valid, and nothing that a schema says can be left out or changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edition.publish.downloads import schemas
from tests.publish.downloads.conftest import Built

FILES = ("edition", "years", "passages", "events", "names", "sources")


def validator(built: Built, name: str) -> Draft202012Validator:
    schema = json.loads(built.files[f"data/schema/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"] == f"{name}.json"
    return Draft202012Validator(schema)


def test_there_is_a_schema_for_each_data_file(real: Built) -> None:
    found = {path for path in real.files if path.startswith("data/schema/")}
    assert found == {f"data/schema/{name}.schema.json" for name in FILES}


def test_every_data_file_is_valid(each: Built) -> None:
    for name in FILES:
        data = json.loads(each.files[f"data/{name}.json"])
        assert list(validator(each, name).iter_errors(data)) == []


def nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (JSON)
    """Yield every object in a value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


@pytest.mark.parametrize("name", FILES)
def test_a_schema_requires_every_field_and_allows_no_other(real: Built, name: str) -> None:
    schema = json.loads(real.files[f"data/schema/{name}.schema.json"])
    found = [node for node in nodes(schema) if "properties" in node and node.get("type") == "object"]
    assert found
    for node in found:
        if node["required"] == ["what"]:  # what differs between accounts, with a field for each work
            assert node["additionalProperties"] == {"type": "string"}
        else:
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False


def leaves(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Yield container and key of every value that holds no other."""
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        if isinstance(inner, dict | list):
            yield from leaves(inner)
        else:
            yield value, key


@pytest.mark.parametrize("name", FILES)
def test_no_value_may_be_of_another_type(signs: Built, name: str) -> None:
    valid, data = validator(signs, name).is_valid, json.loads(signs.files[f"data/{name}.json"])
    places = list(leaves(data))
    assert len(places) > 20
    for container, key in places:
        kept = container[key]
        # No field of one value may be a list; an integer may not be a fraction.
        container[key] = [] if isinstance(kept, float) else 1.5
        assert not valid(data), (key, kept)
        container[key] = kept
    assert valid(data)


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("number", [3, "3a"], ["3", "a", "03a", 1.5]),
        ("date", ["1122-02-23"], ["1122-2-23", "1122", "1122-02-23T00"]),
        ("script", ["hant", "hans"], ["zh", ""]),
        (
            "passage",
            ["jinshi.2.tianfu4.5.1", "qidanguozhi.10.0.0.1a"],
            ["jinshi.2.tianfu4.5.1.3", "jinshi", "a.1.b1.13.1"],
        ),
        (
            "sentence",
            ["jinshi.2.tianfu4.r5.1.3", "jinshi.2.tianfu4.q1.1.3b"],
            ["jinshi.2.tianfu4.5.1", "x.1.y1.q5.1.1"],
        ),
        ("url", ["/", "/jinshi/2/"], ["jinshi/", "/jinshi", "/Jinshi/"]),
        ("pair", [{"hant": "a", "hans": "b"}], [{"hant": "a"}, {"hant": "a", "hans": "b", "en": "c"}]),
        ("titles", [{"hant": "a", "hans": "b", "en": "c"}], [{"hant": "a", "hans": "b"}]),
        ("difference", [{"what": "a", "jinshi": "b"}], [{"jinshi": "b"}, {"what": "a", "jinshi": 1}]),
        ("boolean", [True], ["true", 1]),
        ("integer", [1], ["1", 1.5]),
    ],
)
def test_what_a_type_allows(type_: str, good: list[Any], bad: list[Any]) -> None:
    validator = Draft202012Validator(schemas.TYPES[type_])
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


def described(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield a line for each field of a schema, with the names of the fields around it."""
    for field, inner in schema.get("properties", {}).items():
        if "description" in inner:
            yield f"  {before}{field}: {inner['description']}"
            maybe: dict[str, Any] = next(iter(inner.get("anyOf", ())), {})
            for deeper in (inner, maybe, inner.get("items", {}), inner.get("additionalProperties") or {}):
                yield from described(deeper, f"{before}{field}.")


def test_the_dictionary_describes_every_field_of_every_schema(real: Built) -> None:
    found = {name: json.loads(real.files[f"data/schema/{name}.schema.json"]) for name in FILES}
    lines = [
        line
        for name, schema in found.items()
        for line in ("", f"{name}.json: {schema['description']}", *described(schema))
    ]
    assert schemas.dictionary() == "\n".join(lines[1:]) + "\n"
    for field in ("names.occurrences.sentence", "names.where.lat", "names.father.id", "events.eclipse.places.place"):
        assert f"  {field}: " in schemas.dictionary()
    assert "  sources.cited_by.events: " in schemas.dictionary()
    assert all(line.partition(": ")[2] for line in lines if line)
