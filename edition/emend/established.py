"""Apply the apparatus to a passage. The result keeps the received text and maps its offsets to the established text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edition.model.findings import CorpusError
from edition.model.layers import Entry
from edition.model.texts import Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: unchanged, or changed by one entry of the apparatus."""

    received: str
    established: str
    start: int
    """Offset in the received text."""
    offset: int
    """Offset in the established text."""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Established:
    """The established text of a passage."""

    passage: Passage
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    """All entries of the passage, also those that are only recorded, in the order of the text."""
    text: str
    """The established text, in the script of the transcription."""

    def offset(self, received: int, *, end: bool = False) -> int:
        """Map an offset of the received text to the established text.

        Inside an emended stretch the offset of a start moves to its beginning; with ``end`` it moves to its end.
        """
        for piece in self.pieces:
            if received < piece.start + len(piece.received) or (end and received == piece.start + len(piece.received)):
                if piece.entry is None:
                    return piece.offset + received - piece.start
                return piece.offset + (len(piece.established) if end and received > piece.start else 0)
        return len(self.text)

    def received(self, established: int, *, end: bool = False) -> int:
        """Where an offset of the established text is in the received text: the reverse of `offset`.

        Inside an emended stretch a start moves to its beginning and an end to its end.
        """
        for piece in self.pieces:
            last = piece.offset + len(piece.established)
            if established < last or (end and established == last):
                if piece.entry is None:
                    return piece.start + established - piece.offset
                return piece.start + (len(piece.received) if end and established > piece.offset else 0)
        return len(self.passage.text)

    def sentences(self) -> tuple[tuple[str, int, int], ...]:
        """Return number, start and end offset of each sentence in the established text."""
        bounds = [self.offset(sentence.start) for sentence in self.passage.sentences] + [len(self.text)]
        return tuple(
            (sentence.n, start, end)
            for sentence, start, end in zip(self.passage.sentences, bounds[:-1], bounds[1:], strict=True)
        )


def emend(passage: Passage, entries: Iterable[Entry]) -> Established:
    """Apply the entries of a passage to its text.

    Raises CorpusError if two entries change the same characters.
    """
    ordered = tuple(sorted(entries, key=lambda entry: (entry.anchor.start, entry.anchor.end)))
    pieces: list[Piece] = []
    received = established = 0

    def add(text: str, lemma: str, entry: Entry | None = None) -> None:
        nonlocal received, established
        if text or lemma:
            pieces.append(Piece(text, lemma, received, established, entry))
        received, established = received + len(text), established + len(lemma)

    for entry in ordered:
        if not entry.applied:
            continue
        if entry.anchor.start < received:
            message = f"「{entry.reading}」 in {passage.id} is changed by another entry too: make them one"
            raise CorpusError(entry.anchor.place, "APPARATUS-OVERLAP", message)
        untouched = passage.text[received : entry.anchor.start]
        add(untouched, untouched)
        add(entry.reading, entry.lemma, entry)
    add(passage.text[received:], passage.text[received:])
    return Established(passage, tuple(pieces), ordered, "".join(piece.established for piece in pieces))
