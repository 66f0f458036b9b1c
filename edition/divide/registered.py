"""What the registry knows of the ids that were published, and what an editor says of those that go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from edition.divide.matching import Span, place
from edition.model.findings import Place
from edition.model.kinds import RegisteredState, RetiredState
from edition.model.scripts import han
from edition.model.texts import Passage

#: The registry, below the folder of the corpus.
FILE = "permalinks.json"


@dataclass(frozen=True, slots=True)
class RegisteredSentence:
    """A published sentence that still stands in its passage."""

    n: str
    """Its number: ``2`` in ``jinshi.2.tianfu4.5.1.2``."""
    offset: int
    """Offset of its first character in the passage's Chinese characters."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A published sentence that no longer stands in its passage."""

    n: str
    han: str
    """Its Chinese characters as last registered."""
    to: tuple[str, ...]
    """Id of the sentence in which its words begin now; empty if they are in none."""


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """What happened to a registered id."""

    release: str
    """Number of the release in preparation: 0.1.0."""
    what: str


@dataclass(frozen=True, slots=True)
class Registered:
    """An id that was published."""

    id: str
    state: RegisteredState
    han: str
    """The Chinese characters that it stood for when it was last registered."""
    sentences: tuple[RegisteredSentence, ...]
    to: tuple[str, ...] = ()
    """The passages in which an editor says the words of a retired id are."""
    away: tuple[Departure, ...] = ()
    history: tuple[RegistryChange, ...] = ()
    """Oldest first."""

    @property
    def hash(self) -> str:
        """The digest by which the registry file is checked."""
        return digest(self.han)

    @property
    def slot(self) -> str:
        """The id without its last number."""
        return self.id.rpartition(".")[0]

    @property
    def number(self) -> str:
        """The last part of the id: ``1`` or ``1a``."""
        return self.id.rpartition(".")[2]

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Number, start and end in ``han`` of each sentence: it ends where the next begins."""
        ordered = sorted(self.sentences, key=lambda sentence: sentence.offset)
        ends = [sentence.offset for sentence in ordered[1:]] + [len(self.han)]
        for sentence, end in zip(ordered, ends, strict=True):
            yield sentence.n, sentence.offset, end

    def places(self, characters: str) -> dict[str, Span | None]:
        """Number of each sentence → its span in a passage with these characters; None if it is not in it."""
        spans = list(self.spans())
        if characters == self.han:
            return {n: Span(start, end, end - start, start) for n, start, end in spans}
        found = place([self.han[start:end] for _, start, end in spans], characters)
        return {n: span for (n, _, _), span in zip(spans, found, strict=True)}


@dataclass(frozen=True, slots=True)
class Retired:
    """What an editor writes in ``retired.yaml`` before an id may go."""

    id: str
    """Of a passage, or of one sentence of it."""
    state: RetiredState
    to: tuple[str, ...]
    """Ids of the passages or sentences in which the words are now."""
    reason: str
    place: Place


def digest(characters: str) -> str:
    """The hash of a passage's Chinese characters: the first 16 hexadecimal digits of SHA-256.

    >>> digest(han("乾統二年。 ")) == digest("乾統二年")
    True
    """
    return hashlib.sha256(characters.encode()).hexdigest()[:16]


def sentence_offsets(passage: Passage) -> tuple[RegisteredSentence, ...]:
    """The sentences of a passage, then the published numbers that start no sentence any more, with their places."""
    starts = [(sentence.n, sentence.start) for sentence in passage.sentences]
    return tuple(RegisteredSentence(n, len(han(passage.text[:start]))) for n, start in (*starts, *passage.anchors))
