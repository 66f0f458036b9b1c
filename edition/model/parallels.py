"""Parallels: words of a work that stand in another book too, with every reading in which it differs."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.kinds import Certainty, Direction, ReadingKind
from edition.model.layers import Anchor


@dataclass(frozen=True, slots=True)
class Reading:
    """A place at which the other book differs. What lies between two readings is the same in both."""

    start: int
    """Offset in the received text of the passage."""
    end: int
    """The same as ``start`` where the book has words besides ours."""
    theirs: str
    """The characters of the book, in Traditional script and without punctuation; empty where it leaves words out."""
    kind: ReadingKind


@dataclass(frozen=True, slots=True)
class Parallel:
    """Words that a work of the edition and another book share."""

    id: str
    """Registered and permanent: ``qidanguozhi-huibian-21-4``."""
    anchor: Anchor
    """Our words."""
    book: str
    """Key of the book in the bibliography."""
    copy: str
    """Name of the copy whose characters are given; empty if the book is named without one."""
    juan: int | None
    """0 for what stands before the first; None if it is not said."""
    offset: int
    """How many Chinese characters stand before the words in that juan of that copy."""
    via: str
    """The book that is quoted there, by its title: 亡遼錄; empty if the words are the book's own."""
    readings: tuple[Reading, ...]
    """In order of the text, without overlaps."""
    direction: Direction
    reason: str
    """Why that direction. Markdown, in Traditional characters."""
    certainty: Certainty
    """Of the direction."""
    sources: tuple[str, ...]
    """Literature on the question."""
    note: str
    """A remark. Markdown, in Traditional characters; may be empty."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A proposal of `build.py parallels` that an editor has looked at and that is no parallel."""

    anchor: Anchor
    book: str
    juan: int
    reason: str
