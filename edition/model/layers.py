"""What editors say about the texts: the nouns of the layers, each anchored in a passage as received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edition.model.findings import Place
from edition.model.identities import AuthorityId, Father, LifeYear, Where
from edition.model.reports import Eclipse, Report
from edition.model.scripts import Pair
from edition.model.time import Slot


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the received text of a passage, found by quotation."""

    passage: str
    start: int
    """Offset in the received text."""
    end: int
    place: Place
    """Where the layer says so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the apparatus: a lemma over a reading."""

    anchor: Anchor
    reading: str
    """What the transcription has."""
    lemma: str
    """What we print, or (for what is only recorded) what could be read; in the script of the transcription."""
    kind: Literal["emendation", "variant", "conjecture", "layout"]
    evidence: str
    sources: tuple[str, ...]
    by: str
    certainty: str
    context: str
    """The words quoted."""

    @property
    def applied(self) -> bool:
        """Whether the established text has the lemma."""
        return self.kind in ("emendation", "layout")


@dataclass(frozen=True, slots=True)
class Displaced:
    """An editorial dating: words that tell of another time than the section in which they stand."""

    anchor: Anchor
    kind: Literal["flashback", "anticipation", "displaced", "background"]
    years: tuple[int, int]
    """First and last real Chinese year."""
    slots: tuple[Slot, ...]
    """Months, where known: one, or the first and the last."""
    day: str
    certainty: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    anchor: Anchor
    """The number stands after these words."""
    kind: Literal["校", "注", "曆", "異"]
    text: str
    """Markdown, in Traditional characters."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synchronism:
    """Words that equate the year in which they stand with a regnal year of another count."""

    anchor: Anchor
    era: str
    """As written."""
    year: int


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the concordance: a person, place, people, office or book."""

    id: str
    kind: Literal["person", "place", "people", "office", "book"]
    name: Pair
    about: str
    sources: tuple[str, ...]
    certainty: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    """Work slug → the forms it writes."""
    identified: str
    homonyms: tuple[str, ...]
    """Ids of entries not to be confused with this one."""
    only: tuple[Anchor, ...]
    """Single places tagged beyond the forms."""
    exceptions: tuple[Anchor, ...]
    """Places where a form is not this name."""
    place: Place
    titles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Work slug → the words by which it refers to this name without naming it: 國主."""
    by_title: tuple[Anchor, ...] = ()
    """Single places that refer to this name by title."""
    ids: tuple[AuthorityId, ...] = ()
    ids_evidence: str = ""
    """Why the ids are of the same person or place."""
    where: Where | None = None
    """For places."""
    born: LifeYear | None = None
    """For persons, as the next two."""
    died: LifeYear | None = None
    father: Father | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What one work tells of an event: whole sentences of one passage."""

    work: str
    passage: str
    first: str
    """Number of the first sentence."""
    last: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Event:
    """The same event in the accounts of one or more works."""

    id: str
    title: Pair
    kind: str
    """``eclipse``, or empty."""
    year: int
    """Real Chinese year."""
    julian: str
    """1122-02-23, or 1122-02, or empty."""
    certainty: str
    dated_by: str
    sources: tuple[str, ...]
    about: str
    accounts: tuple[Account, ...]
    differs: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """What differs (時) → work slug → in its words."""
    place: Place
    others: tuple[Report, ...] = ()
    """What books say that are no works of the edition."""
    eclipse: Eclipse | None = None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A finding that an editor has looked at and lets stand, with the reason."""

    code: str
    at: str
    """``work:line``, a passage id, or a file."""
    quote: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A page of prose: about, editorial principles."""

    slug: str
    title: Pair
    order: int
    text: str
    place: Place
