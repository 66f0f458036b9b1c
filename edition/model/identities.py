"""Who and where a name is, beyond the texts: ids in other registers, a point on the map, a life."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.kinds import Authority, Precision


@dataclass(frozen=True, slots=True)
class AuthorityId:
    """The id of a name in a register that others keep."""

    authority: Authority
    value: str


@dataclass(frozen=True, slots=True)
class Where:
    """A point on the map for a place."""

    lat: float
    """Degrees north, WGS 84."""
    lon: float
    """Degrees east, WGS 84."""
    precision: Precision
    """``site``: the old place itself; ``town``: the modern town on or near it; ``uncertain``: one of several views."""
    source: str
    """What the point was taken from, as a citation."""


@dataclass(frozen=True, slots=True)
class LifeYear:
    """A year of a person's life."""

    year: int
    """Real Chinese year, named by its CE year."""
    source: str


@dataclass(frozen=True, slots=True)
class Father:
    """A person's father: an entry of the concordance, or only a name."""

    id: str
    """Empty if the concordance has no entry for him."""
    name: str
    """In Traditional characters; empty if there is an entry."""
    source: str
