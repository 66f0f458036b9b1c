"""Read the rules of the script conversion, and the groups of variant forms for the search."""

from __future__ import annotations

from pathlib import Path

from edition.model.findings import CorpusError
from edition.model.scripts import han
from edition.read.fields import Record, read_list
from edition.read.yaml_values import Value, read_yaml
from edition.rules.script import Converter, Direction, ScriptRules, Usual


def read_script(folder: Path) -> Converter:
    """The converter with the rules of ``script.yaml``; without rules if there is no such file. Raises CorpusError."""
    return Converter(read_script_rules(folder / "script.yaml"))


def read_script_rules(path: Path) -> ScriptRules:
    """The rules in ``path``; none if there is no such file or it is empty. Raises CorpusError."""
    value = read_yaml(path) if path.exists() else None
    if value is None or value.data is None:
        return ScriptRules()
    record = Record(value, "table of script rules")
    return record.done(ScriptRules(hans=_direction(record, "hans_to_hant"), hant=_direction(record, "hant_to_hans")))


def _direction(rules: Record, name: str) -> Direction:
    record = rules.record(name)
    if record is None:
        return Direction()
    words = _groups(record, "words", "words")
    always = _groups(record, "always", "characters")
    usual = {character: _usual(character, value) for character, value in record.fields("usual").items()}
    for word, value in words.items():
        if len(word) < 2:
            message = f"words: 「{word}」 is one character: put it under always or usual"
            raise CorpusError(value.place, "SCRIPT", message)
    for character, value in always.items():
        if len(character) != 1 or character in usual:
            message = f"always: 「{character}」 must be one character, and not under usual too"
            raise CorpusError(value.place, "SCRIPT", message)
    return record.done(
        Direction(
            words={word: value.text() for word, value in words.items()},
            always={character: value.text() for character, value in always.items()},
            usual=usual,
        )
    )


def _groups(record: Record, name: str, field: str) -> dict[str, Value]:
    """The entries of all groups of a list; each group states its reason."""
    entries: dict[str, Value] = {}
    for group in record.records(name, "group"):
        group.filled("reason")
        group.text("example", "")
        group.need(field)
        for left, value in group.fields(field).items():
            if left in entries:
                message = f"{name}: 「{left}」 stands twice, first at {entries[left].place}: keep one"
                raise CorpusError(value.place, "SCRIPT", message)
            _same_length(left, value)
            entries[left] = value
        group.done(None)
    return entries


def _usual(character: str, value: Value) -> Usual:
    record = Record(value, f"usual form of {character}")
    if len(character) != 1:
        raise CorpusError(value.place, "SCRIPT", f"usual: 「{character}」 must be one character")
    form = _same_length(character, record.need("to"))
    record.filled("reason")
    record.filled("example")
    words = record.texts("confirmed")
    for word in words:
        if character not in word or len(word) < 2:
            message = f"confirmed: 「{word}」 must be a word with {character} in it"
            raise CorpusError(record.place_of("confirmed"), "SCRIPT", message)
        if words.count(word) > 1:
            raise CorpusError(record.place_of("confirmed"), "SCRIPT", f"confirmed: 「{word}」 stands twice: keep one")
    return record.done(Usual(form, words, record.text("candidates", "")))


def _same_length(left: str, right: Value) -> str:
    """The right side of a pair, which has as many characters as the left: conversion must keep every offset."""
    form = right.text()
    if len(form) != len(left):
        message = f"「{left}」 → 「{form}」 must have the same number of characters on both sides"
        raise CorpusError(right.place, "SCRIPT", message)
    return form


def read_variants(folder: Path) -> tuple[str, ...]:
    """Groups of forms of one character from ``variants.yaml``: 覩睹. None if there is no such file."""
    return tuple(group for groups in read_list(folder / "variants.yaml", _variants, "group") for group in groups)


def _variants(record: Record) -> tuple[str, ...]:
    record.text("source")
    groups = record.need("characters").items()
    for group in groups:
        forms = group.text()
        if len(forms) < 2 or len(set(forms)) != len(forms) or han(forms) != forms:
            message = f"「{forms}」 must be two or more characters, each once, with nothing between them"
            raise CorpusError(group.place, "VARIANTS", message)
    return record.done(tuple(group.text() for group in groups))
