"""The records of the layers: what editors say about the texts, anchored in passages as received."""

from __future__ import annotations

from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.identities import AuthorityId, Father, LifeYear, Where
from edition.model.kinds import Certainty, DisplacedKind, EntryKind, EventKind, NameKind, NoteKind
from edition.model.reports import Eclipse, Report
from edition.model.scripts import Pair
from edition.model.time import Slot


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range of the received text of a passage, located by a quotation."""

    passage: str
    start: int
    """Offset in the received text."""
    end: int
    place: Place
    """The entry in its layer file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the apparatus: the reading of the transcription, and a lemma that replaces it or is only recorded."""

    anchor: Anchor
    reading: str
    """What the transcription has."""
    lemma: str
    """The printed text, or the other reading of a variant or conjecture; in the script of the transcription."""
    kind: EntryKind
    evidence: str
    sources: tuple[str, ...]
    by: str
    certainty: Certainty
    context: str
    """The quotation that anchors the entry."""

    @property
    def applied(self) -> bool:
        """Whether the established text has the lemma."""
        return self.kind in ("emendation", "layout")


@dataclass(frozen=True, slots=True)
class Displaced:
    """An editorial dating: words about another time than that of the section in which they stand."""

    anchor: Anchor
    kind: DisplacedKind
    years: tuple[int, int]
    """First and last Chinese year, each by its CE number."""
    slots: tuple[Slot, ...]
    """Months, where known: one, or the first and the last."""
    day: str
    certainty: Certainty
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    anchor: Anchor
    """The number stands after these words."""
    kind: NoteKind
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
    """An entry of the concordance of names."""

    id: str
    kind: NameKind
    name: Pair
    about: str
    sources: tuple[str, ...]
    certainty: Certainty
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    """Work slug → the forms it writes."""
    identified: str
    homonyms: tuple[str, ...]
    """Ids of entries not to be confused with this one."""
    only: tuple[Anchor, ...]
    """Single occurrences to tag, in addition to the forms."""
    exceptions: tuple[Anchor, ...]
    """Occurrences of a form that are not this name."""
    place: Place
    titles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Work slug → the words by which it refers to this name without naming it: 國主."""
    by_title: tuple[Anchor, ...] = ()
    """Single places that refer to this name by title."""
    ordinary: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    """Work slug → words that are this name at single places, and how often each is an ordinary word in that work."""
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
    """An account of an event by one work: consecutive whole sentences of one passage."""

    work: str
    passage: str
    first: str
    """Number of the first sentence."""
    last: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Event:
    """An event, with its accounts in one or more works."""

    id: str
    title: Pair
    kind: EventKind
    year: int
    """Real Chinese year."""
    julian: str
    """1122-02-23, or 1122-02, or empty."""
    certainty: Certainty
    dated_by: str
    sources: tuple[str, ...]
    about: str
    accounts: tuple[Account, ...]
    differs: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Pairs: an aspect in which the accounts differ (時), and pairs of work slug and the words of that work."""
    place: Place
    others: tuple[Report, ...] = ()
    """What books say that are no works of the edition."""
    eclipse: Eclipse | None = None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A finding that an editor has examined and accepts, with the reason."""

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
    english: str = ""
    """The title in English, for readers who ask for English labels."""
