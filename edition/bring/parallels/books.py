"""Read the books in a folder: a folder a copy, a file a juan, or one file for a whole book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from edition.emend.citations import Bibliography, juan_number
from edition.model.findings import CorpusError, Place
from edition.model.scripts import Script, han
from edition.rules import numerals
from edition.rules.script import Converter

#: How many characters at the head of a file may name its juan.
HEAD = 120
JUAN = re.compile(rf"[卷巻]第?([{numerals.CHARACTERS}]+)")
#: A line that opens a juan inside a file: 三朝北盟會編卷二, 卷三.
OPENS = re.compile(rf"(?m)^[\s　]*[\u3400-\u9fff]{{0,12}}[卷巻]第?([{numerals.CHARACTERS}]+)(?=[\s　·]|$)")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a book."""

    book: str
    """Key of the book in the bibliography; the name of its folder if it is in none."""
    name: str
    """As the bibliography calls the copy; empty if it does not."""


@dataclass(frozen=True, slots=True)
class Juan:
    """A juan of a copy."""

    copy: Copy
    number: int
    """0 if the file names none."""
    han: str
    """Its Chinese characters, as the file has them."""
    script: Script


def books(folder: Path, bibliography: Bibliography, converter: Converter) -> Iterator[Juan]:
    """Every juan below a folder, copy by copy. Raises CorpusError if there is none, or a file is not UTF-8."""
    files = sorted(folder.rglob("*.txt"), key=lambda path: (path.parent, path.name))
    if not files:
        message = "has no .txt files: give a folder with plain text, in it a folder for each copy of a book"
        raise CorpusError(Place(folder.as_posix(), 1), "FILE-MISSING", message)
    for parent, own in groupby(files, key=lambda path: path.parent):
        copy = _copy(parent.name if parent != folder else folder.resolve().name, bibliography)
        paths = tuple(own)
        for path, named in zip(paths, _numbers(paths), strict=True):
            for number, text in _juans(path, named):
                characters = han(text)
                yield Juan(copy, number, characters, _script(characters, converter))


def _numbers(paths: Sequence[Path]) -> list[int | None]:
    """The number of the juan in each file of a copy: that of its head, or of its name if no head of the copy has one.

    A head that is out of line, while the files before and after it are in line with their names, is a slip: their line
    is followed. None for a file whose name has no number.
    """
    names = [int(match[0]) if (match := re.search(r"\d+", path.stem)) else None for path in paths]
    heads = [_number(_read(path)) for path in paths]
    if not any(heads):
        return names
    lines = [name - head if name is not None and head else None for name, head in zip(names, heads, strict=True)]
    found: list[int | None] = []
    for place, (name, head) in enumerate(zip(names, heads, strict=True)):
        before, after = (lines[place - 1] if place else None), (lines[place + 1] if place + 1 < len(lines) else None)
        slip = name is not None and before is not None and before == after != lines[place]
        found.append(
            name - before if slip and name is not None and before is not None else None if name is None else head
        )
    return found


def _copy(name: str, bibliography: Bibliography) -> Copy:
    """The copy whose folder has this name."""
    for source in bibliography.sources:
        for copy in source.copies:
            if copy.folder == name:
                return Copy(source.key, copy.name)
    return Copy(name, "")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file as UTF-8"
        raise CorpusError(Place(path.as_posix(), 1), "ENCODING", message) from None


def _number(text: str) -> int:
    """The number of the juan that the head of a file names; 0 if it names none, as a preface or a table of contents."""
    match = None if "目錄" in text[:HEAD] else JUAN.search(text[:HEAD])
    return juan_number(match[1]) if match else 0


def _juans(path: Path, named: int | None) -> Iterator[tuple[int, str]]:
    """The juan of a file with their numbers: the one of its name, or those that its lines open."""
    text = _read(path)
    openings = list(OPENS.finditer(text))
    if named is not None or len(openings) < 2:
        yield _number(text) if named is None else named, text
        return
    starts = [0, *(match.start() for match in openings)]
    numbers = [0, *(juan_number(match[1]) for match in openings)]
    for number, start, end in zip(numbers, starts, [*starts[1:], len(text)], strict=True):
        if end > start:
            yield number, text[start:end]


def _script(characters: str, converter: Converter) -> Script:
    """In which script a text is: the one into which conversion changes less."""
    sample = characters[:2000]
    changed = {
        "hant": sum(a != b for a, b in zip(sample, converter.hant(sample, "hans"), strict=True)),
        "hans": sum(a != b for a, b in zip(sample, converter.hans(sample, "hant"), strict=True)),
    }
    return "hant" if changed["hant"] <= changed["hans"] else "hans"
