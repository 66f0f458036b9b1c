"""Resolve the sources that layers cite in words: which book, which copy, which juan.

The words stay as an editor writes them (四庫本金史卷二, 三朝北盟會編卷二十一引亡遼錄); the bibliography says what they
mean. The longest name that fits is meant, so that 遼史拾遺 is never 遼史.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from edition.emend.layers import Layers
from edition.model.findings import Place
from edition.model.sources import Cited, Source
from edition.rules import numerals

#: Marks around titles, which a citation may have or leave out.
TITLE_MARKS = str.maketrans("", "", "《》〈〉")
NUMERAL = f"[{numerals.CHARACTERS}]+"
JUAN = re.compile(rf"卷(?:(?P<front>首|末|上|中|下)|(?P<first>{NUMERAL})(?P<more>(?:、卷?{NUMERAL})*))")
#: Parts of a book that may stand between its juan and the book that it quotes.
PART = re.compile(r"(?:考證|校勘記|館臣)?(?:按語|注)?")
QUOTED = re.compile(r"引(?P<book>[^：，。；「（()]+)")
UNSEEN = re.compile(r"[（(](?:[^（()）]*，)?未見(?:，據(?P<via>[^（()）]+?)(?:條)?(?:所引|轉引))?[）)]")
#: What may follow the name of a book: a juan, a part, a quotation, a mark, or nothing.
FOLLOWS = re.compile(rf"卷(?:首|末|上|中|下|{NUMERAL})|引|考證|校勘記|館臣|按語|[^\u3400-\u9fff〇]|$")


def juan_number(written: str) -> int:
    """The number of a juan; 0 for what is written as no number is.

    >>> juan_number("二十九"), juan_number("二九")
    (29, 0)
    """
    try:
        return numerals.parse(written)
    except ValueError:
        return 0


@dataclass(frozen=True)
class Bibliography:
    """The sources of an edition, and the names by which they are cited."""

    sources: tuple[Source, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Source]:
        """The sources by key."""
        return {source.key: source for source in self.sources}

    @cached_property
    def _by_name(self) -> Mapping[str, Source]:
        return {name.translate(TITLE_MARKS): source for source in self.sources for name in source.all_names}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        ordered = sorted(self._by_name, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def resolve(self, written: str) -> Cited | None:
        """What a citation means; None if it begins with no book of the bibliography.

        >>> place = Place("sources.yaml", 1)
        >>> def book(key, title, copies=()):
        ...     return Source(key, title, (), "", "", 100, copies, True, "", "", "", "", "primary", place)
        >>> known = Bibliography((book("liaoshi", "遼史"), book("liaoshi-shiyi", "遼史拾遺"), book("wanglu", "亡遼錄")))
        >>> known.resolve("遼史卷二十八、卷二十九").juan
        (28, 29)
        >>> known.resolve("遼史拾遺卷十二引亡遼錄").quoted.key
        'wanglu'
        >>> known.resolve("遼史紀事本末卷一") is None
        True
        """
        text = written.translate(TITLE_MARKS)
        found = self._begin(text)
        if found is None:
            return None
        source, copy, rest = found
        juan: tuple[int, ...] = ()
        front = False
        if match := JUAN.match(rest):
            front = match["front"] is not None
            if not front:
                written_juan = re.findall(NUMERAL, match["first"] + match["more"])
                juan = tuple(number for n in written_juan if (number := juan_number(n)))
            rest = rest[match.end() :]
        rest = rest[PART.match(rest).end() :]  # type: ignore[union-attr]  # it matches nothing, too
        quoted, unknown = self._second(QUOTED.match(rest), "book")
        unseen = UNSEEN.search(rest)
        _, unknown_via = self._second(unseen, "via")
        return Cited(written, source, copy, juan, front, quoted, unknown or unknown_via, unseen is not None)

    def _second(self, match: re.Match[str] | None, group: str) -> tuple[Source | None, str]:
        """The book that a citation names after its first, or the name that is in no bibliography."""
        if match is None or not match[group]:
            return None, ""
        found = self._begin(match[group])
        return (found[0], "") if found else (None, match[group])

    def _begin(self, text: str) -> tuple[Source, str, str] | None:
        """The book with which a text begins, the copy that it names, and what follows.

        A copy stands before or after the name; before it there may also be the author.
        """
        for match in self._names.finditer(text):
            source, before, after = self._by_name[match[0]], text[: match.start()], text[match.end() :]
            copies = tuple(copy.name for copy in source.copies)
            copy = next((name for name in copies if before == name), "")
            if before and not copy and before.rstrip("：，") not in source.author:
                continue
            if not copy and (copy := next((name for name in copies if after.startswith(name)), "")):
                after = after[len(copy) :]
            if FOLLOWS.match(after):
                return source, copy, after
        return None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place of the layers that cites a source."""

    written: str
    place: Place
    at: str
    """A passage id, ``name/…`` or ``event/…``."""


def citations(layers: Layers) -> Iterator[Citation]:
    """Every citation of the layers, in the order in which a reader would meet them: texts, events, names."""
    for note in layers.notes:
        yield from _each(note.sources, note.anchor.place, note.anchor.passage)
    for entry in layers.apparatus:
        yield from _each(entry.sources, entry.anchor.place, entry.anchor.passage)
    for item in layers.displaced:
        yield from _each(item.sources, item.anchor.place, item.anchor.passage)
    for parallel in layers.parallels:
        yield from _each(parallel.sources, parallel.anchor.place, parallel.anchor.passage)
    for event in layers.events:
        yield from _each(event.sources, event.place, f"event/{event.id}")
    for name in layers.names:
        facts = [fact.source for fact in (name.born, name.died, name.father) if fact]
        points = [name.where.source] if name.where else []
        yield from _each((*name.sources, *facts, *points), name.place, f"name/{name.id}")


def _each(written: Iterable[str], place: Place, at: str) -> Iterator[Citation]:
    yield from (Citation(words, place, at) for words in written)


def cited_by(bibliography: Bibliography, layers: Layers) -> dict[str, tuple[str, ...]]:
    """Key of a source → where it is cited, each place once, in the order of `citations`.

    A book that quotes another counts for both; so do the books of parallels and of the reports that events give.
    """
    found: dict[str, dict[str, None]] = {source.key: {} for source in bibliography.sources}
    for citation in citations(layers):
        if cited := bibliography.resolve(citation.written):
            for source in (cited.source, cited.quoted):
                if source:
                    found[source.key][citation.at] = None
    for parallel in layers.parallels:
        found.setdefault(parallel.book, {})[parallel.anchor.passage] = None
    for event in layers.events:
        for other in event.others:
            found.setdefault(other.book, {})[f"event/{event.id}"] = None
    return {key: tuple(places) for key, places in found.items()}
