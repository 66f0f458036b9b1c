"""Read ``sources.yaml``: the books, studies and tables that the layers cite."""

from __future__ import annotations

import re
from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.kinds import SOURCE_KINDS
from edition.model.sources import Copy, Source
from edition.read.fields import Record, read_list

FILE = "sources.yaml"
KEY = re.compile(r"(?=.{1,60}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_sources(folder: Path) -> tuple[Source, ...]:
    """The bibliography in the order of its file; nothing if there is no such file. Raises CorpusError."""
    sources = read_list(folder / FILE, _source, "source")
    _unambiguous(sources)
    return sources


def _source(record: Record) -> Source:
    key = record.text("key")
    if not KEY.fullmatch(key):
        message = f"「{key}」: a key is at most 60 small letters, digits and hyphens"
        raise CorpusError(record.place_of("key"), "ID", message)
    link = record.text("link", "")
    if link and not re.match(r"https?://[^\s\"<>]+$", link):
        raise CorpusError(record.place_of("link"), "FIELD", f"link: 「{link}」 is no address on the web")
    return record.done(
        Source(
            key=key,
            title=record.text("title"),
            names=record.texts("names"),
            author=record.text("author", ""),
            date=record.text("date", ""),
            juan=record.number("juan", 0),
            copies=tuple(_copy(copy) for copy in record.records("copies")),
            seen=_truth(record, "seen"),
            via=record.text("via", ""),
            quoted_in=record.text("quoted_in", ""),
            link=link,
            about=record.text("about", ""),
            kind=record.choice("kind", SOURCE_KINDS),
            place=record.place,
        )
    )


def _copy(record: Record) -> Copy:
    seen = _truth(record, "seen")
    return record.done(Copy(record.text("name"), record.text("about", ""), seen, record.text("folder", "")))


def _truth(record: Record, name: str) -> bool:
    return record.choice(name, ("true", "false")) == "true"


def _unambiguous(sources: tuple[Source, ...]) -> None:
    """Raise CorpusError for a key or name that two sources share, or a ``quoted_in`` that is no key."""
    keys: dict[str, Place] = {}
    names: dict[str, Source] = {}
    for source in sources:
        if source.key in keys:
            message = f"{source.key} is also at {keys[source.key]}: keys may not repeat"
            raise CorpusError(source.place, "SOURCE-TWICE", message)
        keys[source.key] = source.place
        for name in dict.fromkeys(source.all_names):
            if (other := names.setdefault(name, source)) is not source:
                message = f"「{name}」 is also a name of {other.key}: no citation could tell them apart"
                raise CorpusError(source.place, "SOURCE-TWICE", message)
    for source in sources:
        if source.quoted_in and source.quoted_in not in keys:
            message = f"quoted_in: {source.quoted_in} is no key of this file"
            raise CorpusError(source.place, "SOURCE-UNKNOWN", message)
