"""What an event has beyond its accounts: the reports of other books, and what an eclipse looked like."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.kinds import EclipseType


@dataclass(frozen=True, slots=True)
class Report:
    """What a book that is no work of the edition says of an event."""

    book: str
    """Key of the book in the bibliography."""
    juan: int
    """0 if the book has none."""
    text: str
    """Its words, as its copy has them."""
    julian: str
    """The Julian date that its words come to: 1122-02-23, 1122-02, or empty."""
    place: Place


@dataclass(frozen=True, slots=True)
class EclipseAt:
    """An eclipse as computed for one place: the greatest that was to be seen there."""

    place: str
    """Name of the place, in Traditional characters."""
    magnitude: float
    """The share of the sun's diameter that is covered; above 1 where the eclipse is total."""
    local_time: str
    """Local mean time, HH:MM."""
    altitude: int
    """Of the sun above the horizon, in degrees; 0 at sunrise or sunset."""


@dataclass(frozen=True, slots=True)
class Eclipse:
    """A solar eclipse: its type on the earth, and how it was seen."""

    type: EclipseType
    places: tuple[EclipseAt, ...]
