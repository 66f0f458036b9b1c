"""Set a passage as received beside the established text, character by character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

from edition.edition import Edition
from edition.model.scripts import Script
from edition.model.texts import Passage


class Pair(NamedTuple):
    """A stretch of a passage as received and as established: one character each where they can be set side by side."""

    received: str
    """In the script of the transcription; empty for what was added."""
    shown: str
    """In the script of the page; empty for what was left out."""
    differs: Literal["", "script", "emended"] = ""


def compared(edition: Edition, passage: Passage, script: Script) -> tuple[Pair, ...]:
    """Return a passage as received and as established, stretch by stretch. White space of the layout is left out."""
    text = edition.converted[script][passage.id]
    pairs: list[Pair] = []
    for piece in edition.texts[passage.id].pieces:
        shown = text[piece.offset : piece.offset + len(piece.established)]
        if piece.entry and piece.entry.kind == "emendation":
            pairs += _emended(piece.received, piece.established, shown)
        elif len(piece.received) == len(shown):
            pairs += map(_letter, piece.received, shown)
        elif shown.strip():
            pairs.append(Pair(shown, shown))
    return tuple(
        pair
        for differs, group in groupby(pairs, lambda pair: pair.differs)
        for pair in (group if differs else [_joined(group)])
    )


def _emended(received: str, established: str, shown: str) -> Iterator[Pair]:
    """What an entry changed, and what it left: in 國七主 → 國主 only 七 goes."""
    matcher = SequenceMatcher(None, received, established, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield from map(_letter, received[first:last], shown[start:end])
        elif last - first == end - start:
            for one, other in zip(received[first:last], shown[start:end], strict=True):
                yield Pair(one, other, "emended")
        else:
            yield Pair(received[first:last], shown[start:end], "emended")


def _letter(received: str, shown: str) -> Pair:
    return Pair(received, shown, "" if received == shown else "script")


def _joined(pairs: Iterable[Pair]) -> Pair:
    words = "".join(pair.shown for pair in pairs)
    return Pair(words, words)
