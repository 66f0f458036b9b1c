"""The closed sets of the edition: every kind that a corpus may name, each listed once.

A set is a ``Literal`` for the type checker and a tuple of the same words for readers, checks and templates. To add a
kind, add its word here; `build.py check` and `build.py build` then name the phrases that ``templates/words/`` lacks.
"""

from __future__ import annotations

from typing import Literal, get_args

NoteKind = Literal["校", "注", "曆", "異"]
"""Kinds of footnotes: textual, gloss, date, difference between works."""
NOTE_KINDS: tuple[NoteKind, ...] = get_args(NoteKind)

EntryKind = Literal["emendation", "variant", "conjecture", "layout"]
"""Kinds of apparatus entries. The established text has the lemma of an emendation and of layout."""
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)

DisplacedKind = Literal["flashback", "anticipation", "displaced", "background"]
"""Kinds of editorial datings: words that tell of another time than the section in which they stand."""
DISPLACED_KINDS: tuple[DisplacedKind, ...] = get_args(DisplacedKind)

NameKind = Literal["person", "place", "people", "state", "office", "book"]
"""Kinds of names, in the order of the concordance."""
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)

EventKind = Literal["", "eclipse"]
"""Kinds of events; most have none."""
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)

Certainty = Literal["high", "medium", "low"]
"""How sure the editors are."""
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)

Basis = Literal["stated", "carried", "editorial"]
"""How the date of a passage is known: from its own heading, from above, or from an editor."""
BASES: tuple[Basis, ...] = get_args(Basis)

DatePart = Literal["era", "year", "month", "season"]
"""The parts of a printed date that a heading may leave out."""
DATE_PARTS: tuple[DatePart, ...] = get_args(DatePart)

Absence = Literal["", "heading", "outside", "elsewhere", "silent"]
"""Why a work tells nothing of a year; empty if it tells of it."""
ABSENCES: tuple[Absence, ...] = get_args(Absence)

Outside = Literal["", "before", "after"]
"""On which side of what a text covers a year lies."""

RowKind = Literal["preface", "year", "slot", "this"]
"""Kinds of rows of the synopsis: text before the first year, year without month, month or season, 是春 and 是歲."""

RegisteredState = Literal["live", "alias", "split", "merged", "withdrawn"]
"""States of a registered passage id."""
REGISTERED_STATES: tuple[RegisteredState, ...] = get_args(RegisteredState)

RetiredState = Literal["alias", "split", "merged", "withdrawn"]
"""States that an editor gives an id in ``retired.yaml``."""
RETIRED_STATES: tuple[RetiredState, ...] = get_args(RetiredState)

EntityKind = Literal["name", "event", "parallel"]
"""Kinds of entries whose ids are registered, beside passages."""
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)

Authority = Literal["cbdb", "dila", "ctext", "tgaz", "wikidata"]
"""Registers of persons and places that others keep."""
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)

Precision = Literal["site", "town", "uncertain"]
"""What a point on the map is: the old place, the modern town on or near it, or one of several views."""
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

EclipseType = Literal["annular", "total", "partial", "hybrid"]
"""Types of a solar eclipse on the earth as a whole."""
ECLIPSE_TYPES: tuple[EclipseType, ...] = get_args(EclipseType)

ReadingKind = Literal["graph", "name", "wording", "number", "omission", "addition"]
"""Kinds of differences between a work and a book that has the same words: the form of a character, the name of a person
or place, a number, words that the book leaves out or has besides, and any other wording."""
READING_KINDS: tuple[ReadingKind, ...] = get_args(ReadingKind)

Direction = Literal["source", "taken", "common", "undecided"]
"""Which of two texts has the words from the other: the book is the source of ours, took them from ours, has them from a
source that both used, or it is not decided."""
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

SourceKind = Literal["primary", "study", "reference"]
"""Kinds of sources: older books, modern studies, tables and databases."""
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
