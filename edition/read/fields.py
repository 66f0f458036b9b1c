"""YAML read into values that know their line, and the validation that names it.

PyYAML's safe loader does the reading; what is added is that every value keeps its line, that keys may not
repeat, and that each field is asked for by name and kind. The validators of the field (pydantic,
jsonschema) see the data without its lines; strictyaml has lines, and reads a hundred times slower.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml

from edition.model.findings import CorpusError, Place
from edition.model.scripts import Pair
from edition.read.files import CONTROL, control_message, read_text

#: The tags of values that have none.
TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # which of them is there
    """Takes every value as it is written: which of them is a number, the field decides that is asked for.

    Nothing is ever made of a tag, so it is as safe as the safe loader; it only knows no 1e3, no `yes` and no dates,
    and does not look for rules by which a value would be one of them.
    """

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:  # noqa: ARG002 (as PyYAML asks)
        return TAGS[kind]

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


NOTHING = ("", "~", "null", "Null", "NULL")
_Made = TypeVar("_Made")
#: Deeper than any file of the corpus needs; Python's own recursion ends somewhere beyond.
DEPTH = 20
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)


class Value(NamedTuple):
    """A YAML value with its place: a string, a list of values, or a mapping of values."""

    path: str
    line: int
    """From 1."""
    data: str | list[Value] | dict[str, Value] | None

    @property
    def place(self) -> Place:
        """Where it stands: made when it is asked for, since most values are never complained of."""
        return Place(self.path, self.line)

    def text(self) -> str:
        """The string; an error for a list or mapping."""
        if not isinstance(self.data, str):
            raise CorpusError(self.place, "FIELD", "here stands a list or mapping where a phrase is wanted")
        return self.data.strip()

    def items(self) -> list[Value]:
        """The members of a list; a single string is a list of one; nothing is an empty list."""
        if self.data is None or self.data == "":
            return []
        if isinstance(self.data, dict):
            raise CorpusError(self.place, "FIELD", "here stands a mapping where a list is wanted: put '- ' before it")
        return self.data if isinstance(self.data, list) else [self]


def plain(value: Value) -> object:
    """A value without its places: strings, lists and mappings."""
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    if isinstance(value.data, dict):
        return {name: plain(item) for name, item in value.data.items()}
    return value.data


class Record:
    """A mapping whose fields are asked for one by one; what was not asked for is an error."""

    def __init__(self, value: Value, what: str = "entry") -> None:
        """Take a mapping; ``what`` names it in messages."""
        if not isinstance(value.data, dict):
            raise CorpusError(value.place, "FIELD", f"this {what} must be fields, one a line: name: value")
        self.place, self.what = value.place, what
        self._fields = value.data
        self._asked: set[str] = set()

    def get(self, name: str) -> Value | None:
        """The value of a field, or None."""
        self._asked.add(name)
        found = self._fields.get(name)
        return None if found is None or found.data is None else found

    def need(self, name: str) -> Value:
        """The value of a field that may not be missing."""
        found = self.get(name)
        if found is None:
            near = difflib.get_close_matches(name, self._fields.keys() - self._asked, 1)
            hint = f" (or is {near[0]}: meant?)" if near else ""
            raise CorpusError(self.place, "FIELD-MISSING", f"this {self.what} has no {name}: add {name}: …{hint}")
        return found

    def text(self, name: str, default: str | None = None) -> str:
        """A phrase; without ``default`` it must be there."""
        found = self.get(name) if default is not None else self.need(name)
        return found.text() if found else default or ""

    def exact(self, name: str, default: str | None = None) -> str:
        """A phrase with the spaces at its ends: a quotation or a reading may be a space."""
        found = self.get(name) if default is not None else self.need(name)
        if found is None:
            return default or ""
        found.text()
        return str(found.data)

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of some words."""
        found = self.text(name, default)
        if found not in choices:
            raise CorpusError(self.place_of(name), "FIELD", f"{name}: 「{found}」 is none of {', '.join(choices)}")
        return found

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        found = self.text(name, None if default is None else str(default))
        if not re.fullmatch(r"-?\d{1,9}", found):
            raise CorpusError(self.place_of(name), "FIELD", f"{name}: 「{found}」 is no whole number")
        return int(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of phrases, or one; empty if it is not there."""
        found = self.get(name)
        return tuple(value.text() for value in found.items()) if found else ()

    def pair(self, name: str, default: Pair | None = None) -> Pair:
        """A phrase in both scripts: {hant: …, hans: …}, or one string where they are the same."""
        found = self.get(name) if default is not None else self.need(name)
        if found is None:
            return default or Pair("", "")
        if isinstance(found.data, str):
            return Pair(found.text(), found.text())
        record = Record(found, name)
        return record.done(Pair(record.text("hant"), record.text("hans")))

    def records(self, name: str) -> Iterator[Record]:
        """A list of mappings; empty if it is not there."""
        found = self.get(name)
        for value in found.items() if found else ():
            yield Record(value, name)

    def fields(self, name: str) -> dict[str, Value]:
        """A mapping with free keys; empty if it is not there."""
        found = self.get(name)
        if found is None:
            return {}
        if not isinstance(found.data, dict):
            raise CorpusError(found.place, "FIELD", f"{name} must be fields, one a line: name: value")
        return found.data

    def rest(self) -> dict[str, Value]:
        """All fields that nobody asked for yet; they count as asked for."""
        rest = {name: value for name, value in self._fields.items() if name not in self._asked}
        self._asked.update(rest)
        return rest

    def place_of(self, name: str) -> Place:
        """Where a field stands; the record's own place if it is not there."""
        found = self._fields.get(name)
        return found.place if found else self.place

    def done(self, made: _Made) -> _Made:
        """Return what was made of the record, after a look for fields that no one knows."""
        for name, value in self._fields.items():
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                message = f"「{name}」 is no field of this {self.what}; there are {known}"
                raise CorpusError(value.place, "FIELD-UNKNOWN", message)
        return made


def read_yaml(path: Path, text: str | None = None) -> Value:
    """A YAML file, or ``text`` from it, as a value that knows its lines. Raises CorpusError for what is no YAML."""
    if text is None:
        text = read_text(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path.as_posix(), mark.line + 1 if mark else 1)
        problem = " ".join(str(error.problem or error.context).split())
        raise CorpusError(place, "YAML", f"is no YAML: {problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        message = " ".join(str(getattr(error, "reason", error)).split())[:120]
        raise CorpusError(Place(path.as_posix(), 1), "YAML", f"is no YAML: {message}") from None
    if node is None:
        return Value(path.as_posix(), 1, None)
    return _value(node, path.as_posix(), 0, set())


def _value(node: yaml.Node, path: str, depth: int, seen: set[int]) -> Value:
    line = node.start_mark.line + 1
    if node.tag not in PLAIN_TAGS:
        raise CorpusError(Place(path, line), "YAML", f"uses the YAML tag {node.tag}: write a plain value")
    if depth > DEPTH:
        raise CorpusError(Place(path, line), "YAML", f"is nested more than {DEPTH} deep")
    if id(node) in seen:
        raise CorpusError(Place(path, line), "YAML", "uses a YAML alias (*): write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        text = node.value
        if node.style == '"' and (control := CONTROL.search(text)):  # written as an escape: "\x01"
            raise CorpusError(Place(path, line), "ENCODING", control_message(control[0]))
        return Value(path, line, None if node.style is None and text in NOTHING else text)
    if isinstance(node, yaml.SequenceNode):
        return Value(path, line, [_value(child, path, depth + 1, seen) for child in node.value])
    fields: dict[str, Value] = {}
    for key, child in node.value:
        name = _value(key, path, depth + 1, seen)
        if not isinstance(name.data, str):
            raise CorpusError(name.place, "YAML", "a field's name must be a word")
        if name.data in fields:
            raise CorpusError(name.place, "FIELD-TWICE", f"{name.data} stands twice: keep one")
        fields[name.data] = _value(child, path, depth + 1, seen)
    return Value(path, line, fields)


def read_list(path: Path, make: Callable[[Record], _Made], what: str) -> tuple[_Made, ...]:
    """The entries of a file that is a list; none if there is no such file."""
    if not path.exists():
        return ()
    return tuple(make(Record(value, what)) for value in read_yaml(path).items())
