"""What is searched: a row for each passage, with the places at which the transcription reads otherwise, and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Patch(NamedTuple):
    """A place at which the transcription reads otherwise than the text that is shown."""

    start: int
    """In the text shown, in units of UTF-16, as the browser counts."""
    end: int
    reading: str
    """As received, in the script of the page."""
    first: int = -1
    """In the received text folded: where it differs from the other; −1 where folding makes them the same."""
    last: int = -1


class Remark(NamedTuple):
    """What the editors say about a passage: a note, an entry of the apparatus, a dating."""

    kind: str
    sentence: str
    """The number of the sentence to which it belongs."""
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as it is searched, in one script."""

    id: str
    work: str
    year: int
    label: str
    """天輔六年正月."""
    numbers: tuple[str, ...]
    """Of its sentences."""
    sentences: tuple[str, ...]
    received: tuple[Patch, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """The established text."""
        return "".join(self.sentences)

    @property
    def transcription(self) -> str | None:
        """The text as received, in the script of the page; None if folding makes it the same as the established."""
        if all(patch.first < 0 for patch in self.received):
            return None
        units, parts, place = self.text.encode("utf-16-le"), [], 0
        for patch in self.received:
            parts += [units[2 * place : 2 * patch.start].decode("utf-16-le"), patch.reading]
            place = patch.end
        return "".join([*parts, units[2 * place :].decode("utf-16-le")])

    def data(self) -> dict[str, Any]:
        """As the index has it; what is empty, or as one would expect, is left out."""
        found: dict[str, Any] = {
            "id": self.id,
            "year": self.year,
            "label": self.label,
            "sentences": self.sentences,
        }
        if self.numbers != tuple(str(n) for n in range(1, len(self.numbers) + 1)):
            found["numbers"] = self.numbers
        if self.received:
            found["received"] = [patch if patch.first >= 0 else patch[:3] for patch in self.received]
        return found


def units(text: str) -> int:
    """The length of a text as browsers count it.

    >>> units("諲𬤇")
    3
    """
    return len(text) + sum(character > "\uffff" for character in text)
