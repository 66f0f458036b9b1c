"""The editors' own prose, piece by piece, with where it stands: what the checks of prose look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.emend.layers import Layers
from edition.model.findings import Place


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of editors' prose."""

    field: str
    """The field of the layer: about, text, evidence …"""
    text: str
    """Markdown, in Traditional characters."""
    place: Place
    at: tuple[str, ...]
    """What an excuse may name."""


def prose(layers: Layers) -> Iterator[Prose]:
    """Every piece of prose in the layers that is not empty; lists of sources are none."""
    for piece in _pieces(layers):
        if piece.text:
            yield piece


def _pieces(layers: Layers) -> Iterator[Prose]:
    for note in layers.notes:
        yield Prose("text", note.text, note.anchor.place, (str(note.anchor.place), note.anchor.passage))
    for entry in layers.apparatus:
        yield Prose("evidence", entry.evidence, entry.anchor.place, (str(entry.anchor.place), entry.anchor.passage))
    for item in layers.displaced:
        yield Prose("note", item.note, item.anchor.place, (str(item.anchor.place), item.anchor.passage))
    for parallel in layers.parallels:
        at = (str(parallel.anchor.place), parallel.id)
        yield Prose("reason", parallel.reason, parallel.anchor.place, at)
        yield Prose("note", parallel.note, parallel.anchor.place, at)
    for event in layers.events:
        at = (str(event.place), event.id)
        yield Prose("about", event.about, event.place, at)
        yield Prose("dated_by", event.dated_by, event.place, at)
        for _, cells in event.differs:
            for _, cell in cells:
                yield Prose("differs", cell, event.place, at)
    for name in layers.names:
        at = (str(name.place), name.id)
        yield Prose("about", name.about, name.place, at)
        yield Prose("identified", name.identified, name.place, at)
        yield Prose("ids_evidence", name.ids_evidence, name.place, at)
