"""Tag the names of the concordance in the established texts, by longest match.

A form is tagged wherever it occurs in its work. A form that is ambiguous by itself (a single character, 上京) is tagged
only at the places that the corpus lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.emend.established import Established
from edition.model.layers import Anchor, Name
from edition.model.scripts import HAN_RUN

#: Marks that an emendation may add to a name: 燕 → 燕、.
PUNCTUATION = "，。、；：！？"

#: First character → the words that begin with it, the longest first, each with the ids of its names.
Words = Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Tag:
    """A name in the established text of a passage."""

    start: int
    """Offset in the established text; the same in both scripts."""
    end: int
    name: Name
    form: str
    """As the established text writes it, in the script of the transcription."""
    by_title: bool = False
    """Whether it refers to the name by title (國主) instead of naming it."""


@dataclass(frozen=True)
class Tagger:
    """The forms of one work, compiled to a regular expression."""

    forms: dict[str, Name]
    pattern: re.Pattern[str]
    only: dict[str, list[tuple[Anchor, Name]]]
    exceptions: dict[str, list[tuple[Anchor, Name]]]
    titles: frozenset[str] = frozenset()
    """Those of the forms that are titles."""
    by_title: dict[str, list[tuple[Anchor, Name]]] = field(default_factory=dict)
    """Single places that refer by title."""

    @classmethod
    def of(cls, work: str, names: Iterable[Name]) -> Tagger:
        """The forms with which a work writes the names. A form of two names goes to the first; checks report it."""
        forms: dict[str, Name] = {}
        titles: dict[str, Name] = {}
        only: dict[str, list[tuple[Anchor, Name]]] = {}
        by_title: dict[str, list[tuple[Anchor, Name]]] = {}
        exceptions: dict[str, list[tuple[Anchor, Name]]] = {}
        for name in names:
            for form in dict(name.forms).get(work, ()):
                forms.setdefault(form, name)
            for title in dict(name.titles).get(work, ()):
                titles.setdefault(title, name)
            for anchors, found in ((name.only, only), (name.by_title, by_title), (name.exceptions, exceptions)):
                for anchor in anchors:
                    found.setdefault(anchor.passage, []).append((anchor, name))
        referring = frozenset(titles.keys() - forms.keys())
        forms = titles | forms
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
        return cls(forms, pattern, only, exceptions, referring, by_title)

    def tags(self, text: Established) -> tuple[Tag, ...]:
        """Return the tags of a passage in order, without overlaps.

        A longer tag wins over a shorter one; of equal length, a single place listed in the corpus over a form.
        """
        taken: list[Tag] = []
        for tag in sorted(self._candidates(text), key=lambda tag: tag.start - tag.end):
            if all(tag.end <= other.start or tag.start >= other.end for other in taken):
                taken.append(tag)
        return tuple(sorted(taken, key=lambda tag: tag.start))

    def _candidates(self, text: Established) -> Iterator[Tag]:
        whole, passage = text.text, text.passage.id
        barred = {(text.offset(anchor.start), name.id) for anchor, name in self.exceptions.get(passage, ())}
        for singles, by_title in ((self.only, False), (self.by_title, True)):
            for anchor, name in singles.get(passage, ()):
                start, end = _place(text, anchor)
                yield Tag(start, end, name, whole[start:end], by_title)
        position = 0
        while match := self.pattern.search(whole, position):
            form = match[0]
            while form and (form not in self.forms or (match.start(), self.forms[form].id) in barred):
                form = form[:-1]  # an excepted form gives way to a shorter one that begins with it
            if form:
                yield Tag(match.start(), match.start() + len(form), self.forms[form], form, form in self.titles)
            position = match.start() + max(len(form), 1)


def _place(text: Established, anchor: Anchor) -> tuple[int, int]:
    """Where anchored words stand in the established text, without a mark that an emendation adds: 燕 → 燕、."""
    start, end = text.offset(anchor.start), text.offset(anchor.end, end=True)
    words = text.text[start:end]
    return start, end - len(words) + len(words.rstrip(PUNCTUATION))


@dataclass(frozen=True, slots=True)
class Untagged:
    """Words that are a name elsewhere, at a place where they are not tagged."""

    passage: str
    start: int
    """Offset in the established text."""
    word: str
    """As the established text has it, in the script of the transcription."""
    names: tuple[str, ...]
    """Ids of the names that it could be."""


class Lookout:
    """Looks for words that are names and are not tagged.

    In a work it looks for every word that is tagged somewhere in that work; for the forms, of two characters and more,
    that other works write; and for the headings of names. The last two are compared in Traditional script. Titles mean
    another man in every work, and words that are tagged at single places were found to be ambiguous, so neither is
    looked for in other works.
    """

    def __init__(
        self, texts: Mapping[str, Established], hant: Mapping[str, str], tags: Mapping[str, tuple[Tag, ...]]
    ) -> None:
        """Take the established texts and their tags; ``hant`` are the texts in Traditional script."""
        self.texts, self.hant, self.tags = texts, hant, tags

    def untagged(self, names: Iterable[Name]) -> Iterator[Untagged]:
        """The places that no editor has decided, in order of the text.

        Decided are the places that a name excepts, and all of a work where a word stands untagged as often as the names
        say under ``ordinary``.
        """
        names = tuple(names)
        found: dict[tuple[str, str], list[Untagged]] = {}
        for place in self._places(names):
            found.setdefault((self._work(place.passage), place.word), []).append(place)
        decided = ordinary(names)
        left = [p for key, places in found.items() if decided.get(key, 0) != len(places) for p in places]
        order = {id_: n for n, id_ in enumerate(self.texts)}
        yield from sorted(left, key=lambda place: (order[place.passage], place.start))

    def count(self, work: str, word: str) -> int:
        """How often a word stands in a work outside tags."""
        return sum(
            1
            for id_, text in self.texts.items()
            if self._work(id_) == work
            for match in re.finditer(re.escape(word), text.text)
            if not self._tagged(id_, match.start(), match.end())
        )

    def _places(self, names: tuple[Name, ...]) -> Iterator[Untagged]:
        excepted = {
            (anchor.passage, self.texts[anchor.passage].offset(anchor.start))
            for name in names
            for anchor in name.exceptions
        }
        own, others = self._own_words(names), self._words_of_others(names)
        for id_, text in self.texts.items():
            work, position = self._work(id_), 0
            while position < len(text.text):
                word, ids = max(
                    _longest(text.text, position, own.get(work, {})),
                    _longest(self.hant[id_], position, others.get(work, {})),
                    key=lambda found: len(found[0]),
                )
                end = position + len(word)
                if word and (id_, position) not in excepted and not self._tagged(id_, position, end):
                    yield Untagged(id_, position, text.text[position:end], ids)
                    position = end
                else:
                    position += 1

    def _own_words(self, names: Iterable[Name]) -> Mapping[str, Words]:
        """Work → the words that are tagged in it or said to be ordinary words, in its own script."""
        found: dict[str, dict[str, set[str]]] = {}
        for id_, tags in self.tags.items():
            for tag in tags:
                found.setdefault(self._work(id_), {}).setdefault(tag.form, set()).add(tag.name.id)
        for name in names:
            for work, counted in name.ordinary:
                for word, _ in counted:
                    found.setdefault(work, {}).setdefault(word, set()).add(name.id)
        return {work: _by_first(words) for work, words in found.items()}

    def _words_of_others(self, names: Iterable[Name]) -> Mapping[str, Words]:
        """Work → the headings of names, and the forms that other works write, in Traditional script."""
        forms: dict[tuple[str, str], set[str]] = {}
        for id_, tags in self.tags.items():
            work, hant = self._work(id_), self.hant[id_]
            for tag in tags:
                if not tag.by_title and tag.form in dict(tag.name.forms).get(work, ()):
                    forms.setdefault((work, hant[tag.start : tag.end]), set()).add(tag.name.id)
        works = {self._work(id_) for id_ in self.texts}
        found: dict[str, dict[str, set[str]]] = {work: {} for work in works}
        for work, words in found.items():
            for name in names:
                if HAN_RUN.fullmatch(name.name.hant):
                    words.setdefault(name.name.hant, set()).add(name.id)
            for (other, word), ids in forms.items():
                if other != work:
                    words.setdefault(word, set()).update(ids)
        return {
            work: _by_first({word: ids for word, ids in words.items() if len(word) > 1})
            for work, words in found.items()
        }

    def _tagged(self, passage: str, start: int, end: int) -> bool:
        return any(tag.start <= start and end <= tag.end for tag in self.tags[passage])

    def _work(self, passage: str) -> str:
        return self.texts[passage].passage.work


def ordinary(names: Iterable[Name]) -> dict[tuple[str, str], int]:
    """Work and word → how often the names say that it stands there as an ordinary word."""
    return {(work, word): times for name in names for work, counted in name.ordinary for word, times in counted}


def _by_first(words: Mapping[str, set[str]]) -> Words:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[0], []).append((word, tuple(sorted(words[word]))))
    return found


def _longest(text: str, position: int, words: Words) -> tuple[str, tuple[str, ...]]:
    """The longest of the words that stands at a position, with its names; empty if there is none."""
    return next(
        (found for found in words.get(text[position], ()) if text.startswith(found[0], position)),
        ("", ()),
    )
