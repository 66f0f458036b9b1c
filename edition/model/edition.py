"""The edition itself, and the history of its text."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.scripts import Pair


@dataclass(frozen=True, slots=True)
class About:
    """The edition itself: ``edition.yaml``."""

    title: Pair
    subtitle: str
    """In English."""
    description: Pair
    release: str
    """The edition's version, which citations name."""
    released: str
    """Date of the release, YYYY-MM-DD."""
    site_url: str
    """Where it is published; empty if nowhere yet."""
    editors: tuple[str, ...]
    licence: str
    licence_url: str
    source_url: str
    """Where the corpus and the code are kept; empty if nowhere public."""
    works: tuple[str, ...]
    """Slugs, in the order of the columns."""
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the text or its layers, as ``history.yaml`` tells it."""

    date: str
    """YYYY-MM-DD."""
    release: str
    title: Pair
    text: str
    """Markdown, in Traditional characters."""
    place: Place
