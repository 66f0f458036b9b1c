"""The base of the maps: a frame, the land and the rivers in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from edition.model.scripts import Pair


class Point(NamedTuple):
    """A point on the earth, WGS 84."""

    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class River:
    """A stretch of a river."""

    name: Pair
    line: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What is drawn under the places of all maps, from ``map.yaml``."""

    frame: Frame
    """Beyond it nothing is known of land and water."""
    land: tuple[tuple[Point, ...], ...]
    """Outlines of land; what they leave open is sea."""
    rivers: tuple[River, ...]
    source: str
    """What land and rivers were taken from, as a citation."""
