"""Findings about a passage."""

from __future__ import annotations

from edition.edition import Edition
from edition.model.findings import Finding, Place
from edition.model.texts import Passage


def place_of(edition: Edition, passage: Passage) -> Place:
    """The line of the transcription where a passage stands."""
    juan = next(juan for juan in edition.works[passage.work].juans if juan.number == passage.juan)
    return Place(juan.place.path, passage.line)


def in_passage(passage: Passage, place: Place, code: str, message: str, quote: str) -> Finding:
    """A finding in a passage; an excuse may name its line, ``work:line``, or the passage id."""
    return Finding(code, place, message, (f"{passage.work}:{passage.line}", passage.id), quote)
