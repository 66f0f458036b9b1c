"""The JSON Schemas: each data file is valid, and nothing that a schema says can be left out or changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edition.publish.downloads import schemas
from tests.publish.downloads.conftest import Built

FILES = (
    "edition",
    "years",
    "passages",
    "events",
    "names",
    "sources",
    "notes",
    "apparatus",
    "datings",
    "days",
    "places",
)


def content(built: Built, name: str) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(built.files[f"data/{schemas.file_name(name)}"])


def validator(built: Built, name: str) -> Draft202012Validator:
    schema = json.loads(built.files[f"data/schema/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"] == schemas.file_name(name)
    return Draft202012Validator(schema)


def test_there_is_a_schema_for_each_data_file(real: Built) -> None:
    found = {path for path in real.files if path.startswith("data/schema/")}
    assert found == {f"data/schema/{name}.schema.json" for name in FILES}


def test_every_data_file_is_valid(each: Built) -> None:
    for name in FILES:
        assert list(validator(each, name).iter_errors(content(each, name))) == []


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


def places(value: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:  # noqa: ANN401
    """Yield the names of the fields around it, container and key of every value in a value."""
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        own = (*names, str(key) if isinstance(value, dict) else "*")
        yield own, value, key
        if isinstance(inner, dict | list):
            yield from places(inner, own)


@pytest.mark.parametrize("name", FILES)
def test_no_value_may_be_of_another_type(signs: Built, name: str) -> None:
    valid, data = validator(signs, name).is_valid, content(signs, name)
    found = {names: (container, key) for names, container, key in places(data)}  # one of each is enough
    assert len(found) > 10
    for container, key in found.values():
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
        ("url", ["/", "/jinshi/2/", "/~A.b/jinshi/#s3"], ["jinshi/", "/jinshi", "//", "/a b/", "/a/#", "https://a/"]),
        ("pair", [{"hant": "a", "hans": "b"}], [{"hant": "a"}, {"hant": "a", "hans": "b", "en": "c"}]),
        ("titles", [{"hant": "a", "hans": "b", "en": "c"}], [{"hant": "a", "hans": "b"}]),
        ("difference", [{"what": "a", "jinshi": "b"}], [{"jinshi": "b"}, {"what": "a", "jinshi": 1}, {"what": 1}]),
        ("boolean", [True], ["true", 1]),
        ("integer", [1], ["1", 1.5]),
    ],
)
def test_what_a_type_allows(type_: str, good: list[Any], bad: list[Any]) -> None:
    validator = Draft202012Validator(schemas.TYPES[type_])
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


@pytest.mark.parametrize("type_", schemas.TYPES)
def test_a_type_allows_no_other(type_: str) -> None:
    others: list[Any] = [1.5, None, [], {}, ""]
    own = {"text": [""], "decimal": [1.5]}
    assert [value for value in others if Draft202012Validator(schemas.TYPES[type_]).is_valid(value)] == own.get(
        type_, []
    )
