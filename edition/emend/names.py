"""Tag the names of the concordance in the established texts, by longest match.

A form is tagged wherever it occurs in its work. A form that is ambiguous by itself (a single character, 上京) is tagged
only at the places that the corpus lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from edition.emend.established import Established
from edition.model.layers import Anchor, Name


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
                start, end = text.offset(anchor.start), text.offset(anchor.end, end=True)
                yield Tag(start, end, name, whole[start:end], by_title)
        position = 0
        while match := self.pattern.search(whole, position):
            form = match[0]
            while form and (form not in self.forms or (match.start(), self.forms[form].id) in barred):
                form = form[:-1]  # an excepted form gives way to a shorter one that begins with it
            if form:
                yield Tag(match.start(), match.start() + len(form), self.forms[form], form, form in self.titles)
            position = match.start() + max(len(form), 1)


def untagged(texts: Iterable[Established], tags: Mapping[str, tuple[Tag, ...]], names: Iterable[Name]) -> list[str]:
    """List words that are a name elsewhere and are not tagged here, for an editor to review.

    One line each: passage id, the word in brackets within its context, and the ids of the names that it could be.
    """
    could: dict[str, list[str]] = {}
    texts = tuple(texts)
    whole = {text.passage.id: text for text in texts}
    for name in names:
        words = {form for _, forms in (*name.forms, *name.titles) for form in forms}
        for anchor in (*name.only, *name.exceptions):
            text = whole[anchor.passage]
            words.add(text.text[text.offset(anchor.start) : text.offset(anchor.end, end=True)])
        for word in sorted(words):
            could.setdefault(word, []).append(name.id)
    pattern = re.compile("|".join(map(re.escape, sorted(could, key=lambda word: (-len(word), word)))) or r"(?!)")
    lines = []
    for text in texts:
        taken = [(tag.start, tag.end) for tag in tags[text.passage.id]]
        for match in pattern.finditer(text.text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                before, after = text.text[max(0, match.start() - 8) : match.start()], text.text[match.end() :][:8]
                lines.append(f"{text.passage.id}  {before}[{match[0]}]{after}  {', '.join(could[match[0]])}")
    return lines
