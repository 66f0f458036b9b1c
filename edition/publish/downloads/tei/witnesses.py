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

#: A list of books, 作 with the words that they have in this place, and 有 or 無 with a part of them.
QUOTED = re.compile(
    r"(?P<books>[^「」。；]*?)(?:此處)?[並皆均亦又]*(?:作|(?P<part>有|無)(?:原注)?)「(?P<words>[^」]*)」"
    r"(?(part)(?=[一二三四五六七八九十]?字|[，。；（]))"
)


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
        which = _which(han(match["words"]), han(shown[0]), han(shown[1]), match["part"] or "")
        if which is not None:
            found[which].update(dict.fromkeys(_books(edition, own, match["books"])))
    return tuple(  # type: ignore[return-value]  # there are two
        Attested(tuple(b for b in books if isinstance(b, int)), tuple(b for b in books if isinstance(b, str)))
        for books in found
    )


def _which(words: str, lemma: str, reading: str, part: str = "") -> int | None:
    """Return 0 if words have the lemma and not the reading, 1 in the opposite case, else None.

    With ``part``, 有 or 無, the words are a part of one of the two, which is there or is not.

    >>> _which("師禮入奏", "入", "人"), _which("遣使復往宋", "復往", "復"), _which("復遣使", "復往", "復")
    (0, 0, 1)
    >>> _which("有流星燭地", "", "朔"), _which("人入", "入", "人")
    (None, None)
    >>> _which("朔", "", "朔", "無"), _which("節度使", "女真節度使", "女真", "有")
    (0, 0)
    """
    if part:
        inside = [words in text for text in (lemma, reading)]
        return None if inside[0] == inside[1] else inside.index(part == "有")
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
