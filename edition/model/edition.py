"""Metadata of the edition, and the history of its text."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.scripts import Pair


@dataclass(frozen=True, slots=True)
class About:
    """Metadata of the edition, from ``edition.yaml``."""

    title: Pair
    subtitle: str
    """In English."""
    description: Pair
    abstract: str
    """The description, in English."""
    release: str
    """Version of the edition, as citations name it."""
    released: str
    """Date of the release, YYYY-MM-DD."""
    site_url: str
    """URL of the published site; empty if it is not published yet."""
    editors: tuple[str, ...]
    licence: str
    licence_url: str
    source_url: str
    """URL of the repository; empty if it is not public."""
    works: tuple[str, ...]
    """Slugs of the works, in the order of the columns."""
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """A change in the text or its layers: an entry of ``history.yaml``."""

    date: str
    """YYYY-MM-DD."""
    release: str
    title: Pair
    text: str
    """Markdown, in Traditional characters."""
    place: Place
