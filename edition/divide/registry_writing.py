"""Write the registry of published ids."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from edition.divide.registry import Registered
from edition.model.findings import CorpusError, Place

ABOUT = (
    "The registry of published passage ids, written by `build.py register` and by nothing else. han: the Chinese "
    "characters of the passage as received (punctuation does not count); hash: the first 16 hexadecimal digits of "
    "their SHA-256; sentences: number of each published sentence and the offset of its first character in han; "
    "to: where the words of a retired id are; away: sentences of a live one whose words went elsewhere."
)


def serialise(entries: Iterable[Registered], sections: str = "") -> str:
    """The registry as JSON, one id a line, so that a change shows as a line; ``sections`` stand after the passages.

    >>> entry = Registered("jinshi.2.tianfu3.8.1", "live", "八月己丑颁女直字", (("1", 0),))
    >>> json.loads(serialise([entry]))["passages"]["jinshi.2.tianfu3.8.1"]["sentences"]
    {'1': 0}
    """
    lines = []
    for entry in entries:
        data: dict[str, object] = {
            "state": entry.state,
            "hash": entry.hash,
            "sentences": dict(entry.sentences),
        }
        if entry.to:
            data["to"] = list(entry.to)
        if entry.away:
            data["away"] = {n: {"han": words, "to": list(to)} for n, words, to in entry.away}
        data |= {"han": entry.han, "history": [list(item) for item in entry.history]}
        lines.append(f"{json.dumps(entry.id)}: {json.dumps(data, ensure_ascii=False)}")
    body = ",\n".join(lines)
    return f'{{"about": {json.dumps(ABOUT)},\n"version": 1,\n"passages": {{\n{body}\n}}{sections}}}\n'


def write(path: Path, entries: Iterable[Registered], sections: str = "") -> None:
    """Replace the registry in one step. Raises CorpusError if it cannot be written."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".permalinks-", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(serialise(entries, sections))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise CorpusError(Place(path.as_posix(), 1), "OUTPUT", f"cannot be written: {error.strerror}") from None
