"""Read the layers: apparatus, notes, editorial datings, names, events.

Layers refer to passages by quotation, so they are read once the works are divided. Each anchor is resolved while its
entry is read: a quotation that is missing or ambiguous is an error with the line of the entry.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from edition.cache.memo import Memo
from edition.divide.registered import Retired
from edition.emend import identities, parallels, reports
from edition.emend.quoted import once
from edition.model.findings import CorpusError, Finding, Place
from edition.model.kinds import (
    CERTAINTIES,
    DISPLACED_KINDS,
    ENTRY_KINDS,
    EVENT_KINDS,
    NOTE_KINDS,
    NameKind,
)
from edition.model.layers import Account, Anchor, Displaced, Entry, Event, Excuse, Name, Note, Synchronism
from edition.model.parallels import Dismissed, Parallel
from edition.model.texts import ID, Passage
from edition.model.time import Slot
from edition.read.corpus import Corpus
from edition.read.fields import Record, read_list
from edition.read.yaml_values import Value, read_yaml
from edition.rules import sexagenary
from edition.rules.calendar import Calendar
from edition.rules.grammar import Grammar

_Made = TypeVar("_Made")
#: The files of the concordance, and the kinds of names in each; the first is that of an entry without ``kind``.
NAME_FILES: dict[str, tuple[NameKind, ...]] = {
    "persons": ("person",),
    "places": ("place", "people", "state"),
    "offices": ("office",),
    "books": ("book",),
}
ENTITY_ID = re.compile(r"(?=.{1,60}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")
YEARS = re.compile(r"(\d{1,4})(?:\s*[–—-]\s*(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Layers:
    """All layers of a corpus, with their anchors resolved."""

    apparatus: tuple[Entry, ...] = ()
    displaced: tuple[Displaced, ...] = ()
    notes: tuple[Note, ...] = ()
    synchronisms: tuple[Synchronism, ...] = ()
    names: tuple[Name, ...] = ()
    events: tuple[Event, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    parallels: tuple[Parallel, ...] = ()
    """In the order of their files."""
    dismissed: tuple[Dismissed, ...] = ()
    findings: tuple[Finding, ...] = ()
    """References to works that the corpus has not."""

    @property
    def apparatus_by_passage(self) -> dict[str, tuple[Entry, ...]]:
        """Passage id → its entries."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.apparatus:
            found[entry.anchor.passage] = (*found.get(entry.anchor.passage, ()), entry)
        return found


