"""The edition: one value with the results of all steps of the pipeline before publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from edition.align.dated import DatedDay, dated_days
from edition.align.synopsis import Year
from edition.divide.entities import Entity, EntityId, RetiredEntity
from edition.divide.registered import Registered
from edition.divide.whereabouts import Whereabouts
from edition.emend.citations import Bibliography, cited_by
from edition.emend.established import Established
from edition.emend.layers import Layers
from edition.emend.names import Tag
from edition.model.edition import Change
from edition.model.findings import Finding
from edition.model.kinds import EntityKind
from edition.model.layers import Anchor, Displaced, Entry, Event, Name, Note, Page
from edition.model.scripts import Pair, Script, han
from edition.model.texts import ID, Passage, Work
from edition.model.time import Day
from edition.read.corpus import Corpus
from edition.rules.numerals import year as year_name
from edition.rules.script import Converter

_Anchored = TypeVar("_Anchored", Note, Displaced)


@dataclass(frozen=True)
class Edition:
    """The results of the pipeline; pages and data files are made from this alone."""

    corpus: Corpus
    passages: Mapping[str, Passage]
    """By id, in order of the text, work by work."""
    days: Mapping[str, tuple[Day, ...]]
    texts: Mapping[str, Established]
    converted: Mapping[Script, Mapping[str, str]]
    """Script → passage id → established text in that script, of the same length: offsets hold in both scripts."""
    tags: Mapping[str, tuple[Tag, ...]]
    layers: Layers
    years: tuple[Year, ...]
    pages: tuple[Page, ...]
    registered: Mapping[str, Registered]
    moved: Mapping[str, tuple[Whereabouts, ...]]
    """Id, retired or live, → sentences that were published under it and are elsewhere now."""
    converter: Converter
    variants: tuple[str, ...] = ()
    """Groups of variant characters, in addition to those of the converter."""
    history: tuple[Change, ...] = ()
    """Changes in the text, the latest first."""
    bibliography: Bibliography = field(default_factory=Bibliography)
    """The books that the layers cite; empty if the corpus does not list them."""
    entities: Mapping[EntityId, Entity] = field(default_factory=dict)
    """The registered ids of names and events."""
    retired: tuple[RetiredEntity, ...] = ()
    """Names and events that are no more, with where they went."""
    findings: tuple[Finding, ...] = ()
    """Findings that no editor has excused."""
    excused: tuple[Finding, ...] = ()

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """The works by slug, in the order of the edition."""
        return {work.slug: work for work in self.corpus.works}

    def shown(self, text: str, source: Script, script: Script, keep: str = "") -> str:
        """Convert text from the script ``source`` to the script of a page. Editors' prose is written in ``hant``.

        The characters of ``keep`` stay as they are: those that an entry of the apparatus tells apart.
        """
        converted = self.converter.hant(text, source) if script == "hant" else self.converter.hans(text, source)
        if not keep:
            return converted
        return "".join(own if own in keep else other for own, other in zip(text, converted, strict=True))

    def characters(self, passages: Iterable[Passage]) -> int:
        """The number of Chinese characters of passages in the established text, which is what pages show."""
        return sum(len(han(self.texts[passage.id].text)) for passage in passages)

    def told_apart(self, entry: Entry, script: Script) -> str:
        """The characters in which lemma and reading of an entry differ, if they are one in ``script``: 後 and 后."""
        source = self.works[entry.anchor.passage.partition(".")[0]].script
        if self.shown(entry.lemma, source, script) != self.shown(entry.reading, source, script):
            return ""
        return "".join(sorted(set(entry.lemma) ^ set(entry.reading)))

    def label(self, era: str, number: int) -> Pair:
        """A regnal year in both scripts: 天輔六年."""
        name = self.corpus.calendar.era_by_code[era].name
        return Pair(name.hant + year_name(number), name.hans + year_name(number))

    @cached_property
    def notes(self) -> Mapping[str, tuple[Note, ...]]:
        """Passage id → its notes, in the order of their note numbers."""
        return _by_passage(self.layers.notes)

    @cached_property
    def displaced(self) -> Mapping[str, tuple[Displaced, ...]]:
        """Passage id → its editorial datings, in the order of the text."""
        return _by_passage(self.layers.displaced)

    @cached_property
    def events(self) -> Mapping[str, tuple[Event, ...]]:
        """Passage id → the events of which it gives an account."""
        by_passage: dict[str, list[Event]] = {}
        for event in self.layers.events:
            for passage in dict.fromkeys(account.passage for account in event.accounts):
                by_passage.setdefault(passage, []).append(event)
        return {passage: tuple(events) for passage, events in by_passage.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a name → the passages in which it is tagged, in order of the text."""
        by_name: dict[str, list[str]] = {}
        for passage, tags in self.tags.items():
            for id_ in dict.fromkeys(tag.name.id for tag in tags):
                by_name.setdefault(id_, []).append(passage)
        return {id_: tuple(passages) for id_, passages in by_name.items()}

    @cached_property
    def dated(self) -> tuple[DatedDay, ...]:
        """The days that works or editors name, in order of time."""
        calendar = self.corpus.calendar
        return dated_days(self.works, self.passages, self.days, self.layers.displaced, calendar)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Passage id → its index in the order of the edition, from 0."""
        return {passage: place for place, passage in enumerate(self.passages)}

    def forms(self, name: Name) -> dict[str, tuple[str, ...]]:
        """Work slug → the forms in which it writes a name, as received; those tagged at single places included."""
        return self._words(name.forms, name.only)

    def titles(self, name: Name) -> dict[str, tuple[str, ...]]:
        """Work slug → the words by which it refers to a name by title, as received."""
        return self._words(name.titles, name.by_title)

    def _words(
        self, everywhere: tuple[tuple[str, tuple[str, ...]], ...], single: tuple[Anchor, ...]
    ) -> dict[str, tuple[str, ...]]:
        by_work = {slug: list(words) for slug, words in everywhere if slug in self.works}
        for anchor in single:
            passage = self.passages[anchor.passage]
            by_work.setdefault(passage.work, []).append(passage.text[anchor.start : anchor.end])
        return {slug: tuple(dict.fromkeys(by_work[slug])) for slug in self.works if slug in by_work}

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a source → where it is cited: passage ids, ``event/…``, ``name/…``."""
        return cited_by(self.bibliography, self.layers)

    def live(self) -> dict[EntityKind, tuple[str, ...]]:
        """The ids of the names, events and parallels of the corpus, by kind."""
        return {
            "name": tuple(name.id for name in self.layers.names),
            "event": tuple(event.id for event in self.layers.events),
            "parallel": tuple(parallel.id for parallel in self.layers.parallels),
        }

    def address(self, target: str) -> str | None:
        """Resolve the target of a link in editors' prose to an address below the root of a tree; None if it is dead.

        A target is a passage id, a sentence id, ``year/1122``, ``event/zhongjing``, ``name/…``, ``parallel/…``,
        ``era/tianfu``, or a page.
        """
        path, _, fragment = target.strip("/").partition("#")
        if match := ID.match(path):
            passage = self.passages.get(path.rsplit(".", 1)[0] if match["s"] else path)
            if passage is None or (match["s"] and match["s"] not in {s.n for s in passage.sentences}):
                return None
            return passage.url + (f"#s{match['s']}" if match["s"] else "")
        if path in self._parallels:
            return self._parallels[path]
        if path not in self._pages:
            return None
        return f"{path}/" + (f"#{fragment}" if fragment else "")

    @cached_property
    def _parallels(self) -> Mapping[str, str]:
        """``parallel/…`` → the address of the first of its sentences."""
        found = {}
        for parallel in self.layers.parallels:
            passage = self.passages[parallel.anchor.passage]
            found[f"parallel/{parallel.id}"] = f"{passage.url}#s{passage.sentence_at(parallel.anchor.start).n}"
        return found

    @cached_property
    def _pages(self) -> frozenset[str]:
        """The addresses to which prose may link, without a trailing slash."""
        addresses = {"synopsis", "apparatus", "events", "names", "era", "data"} | set(self.works)
        addresses |= {f"year/{year.year}" for year in self.years}
        addresses |= {f"event/{event.id}" for event in self.layers.events}
        addresses |= {f"name/{name.id}" for name in self.layers.names}
        addresses |= {f"era/{era.code}" for era in self.corpus.calendar.eras}
        addresses |= {"about" if page.slug == "about" else f"about/{page.slug}" for page in self.pages}
        addresses |= {"sources"} if self.bibliography.sources else set()
        return frozenset(addresses)


def _by_passage(items: Iterable[_Anchored]) -> dict[str, tuple[_Anchored, ...]]:
    by_passage: dict[str, list[_Anchored]] = {}
    for item in sorted(items, key=lambda item: item.anchor.end):
        by_passage.setdefault(item.anchor.passage, []).append(item)
    return {passage: tuple(group) for passage, group in by_passage.items()}
