"""The promise on the texts of the edition: a link opens the words that were cited, or says that they are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pytest
import yaml

from edition.divide.passages import divide
from edition.divide.registered import Registered, Retired
from edition.divide.registry import Kept, LostError, keep, register
from edition.model.findings import Place
from edition.model.kinds import RetiredState
from edition.model.scripts import han
from edition.model.texts import Passage, Work
from edition.paths import CORPUS
from edition.read.corpus import read
from edition.rules.calendar import Calendar
from edition.rules.grammar import Grammar
from edition.rules.numerals import year as year_name

pytestmark = pytest.mark.thorough
PLACE = Place("corpus/permalinks.json", 1)
YEAR = re.compile("[元一二三四五六七八九十]+年")


@dataclass(frozen=True)
class State:
    """A text with its registry, as it was last registered."""

    work: Work
    calendar: Calendar
    grammar: Grammar
    registered: Mapping[str, Registered]
    retired: tuple[Retired, ...] = ()
    """What an editor wrote in retired.yaml, and never takes out again."""

    @property
    def text(self) -> str:
        """As received."""
        return self.work.juans[0].text

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """As divided and numbered."""
        found, _ = divide(self.work, self.calendar, self.grammar, dict(self.registered))
        return {passage.id: passage for passage in found}

    def edited(self, text: str) -> State:
        """With another text."""
        return replace(self, work=replace(self.work, juans=(replace(self.work.juans[0], text=text),)))

    @cached_property
    def kept(self) -> Kept:
        """What the build makes of it."""
        return keep(self.passages, self.registered, self.retired, PLACE)

    def settled(self) -> State:
        """With what `register --dry-run` prints written in retired.yaml, once."""
        try:
            _ = self.kept
        except LostError as error:
            state = replace(self, retired=(*self.retired, *entries(error)))
            _ = state.kept
            return state
        return self

    def published(self) -> State:
        """As `register` leaves it."""
        registered, _ = register(self.passages, self.registered, self.retired, "0.2.0")
        return replace(self, registered=registered)


def entries(error: LostError) -> Iterator[Retired]:
    for line in error.entries:
        (entry,) = yaml.safe_load(line)
        state: RetiredState = entry["state"]
        yield Retired(entry["id"], state, tuple(entry.get("to", ())), entry["reason"], Place("corpus/retired.yaml", 1))


def links(state: State) -> dict[tuple[str, str], str]:
    """(passage, sentence) → its Chinese characters, for all that is published."""
    return {(e.id, n): e.han[start:end] for e in state.registered.values() for n, start, end in e.spans()}


def opens(state: State, cited: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    """What each link leads to: the Chinese characters from that place on; None where the page says that it is gone."""
    passages, moved = state.passages, state.kept.moved
    found: dict[tuple[str, str], str | None] = {}
    for id_, n in cited:
        here = passages.get(id_)
        places = {s.n: s.start for s in here.sentences} | dict(here.anchors) if here else {}
        if here and n in places:
            found[id_, n] = han(here.text[places[n] :])
            continue
        (where,) = (sentence for sentence in moved[id_] if sentence.n == n)
        found[id_, n] = han(passages[where.passage].text)[where.offset :] if where.passage else None
    return found


@pytest.fixture(scope="module")
def works() -> list[State]:
    """Each work of the edition with all that it now has registered."""
    corpus = read(CORPUS)
    grammar = Grammar.of(corpus.calendar)
    return [State(work, corpus.calendar, grammar, {}).published() for work in corpus.works]


def sentences(state: State) -> list[tuple[tuple[str, str], int, int]]:
    """Each sentence with where it stands in the file."""
    lines = state.text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:i])) for i in range(len(lines))]
    found = []
    for passage in state.passages.values():
        line = lines[passage.line - 1]
        at = starts[passage.line - 1] + len(line) - len(line.lstrip()) + passage.offset
        found += [((passage.id, s.n), at + s.start, at + s.end) for s in passage.sentences]
    return found


def without(state: State, start: int, end: int) -> State:
    return state.edited(state.text[:start] + state.text[end:])


def check(state: State, cited: Mapping[tuple[str, str], str], gone: Iterable[tuple[str, str]]) -> None:
    """Those that are gone say so, and all others open the very words."""
    for link, found in opens(state, cited).items():
        if link in gone:
            assert found is None, (link, cited[link], found)
        else:
            assert found is not None, (link, cited[link])
            assert found.startswith(cited[link]), (link, cited[link], found)


def test_of_each_sentence_deleted_the_link_says_so(works: list[State]) -> None:
    for state in works:
        cited = links(state)
        for link, start, end in sentences(state):
            after = without(state, start, end)
            with pytest.raises(LostError):
                _ = after.kept
            check(after.settled(), cited, [link])


def test_of_two_sentences_deleted_one_after_the_other_each_is_reported(works: list[State]) -> None:
    """The second is reported although the first stands in retired.yaml, and the first stays gone."""
    for state in works:
        cited = links(state)
        both = sentences(state)
        for (first, start, end), (second, later, its_end) in zip(both[::3], both[1::3], strict=False):
            once = without(state, start, end).settled().published()
            twice = without(once, later - end + start, its_end - end + start)
            with pytest.raises(LostError):
                _ = twice.kept
            settled = twice.settled()
            check(settled, cited, [first, second])
            check(settled.published(), cited, [first, second])


def headings(state: State) -> Iterator[tuple[int, int, int]]:
    """Each year that a heading names, as a number, with where it stands in the file."""
    seen = set()
    for (id_, _), start, _ in sentences(state):
        heading = state.passages[id_].heading
        if heading and heading.year and id_ not in seen:
            seen.add(id_)
            at = state.text.index(year_name(heading.year), start)
            yield heading.year, at, at + len(year_name(heading.year))


@pytest.mark.parametrize("by", [1, -1, 20])
def test_of_a_year_heading_changed_every_link_opens_the_same_words(works: list[State], by: int) -> None:
    """One report names everything that stands under another id, and with that written down nothing else is asked."""
    for state in works:
        cited = links(state)
        for year, start, end in list(headings(state)):
            if year + by < 1:
                continue
            heading = year_name(year + by)
            after = state.edited(state.text[:start] + heading + state.text[end:]).settled()
            registered = after.published()
            back = registered.edited(state.text).settled()
            for now in (after, registered, back, back.published()):
                for link, found in opens(now, cited).items():
                    assert found is not None, (link, cited[link])
                    assert same(cited[link], found), (link, cited[link], found)


def same(words: str, found: str) -> bool:
    """Whether a link opens these words, apart from the number of a year in them."""
    return YEAR.sub("年", found).startswith(YEAR.sub("年", words))


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        ("", "囗囗囗。", False),  # added after it
        ("", "\n　　", True),  # split
        ("。", "；", False),  # re-punctuated
    ],
)
def test_what_moves_or_joins_sentences_keeps_every_link(
    before: str, after: str, asks: bool, works: list[State]
) -> None:
    for state in works:
        cited = links(state)
        for _, _, end in sentences(state)[::5]:
            at = end - len(before)
            if state.text[at:end] != before:
                continue
            edited = state.edited(state.text[:at] + after + state.text[end:])
            if not asks and len(edited.passages) != len(state.passages):
                continue  # a full stop less, and the words after it open no passage
            settled = edited.settled()
            assert asks or settled is edited
            check(settled, cited, [])
            check(settled.published(), cited, [])


def test_an_emended_sentence_keeps_its_number(works: list[State]) -> None:
    for state in works:
        for (id_, n), start, end in sentences(state)[::5]:
            if end - start > 12:  # of a shorter one the words may be its date
                at = end - 3
                edited = state.edited(state.text[:at] + "囗" + state.text[at + 1 :])
                _ = edited.kept
                places = {s.n: s.start for s in edited.passages[id_].sentences}
                assert places[n] == next(s.start for s in state.passages[id_].sentences if s.n == n)
