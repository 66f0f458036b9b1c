"""The edition: all that the pipeline made, as one value, ready to be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from edition.align.synopsis import Year
from edition.divide.entities import Entity, EntityId, EntityKind, RetiredEntity
from edition.divide.registry import Registered
from edition.emend.citations import Bibliography, cited_by
from edition.emend.established import Established
from edition.emend.layers import Layers
from edition.emend.names import Tag
from edition.model.edition import Change
from edition.model.findings import Finding
from edition.model.layers import Anchor, Displaced, Event, Name, Note, Page
from edition.model.scripts import Pair, Script
from edition.model.texts import ID, Passage, Work
from edition.model.time import Day
from edition.read.corpus import Corpus
from edition.rules.numerals import year as year_name
from edition.rules.script import Converter

_Anchored = TypeVar("_Anchored", Note, Displaced)


@dataclass(frozen=True)
class Edition:
    """Everything that the pages and data files show."""

    corpus: Corpus
    passages: Mapping[str, Passage]
    """By id, in order of the text, work by work."""
    days: Mapping[str, tuple[Day, ...]]
    texts: Mapping[str, Established]
    converted: Mapping[Script, Mapping[str, str]]
    """Script → passage id → established text in that script; as long as the established text itself."""
    tags: Mapping[str, tuple[Tag, ...]]
    layers: Layers
    years: tuple[Year, ...]
    pages: tuple[Page, ...]
    registered: Mapping[str, Registered]
    moved: Mapping[str, tuple[tuple[str, str, str, int], ...]]
    """Id, retired or live, → sentences that were published under it and are elsewhere now (`registry.whereabouts`)."""
    converter: Converter
    variants: tuple[str, ...] = ()
    """Groups of forms of one character, beyond what the converter knows."""
    history: tuple[Change, ...] = ()
    """What changed in the text, the latest first."""
    bibliography: Bibliography = field(default_factory=Bibliography)
    """The books that the layers cite; empty if the corpus does not list them."""
    entities: Mapping[EntityId, Entity] = field(default_factory=dict)
    """The registered ids of names and events."""
    retired: tuple[RetiredEntity, ...] = ()
    """Names and events that are no more, with where they went."""
    findings: tuple[Finding, ...] = ()
    """What no editor has excused."""
    excused: tuple[Finding, ...] = ()

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """The works by slug, in the order of the edition."""
        return {work.slug: work for work in self.corpus.works}

    def shown(self, text: str, source: Script, script: Script) -> str:
        """A text of a work, or editors' prose (whose source is ``hant``), in the script of a page."""
        return self.converter.hant(text, source) if script == "hant" else self.converter.hans(text, source)

    def label(self, era: str, number: int) -> Pair:
        """A regnal year in both scripts: 天輔六年."""
        name = self.corpus.calendar.era_by_code[era].name
        return Pair(name.hant + year_name(number), name.hans + year_name(number))

    @cached_property
    def notes(self) -> Mapping[str, tuple[Note, ...]]:
        """Passage id → its notes, in the order of the words after which they stand."""
        return _by_passage(self.layers.notes)

    @cached_property
    def displaced(self) -> Mapping[str, tuple[Displaced, ...]]:
        """Passage id → its editorial datings, in the order of the text."""
        return _by_passage(self.layers.displaced)

    @cached_property
    def events(self) -> Mapping[str, tuple[Event, ...]]:
        """Passage id → the events of which it gives an account."""
        found: dict[str, list[Event]] = {}
        for event in self.layers.events:
            for passage in dict.fromkeys(account.passage for account in event.accounts):
                found.setdefault(passage, []).append(event)
        return {passage: tuple(events) for passage, events in found.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a name → the passages in which it is tagged, in order of the text."""
        found: dict[str, list[str]] = {}
        for passage, tags in self.tags.items():
            for id_ in dict.fromkeys(tag.name.id for tag in tags):
                found.setdefault(id_, []).append(passage)
        return {id_: tuple(passages) for id_, passages in found.items()}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Passage id → its place in the order of the edition, from 0."""
        return {passage: place for place, passage in enumerate(self.passages)}

    def forms(self, name: Name) -> dict[str, tuple[str, ...]]:
        """Work slug → the forms with which it writes a name, as received: everywhere, or at single places."""
        return self._words(name.forms, name.only)

    def titles(self, name: Name) -> dict[str, tuple[str, ...]]:
        """Work slug → the words by which it refers to a name by title, as received."""
        return self._words(name.titles, name.by_title)

    def _words(
        self, everywhere: tuple[tuple[str, tuple[str, ...]], ...], single: tuple[Anchor, ...]
    ) -> dict[str, tuple[str, ...]]:
        found = {slug: list(words) for slug, words in everywhere if slug in self.works}
        for anchor in single:
            passage = self.passages[anchor.passage]
            found.setdefault(passage.work, []).append(passage.text[anchor.start : anchor.end])
        return {slug: tuple(dict.fromkeys(found[slug])) for slug in self.works if slug in found}

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a source → where it is cited: passage ids, ``event/…``, ``name/…``."""
        return cited_by(self.bibliography, self.layers)

    def live(self) -> dict[EntityKind, tuple[str, ...]]:
        """The ids of the names and events of the corpus, by kind."""
        return {
            "name": tuple(name.id for name in self.layers.names),
            "event": tuple(event.id for event in self.layers.events),
        }

    def address(self, target: str) -> str | None:
        """The address, below the root of a tree, of what a link in prose names; None if there is no such thing.

        A passage id, a sentence id, ``year/1122``, ``event/zhongjing``, ``name/…``, ``era/tianfu``, or a page.
        """
        path, _, fragment = target.strip("/").partition("#")
        if match := ID.match(path):
            passage = self.passages.get(path.rsplit(".", 1)[0] if match["s"] else path)
            if passage is None or (match["s"] and match["s"] not in {s.n for s in passage.sentences}):
                return None
            return passage.url + (f"#s{match['s']}" if match["s"] else "")
        if path not in self._pages:
            return None
        return f"{path}/" + (f"#{fragment}" if fragment else "")

    @cached_property
    def _pages(self) -> frozenset[str]:
        """The addresses that prose may link to, without the last slash."""
        found = {"synopsis", "apparatus", "events", "names", "era", "data"} | set(self.works)
        found |= {f"year/{year.year}" for year in self.years}
        found |= {f"event/{event.id}" for event in self.layers.events}
        found |= {f"name/{name.id}" for name in self.layers.names}
        found |= {f"era/{era.code}" for era in self.corpus.calendar.eras}
        found |= {"sources"} if self.bibliography.sources else set()
        found |= {"about" if page.slug == "about" else f"about/{page.slug}" for page in self.pages}
        return frozenset(found)


def _by_passage(items: Iterable[_Anchored]) -> dict[str, tuple[_Anchored, ...]]:
    found: dict[str, list[_Anchored]] = {}
    for item in sorted(items, key=lambda item: item.anchor.end):
        found.setdefault(item.anchor.passage, []).append(item)
    return {passage: tuple(group) for passage, group in found.items()}
