"""Rows of the search index: a passage with the places where the transcription differs, and its notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Patch(NamedTuple):
    """A range of the established text for which the transcription has another reading."""

    start: int
    """Offset in the established text, in UTF-16 code units, as JavaScript counts."""
    end: int
    reading: str
    """The reading of the transcription, in the script of the page."""
    first: int = -1
    """Start of the difference in the folded transcription, in UTF-16 code units; −1 if both are equal when folded."""
    last: int = -1


class Remark(NamedTuple):
    """A searchable comment on a passage: a note, an entry of the apparatus, or an editorial dating."""

    kind: str
    """The label that the page shows."""
    sentence: str
    """Number of the sentence to which it belongs."""
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in the search index, in one script."""

    id: str
    work: str
    year: int
    label: str
    """天輔六年正月."""
    numbers: tuple[str, ...]
    """Numbers of its sentences."""
    sentences: tuple[str, ...]
    received: tuple[Patch, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """The established text."""
        return "".join(self.sentences)

    @property
    def transcription(self) -> str | None:
        """The transcription, in the script of the page; None if it equals the established text when folded."""
        if all(patch.first < 0 for patch in self.received):
            return None
        utf16, parts, place = self.text.encode("utf-16-le"), [], 0
        for patch in self.received:
            parts += [utf16[2 * place : 2 * patch.start].decode("utf-16-le"), patch.reading]
            place = patch.end
        return "".join([*parts, utf16[2 * place :].decode("utf-16-le")])

    def data(self) -> dict[str, Any]:
        """Return the row as JSON values; empty and default values are omitted."""
        fields: dict[str, Any] = {
            "id": self.id,
            "year": self.year,
            "label": self.label,
            "sentences": self.sentences,
        }
        if self.numbers != tuple(str(n) for n in range(1, len(self.numbers) + 1)):
            fields["numbers"] = self.numbers
        if self.received:
            fields["received"] = [patch if patch.first >= 0 else patch[:3] for patch in self.received]
        return fields


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units.

    >>> units("諲𬤇")
    3
    """
    return len(text) + sum(character > "\uffff" for character in text)
