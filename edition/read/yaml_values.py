"""Read YAML into values that know their line.

PyYAML composes the nodes; each value made of them keeps the line of its node, so that every error can name it. Keys may
not repeat, and tags, aliases and deep nesting are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from edition.model.findings import CorpusError, Place
from edition.read.files import CONTROL, control_message, read_text

#: The tags of values that have none.
TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
NOTHING = ("", "~", "null", "Null", "NULL")
#: Deeper than any file of the corpus needs, and far below the recursion limit.
DEPTH = 20
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # the C loader where it is built
    """Composes every scalar as a string; the field that asks for it decides whether it must be a number.

    No object is ever constructed from a tag, so it is as safe as PyYAML's safe loader. Implicit resolution (``1e3``,
    ``yes``, dates) is switched off.
    """

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:  # noqa: ARG002 (PyYAML's signature)
        return TAGS[kind]

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class Value(NamedTuple):
    """A YAML value with its place: a string, a list of values, or a mapping of values; None for nothing."""

    path: str
    line: int
    """From 1."""
    data: str | list[Value] | dict[str, Value] | None

    @property
    def place(self) -> Place:
        """Path and line, made on request: most values are never reported."""
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
    """The value as plain strings, lists and dicts, without lines."""
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    if isinstance(value.data, dict):
        return {name: plain(item) for name, item in value.data.items()}
    return value.data


def read_yaml(path: Path, text: str | None = None) -> Value:
    """Parse a YAML file, or ``text`` taken from it. Raises CorpusError for what is no YAML."""
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
