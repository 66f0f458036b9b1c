"""Read ``names-1781.tsv``: the names that the copies of 四庫全書 write anew."""

from __future__ import annotations

from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.renamings import Renaming
from edition.model.scripts import han
from edition.read.files import read_text

FILE = "names-1781.tsv"
COLUMNS = "old\tnew\tsource"


def read_renamings(folder: Path) -> tuple[Renaming, ...]:
    """The names of a corpus; none if there is no such file. Raises CorpusError for a line that is not three columns."""
    path = folder / FILE
    if not path.exists():
        return ()
    lines = read_text(path).splitlines()
    if not lines or lines[0] != COLUMNS:
        raise CorpusError(Place(path.as_posix(), 1), "TABLE", f"must begin with the line {COLUMNS!r}")
    return tuple(_renaming(line, Place(path.as_posix(), number)) for number, line in enumerate(lines[1:], 2))


def _renaming(line: str, place: Place) -> Renaming:
    columns = line.split("\t")
    if len(columns) != 3 or not all(word and word == han(word) for word in columns[:2]) or not columns[2]:
        raise CorpusError(
            place, "TABLE", f"「{line}」 must be the old name, the new one and a source, with tabs between"
        )
    return Renaming(columns[0], columns[1])