class LayerReader:
    """Reads the layers of a corpus whose works are divided."""

    def __init__(
        self,
        corpus: Corpus,
        passages: Mapping[str, Passage],
        retired: Iterable[Retired],
        grammar: Grammar,
        memo: Memo | None = None,
    ) -> None:
        """Take what anchors may refer to. With a ``memo``, a file is read again only if it or these have changed."""
        self.corpus, self.grammar, self.memo = corpus, grammar, memo or Memo(forgets=True)
        self.passages = passages
        self.retired = {r.id: r for r in retired}
        self.findings: list[Finding] = []

    def read(self) -> Layers:
        """All layers. Raises CorpusError for a broken file or an anchor that cannot be resolved."""
        folder, calendar = self.corpus.folder, self.corpus.calendar
        slugs = [work.slug for work in self.corpus.works]
        names = [
            name
            for file, kinds in NAME_FILES.items()
            for name in self._list(f"{file}.yaml", partial(self._name, kinds=kinds), "name")
        ]
        _unique(((n.id, n.place) for n in names), "NAME-TWICE")
        for name in names:
            if name.father and name.father.id and name.father.id not in {n.id for n in names}:
                raise CorpusError(name.place, "NAME-UNKNOWN", f"father: {name.father.id} is no name of this corpus")
        events = self._list("events.yaml", self._event, "event")
        _unique(((e.id, e.place) for e in events), "EVENT-TWICE")
        found = self._by_work(slugs, "parallels", self._parallel)
        shared = tuple(parallel for parallel in found if isinstance(parallel, Parallel))
        _unique(((p.id, p.anchor.place) for p in shared), "PARALLEL-TWICE")
        return Layers(
            apparatus=self._by_work(slugs, "apparatus", self._entry),
            displaced=self._by_work(slugs, "datings", self._displaced),
            notes=self._by_work(slugs, "notes", self._note),
            synchronisms=tuple(s for slug in slugs for s in self._synchronisms(folder / slug / "work.yaml", calendar)),
            names=tuple(names),
            events=events,
            excuses=read_list(folder / "excused.yaml", _excuse, "excuse"),
            parallels=shared,
            dismissed=tuple(parallel for parallel in found if isinstance(parallel, Dismissed)),
            findings=tuple(self.findings),
        )

    def _by_work(self, slugs: list[str], file: str, make: Callable[[Record], _Made | None]) -> tuple[_Made, ...]:
        return tuple(
            made
            for slug in slugs
            for made in self._list(f"{slug}/{file}.yaml", make, file.removesuffix("s"))
            if made is not None
        )

    def _list(self, file: str, make: Callable[[Record], _Made], what: str) -> tuple[_Made, ...]:
        """The entries of a file, cached together with the findings about them."""
        path = self.corpus.folder / file

        def read() -> tuple[tuple[_Made, ...], list[Finding]]:
            before, self.findings = self.findings, []
            try:
                return read_list(path, make, what), self.findings
            finally:
                self.findings = before

        entries, found = self.memo.files(("layer", file), read, path, given=(self.corpus, self.passages, self.retired))
        self.findings += found
        return entries

    def anchor(self, record: Record, *, whole: bool = False) -> Anchor | None:
        """Resolve the anchor of a record; None, with a finding, if the corpus lacks its work.

        With ``whole`` the quotation may be left out and the anchor is the whole passage.
        """
        at = record.text("at")
        quote, word, to = record.exact("quote", ""), record.exact("word", ""), record.exact("to", "")
        passage = self._passage(at, record.place_of("at"))
        if passage is None:
            return None
        if not quote and whole:
            return Anchor(at, 0, len(passage.text), record.place)
        if not quote:
            record.need("quote")
        start = once(passage.text, quote, record.place_of("quote"), f"in {at}")
        end = start + len(quote)
        if to:
            found = passage.text.find(to, start)
            if found < 0:
                message = f"「{to}」 does not follow 「{quote}」 in {at}: quote it as the transcription has it"
                raise CorpusError(record.place_of("to"), "ANCHOR-MISSING", message)
            end = found + len(to)
        if word:
            start += once(passage.text[start:end], word, record.place_of("word"), f"in 「{quote}」")
            end = start + len(word)
        return Anchor(at, start, end, record.place)

    def _passage(self, at: str, place: Place) -> Passage | None:
        if at in self.passages:
            return self.passages[at]
        match = ID.match(at)
        if not match or match["s"]:
            raise CorpusError(place, "ID", f"at: 「{at}」 is no passage id such as jinshi.2.tianfu4.5.1")
        if not self.corpus.work(match["work"]):
            message = f"speaks of {match['work']}, which is no work of this corpus"
            self.findings.append(Finding("LAYER-WORK", place, message, (f"{place.path}:{place.line}", at)))
            return None
        if at in self.retired:
            message = f"{at} is retired; its words are now in {', '.join(self.retired[at].to) or 'no passage'}"
        else:
            near = difflib.get_close_matches(at, self.passages, 1, 0)
            message = f"there is no passage {at}; the nearest is {near[0] if near else 'none'}"
        raise CorpusError(place, "ANCHOR-PASSAGE", message)

    def _entry(self, record: Record) -> Entry | None:
        anchor = self.anchor(record)
        quote, lemma = record.exact("quote"), record.exact("lemma")
        kind = record.choice("kind", ENTRY_KINDS, "emendation")
        evidence = record.text("evidence", "") if kind == "layout" else record.text("evidence")
        fields = (
            record.texts("sources"),
            record.text("by", "editors"),
            record.choice("certainty", CERTAINTIES, "high"),
        )
        if anchor is None:
            return record.done(None)
        reading = self.passages[anchor.passage].text[anchor.start : anchor.end]
        if "\n" in lemma:
            raise CorpusError(record.place_of("lemma"), "FIELD", "a lemma stands on one line")
        if reading == lemma:
            raise CorpusError(record.place, "APPARATUS-EMPTY", f"「{reading}」 is what the text already has: no change")
        return record.done(Entry(anchor, reading, lemma, kind, evidence, *fields, context=quote))

    def _displaced(self, record: Record) -> Displaced | None:
        anchor = self.anchor(record, whole=True)
        day = record.text("day", "")
        if day and day not in sexagenary.INDEX:
            raise CorpusError(record.place_of("day"), "GANZHI", f"「{day}」 is no 干支")
        made = Displaced(
            anchor=anchor or Anchor("", 0, 0, record.place),
            kind=record.choice("kind", DISPLACED_KINDS),
            years=_years(record),
            slots=_slots(record),
            day=day,
            certainty=record.choice("certainty", CERTAINTIES, "medium"),
            note=record.text("note", ""),
            sources=record.texts("sources"),
        )
        return record.done(made if anchor else None)

    def _note(self, record: Record) -> Note | None:
        anchor = self.anchor(record)
        kind = record.choice("kind", NOTE_KINDS)
        text, sources = record.text("text"), record.texts("sources")
        return record.done(Note(anchor, kind, text, sources) if anchor else None)

    def _parallel(self, record: Record) -> Parallel | Dismissed | None:
        anchor = self.anchor(record)
        if record.get("dismissed"):
            return parallels.dismissed(record, anchor)
        passage = self.passages[anchor.passage] if anchor else None
        work = self.corpus.work(passage.work) if passage else None
        text, hant = (passage.text if passage else ""), work is not None and work.script == "hant"
        return parallels.parallel(record, _entity(record), anchor, text, hant=hant)

    def _synchronisms(self, path: Path, calendar: Calendar) -> Iterable[Synchronism]:
        """The synchronisms that work.yaml lists."""
        for record in Record(read_yaml(path), "work").records("synchronisms"):
            anchor = self.anchor(record)
            said = record.text("says")
            named = self.grammar.regnal_years(said)
            if len(named) != 1 or not calendar.era(named[0][0]):
                raise CorpusError(
                    record.place_of("says"), "ERA-UNKNOWN", f"says: 「{said}」 is no regnal year: 保大二年"
                )
            if anchor := record.done(anchor):
                yield Synchronism(anchor, *named[0])

    def _name(self, record: Record, kinds: tuple[NameKind, ...]) -> Name:
        person, of_place = "person" in kinds, "place" in kinds
        only: dict[bool, list[Anchor]] = {False: [], True: []}
        for single in record.records("only"):
            by_title = single.choice("by_title", ("true", "false"), "false") == "true"
            anchor = single.done(self.anchor(single))
            if anchor:
                only[by_title].append(anchor)
        exceptions = [self.anchor(r) for r in _done(record.records("except"))]
        return record.done(
            Name(
                id=_entity(record),
                kind=record.choice("kind", kinds, kinds[0]),
                name=record.pair("name"),
                about=record.text("about", ""),
                sources=record.texts("sources"),
                certainty=record.choice("certainty", CERTAINTIES, "high"),
                forms=self._forms(record, "forms"),
                identified=record.text("identified", ""),
                homonyms=record.texts("not"),
                only=tuple(only[False]),
                exceptions=tuple(a for a in exceptions if a),
                place=record.place,
                titles=self._forms(record, "titles"),
                by_title=tuple(only[True]),
                ordinary=self._ordinary(record),
                ids=identities.authority_ids(record),
                ids_evidence=record.text("ids_evidence", ""),
                where=identities.where(record) if of_place else None,
                born=identities.life_year(record, "born") if person else None,
                died=identities.life_year(record, "died") if person else None,
                father=identities.father(record) if person else None,
            )
        )

    def _forms(self, record: Record, field: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Work slug → words that it uses."""
        return tuple(
            (slug, tuple(v.text() for v in value.items())) for slug, value in self._works(field, record.fields(field))
        )

    def _ordinary(self, record: Record) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Work slug → words, and how often each is an ordinary word there."""
        counted = self._works("ordinary", record.fields("ordinary"))
        records = [(slug, Record(value, slug)) for slug, value in counted]
        return tuple((slug, tuple((word, words.number(word)) for word in words.rest())) for slug, words in records)

    def _works(self, field: str, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        """Of values by work those of the works of this corpus; a finding for each other."""
        for slug, value in values.items():
            if self.corpus.work(slug):
                yield slug, value
            else:
                message = f"{field}: {slug} is no work of this corpus"
                self.findings.append(Finding("LAYER-WORK", value.place, message, (str(value.place),)))

    def _event(self, record: Record) -> Event:
        accounts = tuple(a for r in _done(record.records("accounts")) if (a := self._account(r)))
        differs = []
        for row in record.records("differs"):
            what = row.text("what")
            cells = self._works(f"differs: {what}", row.rest())
            differs.append((what, tuple((slug, value.text()) for slug, value in cells)))
        return record.done(
            Event(
                id=_entity(record),
                title=record.pair("title"),
                kind=record.choice("kind", EVENT_KINDS, ""),
                year=record.number("year"),
                julian=reports.julian_date(record, "date"),
                certainty=record.choice("certainty", CERTAINTIES, "high"),
                dated_by=record.text("dated_by", ""),
                sources=record.texts("sources"),
                about=record.text("about", ""),
                accounts=accounts,
                differs=tuple(differs),
                place=record.place,
                others=reports.reports(record),
                eclipse=reports.eclipse(record),
            )
        )

    def _account(self, record: Record) -> Account | None:
        anchor = self.anchor(record, whole=True)
        if anchor is None:
            return None
        passage = self.passages[anchor.passage]
        first, last = passage.sentence_at(anchor.start), passage.sentence_at(anchor.end - 1)
        return Account(passage.work, passage.id, first.n, last.n, anchor)


def _done(records: Iterable[Record]) -> Iterable[Record]:
    """Records that hold an anchor and nothing else. Raises CorpusError on any other field."""
    for record in records:
        for field in ("at", "quote", "word", "to"):
            record.get(field)
        yield record.done(record)


def _entity(record: Record) -> str:
    id_ = record.text("id")
    if not ENTITY_ID.fullmatch(id_):
        raise CorpusError(
            record.place_of("id"), "ID", f"「{id_}」: an id is at most 60 small letters, digits and hyphens"
        )
    return id_


def _unique(ids: Iterable[tuple[str, Place]], code: str) -> None:
    seen: dict[str, Place] = {}
    for id_, place in ids:
        if id_ in seen:
            raise CorpusError(place, code, f"{id_} is also at {seen[id_]}: ids may not repeat")
        seen[id_] = place


def _years(record: Record) -> tuple[int, int]:
    """One year, a span 1101–1118, or a list of two."""
    value = record.need("years")
    written = [v.text() for v in value.items()]
    match = YEARS.fullmatch("–".join(written))
    if not match:
        raise CorpusError(value.place, "FIELD", f"years: 「{'–'.join(written)}」 is no year or span such as 1101–1118")
    first = int(match[1])
    return first, max(first, int(match[2] or first))


def _slots(record: Record) -> tuple[Slot, ...]:
    found = []
    for code in record.texts("months"):
        if not re.fullmatch(r"r?(1[0-2]|[1-9])|q[1-4]", code):
            raise CorpusError(record.place_of("months"), "FIELD", f"months: 「{code}」 must be 1…12, r1…r12 or q1…q4")
        found.append(Slot.of(code))
    return tuple(found)


def _excuse(record: Record) -> Excuse:
    if not record.text("reason"):
        raise CorpusError(record.place, "FIELD-MISSING", "an excuse needs its reason: reason: …")
    return record.done(
        Excuse(
            code=record.text("code"),
            at=record.text("at"),
            quote=record.text("quote", ""),
            reason=record.text("reason"),
            place=record.place,
        )
    )
