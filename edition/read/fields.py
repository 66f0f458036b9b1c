"""Validate records: mappings whose fields are asked for by name and kind, with errors that name the line.

Own code, because the usual validators (pydantic, jsonschema) see the data without its lines, and strictyaml, which has
them, reads a hundred times slower.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from edition.model.findings import CorpusError, Place
from edition.model.scripts import Pair
from edition.read.yaml_values import Value, read_yaml

_Made = TypeVar("_Made")
_Word = TypeVar("_Word", bound=str)


DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,8})?")


class Record:
    """A mapping whose fields are read one by one; `done` raises on a field that nothing has read."""

    def __init__(self, value: Value, what: str = "entry") -> None:
        """Take a mapping; ``what`` names it in messages. Raises CorpusError for a value that is no mapping."""
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

    def filled(self, name: str) -> str:
        """A phrase that must be there and not be empty."""
        found = self.text(name)
        if not found:
            raise CorpusError(self.place_of(name), "FIELD-MISSING", f"{name}: is empty: say it")
        return found

    def choice(self, name: str, choices: tuple[_Word, ...], default: _Word | None = None) -> _Word:
        """One word of a closed set such as ``NOTE_KINDS``, typed as the members of the set are."""
        found = self.text(name, default)
        for choice in choices:
            if choice == found:
                return choice
        listed = ", ".join(filter(None, choices))
        raise CorpusError(self.place_of(name), "FIELD", f"{name}: 「{found}」 is none of {listed}")

    def flag(self, name: str) -> bool:
        """``true`` or ``false``; false if it is not there."""
        return self.choice(name, ("true", "false"), "false") == "true"

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        found = self.text(name, None if default is None else str(default))
        if not re.fullmatch(r"-?\d{1,9}", found):
            raise CorpusError(self.place_of(name), "FIELD", f"{name}: 「{found}」 is no whole number")
        return int(found)

    def degrees(self, name: str, most: int) -> float:
        """An angle from ``-most`` to ``most`` degrees."""
        return degrees(self.text(name), most, name, self.place_of(name))

    def day(self, name: str, default: str | None = None) -> str:
        """A day of our own time, YYYY-MM-DD; empty where ``default`` is."""
        day = self.text(name, default)
        try:
            sound = not day or date.fromisoformat(day).isoformat() == day
        except ValueError:
            sound = False
        if not sound:
            raise CorpusError(self.place_of(name), "DATE", f"「{day}」 is no date such as 2026-11-20")
        return day

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

    def record(self, name: str) -> Record | None:
        """A mapping with known fields; None if it is not there."""
        found = self.get(name)
        return Record(found, name) if found else None

    def records(self, name: str, what: str = "") -> Iterator[Record]:
        """A list of mappings, named ``what`` in messages; empty if it is not there."""
        found = self.get(name)
        for value in found.items() if found else ():
            yield Record(value, what or name)

    def fields(self, name: str) -> dict[str, Value]:
        """A mapping with free keys; empty if it is not there."""
        found = self.get(name)
        if found is None:
            return {}
        if not isinstance(found.data, dict):
            raise CorpusError(found.place, "FIELD", f"{name} must be fields, one a line: name: value")
        return found.data

    def rest(self) -> dict[str, Value]:
        """The fields that nothing has read yet; they count as read."""
        rest = {name: value for name, value in self._fields.items() if name not in self._asked}
        self._asked.update(rest)
        return rest

    def place_of(self, name: str) -> Place:
        """Where a field stands; the record's own place if it is not there."""
        found = self._fields.get(name)
        return found.place if found else self.place

    def done(self, made: _Made) -> _Made:
        """Return ``made``. Raises CorpusError on a field that nothing has read."""
        for name, value in self._fields.items():
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                message = f"「{name}」 is no field of this {self.what}; there are {known}"
                raise CorpusError(value.place, "FIELD-UNKNOWN", message)
        return made


def read_list(path: Path, make: Callable[[Record], _Made], what: str) -> tuple[_Made, ...]:
    """The entries of a file that is a list; none if there is no such file."""
    if not path.exists():
        return ()
    return tuple(make(Record(value, what)) for value in read_yaml(path).items())


def degrees(written: str, most: int, name: str, place: Place) -> float:
    """Read an angle in degrees. Raises CorpusError, which calls it ``name``, beyond ``most``."""
    if not DEGREES.fullmatch(written) or not -most <= float(written) <= most:
        message = f"{name}: 「{written}」 must be degrees from -{most} to {most} such as 41.56667"
        raise CorpusError(place, "COORDINATES", message)
    return float(written)
