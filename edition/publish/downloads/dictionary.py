"""The data dictionary: every field of every JSON file and every column of every table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from edition.publish.downloads import schemas, tables
from edition.publish.downloads.schemas import Field

#: What the dictionary calls a type of `schemas.TYPES` whose name does not say it.
WORDS = {
    "date": "text, YYYY-MM-DD",
    "difference": "object: what, and a text for each work",
    "number": "integer, or text if lettered",
    "pair": "object: hant, hans",
    "passage": "id of a passage",
    "script": "one of hant, hans",
    "sentence": "id of a sentence",
    "titles": "object: hant, hans, en",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the dictionary, or a table."""

    name: str
    """``names.json``, ``names.csv``."""
    description: str
    fields: tuple[Field, ...]


def entries() -> Iterator[Entry]:
    """Yield every JSON file, then every table."""
    for name, described in schemas.source().items():
        fields = (replace(field, type=_named(field.type)) for field in schemas.fields(name))
        yield Entry(schemas.file_name(name), described["description"], tuple(fields))
    for table in tables.described():
        columns = tuple(Field(column.name, _type(column), column.description) for column in table.columns)
        yield Entry(f"{table.name}.csv", table.description, columns)


def _type(column: tables.Column) -> str:
    if column.members:
        return f"one of {', '.join(column.members)}"
    return _named(column.type + ("?" if column.null else ""))


def _named(kind: str) -> str:
    """A type in words.

    >>> _named("list of passage"), _named("date?"), _named("integer")
    ('list of id of a passage', 'text, YYYY-MM-DD, or null', 'integer')
    """
    *before, last = kind.removesuffix("?").split(" ")
    named = " ".join([*before, WORDS.get(last, last)])
    return f"{named}, or null" if kind.endswith("?") else named


def text() -> str:
    """The dictionary as plain text, a line for each field and column."""
    return "\n\n".join(
        "\n".join((f"{e.name}: {e.description}", *(f"  {f.name} ({f.type}): {f.description}" for f in e.fields)))
        for e in entries()
    )
