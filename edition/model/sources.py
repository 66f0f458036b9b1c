"""The books, studies and tables that the layers cite: the nouns of the bibliography."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.kinds import SourceKind


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a book: a printed edition, a manuscript, a file."""

    name: str
    """As citations name it: 四庫本."""
    about: str
    seen: bool
    folder: str = ""
    """Name of the folder in which `build.py parallels` looks for its text; empty if it is of no use for that."""


@dataclass(frozen=True, slots=True)
class Source:
    """A book, study or table, as ``sources.yaml`` describes it."""

    key: str
    """Stable id, small letters and hyphens: sanchao-beimeng-huibian."""
    title: str
    """In Traditional characters."""
    names: tuple[str, ...]
    """Other names by which citations know it."""
    author: str
    date: str
    juan: int
    """How many juan it has; 0 if it has none or it is not said."""
    copies: tuple[Copy, ...]
    seen: bool
    """Whether its words were read, in itself or, if it is lost, in the book that quotes it."""
    via: str
    """Where it was met, if it was not seen."""
    quoted_in: str
    """Key of the book in which a lost one is read."""
    link: str
    """An address on the web, or empty."""
    about: str
    kind: SourceKind
    place: Place

    @property
    def all_names(self) -> tuple[str, ...]:
        """The title and the other names."""
        return (self.title, *self.names)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a layer words it, resolved."""

    written: str
    source: Source
    copy: str = ""
    """Name of the copy, where one is named."""
    juan: tuple[int, ...] = ()
    front: bool = False
    """Whether it names a part that has no number: 卷首."""
    quoted: Source | None = None
    """The book whose words the source quotes: 引亡遼錄."""
    unknown: str = ""
    """The name of a book quoted, or of the one at second hand, that is in no bibliography."""
    unseen: bool = False
    """Whether it says of itself that the book was not seen."""
