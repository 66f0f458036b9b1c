"""Which copy has which reading, as far as the evidence of an entry of the apparatus quotes it.

An entry names the books on which it rests; that a book is named does not say which of the two readings it has. So a
copy is a witness of a reading only where the evidence quotes its words: 四庫本作「師禮入奏」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edition.edition import Edition
from edition.model.layers import Entry
from edition.model.scripts import han
from edition.model.sources import Copy, Source
from edition.model.texts import Work

#: What stands before a quotation: the books that have it, and 作.
QUOTED = re.compile(r"(?P<books>[^「」。；]*?)[並皆均亦又]*作「(?P<words>[^」]*)」")


@dataclass(frozen=True, slots=True)
class Attested:
    """Who has a reading."""

    copies: tuple[int, ...]
    """Copies of the work itself, by their numbers in its entry of the bibliography, from 1."""
    books: tuple[str, ...]
    """Keys of other books that have the same words."""


def of_work(edition: Edition, work: Work) -> Source | None:
    """Return the entry of the bibliography for a work; None if it has none."""
    return next((s for s in edition.bibliography.sources if s.title == work.title.hant), None)


def witnesses(edition: Edition, entry: Entry) -> tuple[Attested, Attested]:
    """Return who has the lemma of an entry, and who has its reading."""
    work = edition.works[entry.anchor.passage.partition(".")[0]]
    own = of_work(edition, work)
    shown = [edition.shown(words, work.script, "hant") for words in (entry.lemma, entry.reading)]
    found: tuple[dict[int | str, None], ...] = ({}, {})
    for match in QUOTED.finditer(entry.evidence):
        which = _which(han(match["words"]), han(shown[0]), han(shown[1]))
        if which is not None:
            found[which].update(dict.fromkeys(_books(edition, own, match["books"])))
    return tuple(  # type: ignore[return-value]  # there are two
        Attested(tuple(b for b in books if isinstance(b, int)), tuple(b for b in books if isinstance(b, str)))
        for books in found
    )


def _which(words: str, lemma: str, reading: str) -> int | None:
    """Return 0 if words have the lemma and not the reading, 1 in the opposite case, else None.

    >>> _which("師禮入奏", "入", "人"), _which("遣使復往宋", "復往", "復"), _which("復遣使", "復往", "復")
    (0, 0, 1)
    >>> _which("有流星燭地", "", "朔"), _which("人入", "入", "人")
    (None, None)
    """
    has = [bool(text) and text in words for text in (lemma, reading)]
    if all(has) and lemma in reading:
        return 1
    if all(has) and reading in lemma:
        return 0
    return None if has[0] == has[1] else has.index(True)


def _books(edition: Edition, own: Source | None, written: str) -> Iterator[int | str]:
    """Yield what a list of books names: 四庫本、九朝編年備要卷二十九, with a bare copy for one of the work itself."""
    for part in re.split("[、，]", written):
        text = part.strip("而惟")
        cited = edition.bibliography.resolve(text)
        copies = {copy.name: n for n, copy in seen(own)} if own else {}
        name = cited.copy if cited and cited.source == own and not cited.quoted else text
        if name in copies:
            yield copies[name]
        elif cited:
            yield cited.source.key


def seen(own: Source) -> Iterator[tuple[int, Copy]]:
    """Yield number and copy of the copies of a work that the editors have seen."""
    yield from ((n, copy) for n, copy in enumerate(own.copies, 1) if copy.seen)
