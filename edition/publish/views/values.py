"""View models: what templates show, in one script. `edition.publish.views.viewer` makes them."""

from __future__ import annotations

from dataclasses import dataclass

from edition.publish.views.placeholders import NoteNumbers
from edition.publish.views.remarks import Remark
from edition.publish.views.text import SentenceView


@dataclass(frozen=True, slots=True)
class NoteView:
    """A footnote."""

    kind: str
    html: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of the apparatus."""

    kind: str
    lemma: str
    reading: str
    context: str
    evidence: str
    sources: tuple[str, ...]
    certainty: str
    applied: bool
    passage: str
    url: str
    names: tuple[tuple[str, str], ...] = ()
    """Ids and names of those whose whole name it changed: their links give way to that of the entry."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a passage that tell of another year: an editorial dating, seen from that year or from the passage."""

    work: str
    label: str
    """Where they stand: 天輔六年四月."""
    quote: str
    kind: str
    url: str
    years: tuple[int, ...]
    """The year that they tell of, or the first and the last."""
    rest: str
    """The month and day, as far as known: 十二月乙亥."""
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """A dated day."""

    quote: str
    ganzhi: str
    month: str
    day: int
    jdn: int
    iso: str
    julian: str
    """1122年2月23日, or 2月23日 in its own year."""


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event of which a passage gives an account, with the other accounts."""

    id: str
    title: str
    others: tuple[tuple[str, str, str, str], ...]
    """Work, label, number of the first sentence, address."""


@dataclass(frozen=True, slots=True)
class WhoView:
    """A name with a short description."""

    id: str
    name: str
    about: str
    """The first sentence of its description, as HTML; empty if it has none."""


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """A place where a name stands, with the words around it."""

    work: str
    label: str
    """天輔六年四月."""
    url: str
    before: str
    form: str
    after: str
    by_title: bool = False
    """Whether the form is a title and not a name."""


@dataclass(frozen=True, slots=True)
class EraYearView:
    """A year of an era: the real year by the common count, and what each work so calls."""

    number: int
    """1-based."""
    label: str
    year: int
    in_edition: bool
    works: tuple[tuple[str, int, str, int], ...]
    """Title, the real year that the work so calls, its address in the work if it is there, the year if it is here."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with its notes, apparatus, datings, days and events."""

    id: str
    url: str
    slug: str
    work: str
    script: str
    """Of the transcription."""
    label: str
    """天輔六年, as the work prints or carries it; empty in a preface."""
    when: str
    """四月, 春, 是歲; empty for a year heading alone."""
    basis: str
    year: int
    sentences: tuple[SentenceView, ...]
    notes: tuple[NoteView, ...]
    entries: tuple[EntryView, ...]
    displaced: tuple[Reference, ...]
    remarks: tuple[Remark, ...]
    """Notes, datings and entries in the order of the text: their indices are those of the three fields above."""
    days: tuple[DayView, ...]
    events: tuple[EventLink, ...]
    received: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """The sentences in which a work tells of an event."""

    passage: PassageView
    """With these sentences only, and what is said of them."""
    numbers: NoteNumbers
    """Of its notes, on the page of the event."""
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A work in a year."""

    slug: str
    work: str
    script: str
    """Of the transcription."""
    chapter: str
    juan_name: str
    """十 for 10."""
    label: str
    absence: str
    outside: str
    """``before`` or ``after`` what the text covers, or empty."""
    why: str
    """For what lies outside the text, in the words of its work.yaml."""
    elsewhere: tuple[Reference, ...]
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class CellView:
    """What a work has in a row."""

    column: ColumnView
    passages: tuple[PassageView, ...]
    outside: bool
    """Whether an empty cell lies beyond what the text covers."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a year: a month, a season, or neither."""

    code: str
    name: str
    is_month: bool
    span: str
    days: tuple[tuple[DayView, str], ...]
    """Dated days of the row, each with the id of the first sentence that names it."""
    cells: tuple[CellView, ...]
    events: tuple[tuple[str, str], ...]
    """Titles of the events that its passages tell of, each with the id of the sentence where an account begins."""
    alone: str
    """The only work that has text here, where others have text elsewhere in the year; or empty."""

    @property
    def anchor(self) -> str:
        """The id of the row on the page of its year: m5, mr9, q1."""
        return self.code if self.code.startswith("q") else f"m{self.code}"


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the synopsis."""

    year: int
    ganzhi: str
    span: str
    reigns: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    """Name of a state → year names of that state: (label, when it came into force, address)."""
    columns: tuple[ColumnView, ...]
    telling: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    conflict: tuple[tuple[str, str], ...]
    """Work and label, if works number this year of an era differently, or not by the common count."""
    common: str
    """What the year is called in the common count, where no work here calls it so."""
    conflict_eras: tuple[tuple[str, str], ...]
    """Code and name of the eras that are counted in two ways."""
    reckonings: tuple[tuple[str, str], ...]
    """Titles of the works that differ, and how they count, with the evidence."""
    eclipses: tuple[EventLink, ...]
    events: tuple[EventLink, ...]
    chief: tuple[EventLink, ...]
    """The events that the table of years names: at most three, those told by most works."""

    @property
    def passages(self) -> tuple[PassageView, ...]:
        """Its passages in the order of the page."""
        return tuple(passage for row in self.rows for cell in row.cells for passage in cell.passages)
