"""Where the sentences are that no longer stand in the passage under which they were published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.divide.matching import Span, find, free
from edition.divide.registered import Registered, Retired, sentence_offsets
from edition.model.scripts import han
from edition.model.texts import ID, Passage


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a published sentence is that is no longer under its old id."""

    n: str
    """Its old number."""
    han: str
    """Its Chinese characters as they were published."""
    passage: str
    """Id of the passage in which its words are now; empty if they are in none."""
    offset: int
    """Offset of the Chinese character at which its words begin there."""


@dataclass(frozen=True, slots=True)
class MissingSentence:
    """A published sentence that the text has lost, or moved, since the registry was written."""

    entry: Registered
    """Under which it was published."""
    n: str
    han: str
    said: Retired | None
    """What an editor says of it, or else of its passage."""
    passage: str = ""
    """Id of the passage in which its words are now; empty if they are in none."""
    offset: int = 0
    """Offset of the Chinese character at which its words begin there."""
    settled: bool = False
    """Whether what the editor says accounts for it."""

    @property
    def id(self) -> str:
        """The id of the sentence."""
        return f"{self.entry.id}.{self.n}"


def passage_of(id_: str) -> str:
    """The id of a passage, or of the passage of a sentence.

    >>> passage_of("jinshi.2.tianfu4.5.1.2"), passage_of("jinshi.2.tianfu4.5.1")
    ('jinshi.2.tianfu4.5.1', 'jinshi.2.tianfu4.5.1')
    """
    found = ID.match(id_)
    return id_.rpartition(".")[0] if found and found["s"] else id_


def by_id(retired: Iterable[Retired], present: Mapping[str, Passage]) -> dict[str, Retired]:
    """What is said of each id. Of a passage that is still there, several entries add up; else the last one counts."""
    said: dict[str, Retired] = {}
    for record in retired:
        before = said.get(record.id)
        more = before.to if before and record.id in present else ()
        said[record.id] = replace(record, to=tuple(dict.fromkeys((*more, *record.to))))
    return said


def missing_sentences(
    present: Mapping[str, Passage], registered: Mapping[str, Registered], said: Mapping[str, Retired]
) -> tuple[MissingSentence, ...]:
    """Every sentence that has left its passage since the registry was written, with where its words are now.

    They are looked for where an editor says that they are, else in all passages of the work; but never where
    another published sentence stands.
    """
    search = _Search()
    missing: list[MissingSentence] = []
    for entry in registered.values():
        if entry.state != "live":
            continue
        spans: dict[str, Span | None] = {}
        if entry.id in present:
            characters = han(present[entry.id].text)
            if characters == entry.han:
                continue
            spans = entry.places(characters)
            search.add(present[entry.id], characters, free(list(spans.values()), len(characters)))
        for n, start, end in entry.spans():
            if start < end and not spans.get(n):
                record = said.get(f"{entry.id}.{n}") or said.get(entry.id)
                missing.append(MissingSentence(entry, n, entry.han[start:end], record))
    for id_, passage in present.items():
        if id_ not in registered:
            characters = han(passage.text)
            search.add(passage, characters, [(0, len(characters))])
    trail = _Trail(present, registered, said)
    return (*_find(missing, search, trail), *_corrections(trail))


def _find(missing: Sequence[MissingSentence], search: _Search, trail: _Trail) -> Iterator[MissingSentence]:
    """The same with where their words are, and whether what an editor says accounts for them.

    What is said of a sentence is taken as said. What is said of a passage holds for a sentence of it that is found.
    """
    scopes = {sentence.id: trail.scope(sentence.said) for sentence in missing}
    found = search.claim(missing, scopes)
    settled = {}
    for sentence in missing:
        said = sentence.said
        if said and said.id == sentence.id and scopes[sentence.id]:
            found.setdefault(sentence.id, trail.start(said.to))
        gone = said is not None and said.state == "withdrawn"
        settled[sentence.id] = gone or sentence.id in found
    others = [sentence for sentence in missing if not settled[sentence.id]]
    found |= search.claim(others, {sentence.id: search.of_work(sentence.entry.id) for sentence in others})
    for sentence in missing:
        passage, offset = found.get(sentence.id, ("", 0))
        yield replace(sentence, passage=passage, offset=offset, settled=settled[sentence.id])


def _corrections(trail: _Trail) -> Iterator[MissingSentence]:
    """Sentences that the registry has as gone elsewhere, and of which an editor now says something else."""
    for entry in trail.registered.values():
        whole = trail.said.get(entry.id) if entry.state != "live" else None
        for departure in entry.away:
            said = trail.said.get(f"{entry.id}.{departure.n}") or whole
            if not said:
                continue
            scope = trail.scope(said)
            if said is whole:
                changed = (said.state, said.to) != (entry.state, entry.to)
            else:
                known = {passage_of(id_) for id_ in departure.to}
                changed = bool(known) != bool(scope) or not known <= {*scope, *map(passage_of, said.to)}
            if changed:
                elsewhere = ("", 0) if said is whole else trail.start(said.to)
                passage, offset = trail.look(departure.han, scope) or elsewhere
                yield MissingSentence(entry, departure.n, departure.han, said, passage, offset, settled=True)


def moved(
    present: Mapping[str, Passage],
    registered: Mapping[str, Registered],
    said: Mapping[str, Retired],
    missing: Iterable[MissingSentence],
) -> dict[str, tuple[Whereabouts, ...]]:
    """Every id under which something was published that is elsewhere now, with the whereabouts of its sentences."""
    new = {sentence.id: sentence for sentence in missing}
    words: dict[str, dict[str, str]] = {}
    for entry in registered.values():
        if entry.state != "live":
            words[entry.id] = {n: entry.han[start:end] for n, start, end in entry.spans()}
        if entry.away:
            words.setdefault(entry.id, {}).update({departure.n: departure.han for departure in entry.away})
    for sentence in new.values():
        words.setdefault(sentence.entry.id, {})[sentence.n] = sentence.han
    trail = _Trail(present, registered, said, new)
    return {
        id_: tuple(Whereabouts(n, cited, *trail.follow(f"{id_}.{n}", cited)) for n, cited in sentences.items())
        for id_, sentences in words.items()
    }


class _Search:
    """Looks for the words of sentences where no other published sentence stands; each stretch is given once."""

    def __init__(self) -> None:
        self.passages: dict[str, Passage] = {}
        self.texts: dict[str, str] = {}
        self.free: dict[str, list[tuple[int, int]]] = {}

    def add(self, passage: Passage, characters: str, stretches: list[tuple[int, int]]) -> None:
        """Take in a passage with the stretches of its Chinese characters that belong to no published sentence."""
        if stretches:
            self.passages[passage.id] = passage
            self.texts[passage.id], self.free[passage.id] = characters, stretches

    def of_work(self, id_: str) -> list[str]:
        """The passages of the same work."""
        return [other for other in self.free if other.partition(".")[0] == id_.partition(".")[0]]

    def claim(
        self, missing: Sequence[MissingSentence], scopes: Mapping[str, Sequence[str]]
    ) -> dict[str, tuple[str, int]]:
        """Id of each sentence that is found → passage and offset: whole passages first, then the longest sentences.

        ``scopes``: id of the sentence → the passages to look in. One in which another sentence of the same passage was
        found is preferred.
        """
        found: dict[str, tuple[str, int]] = {}
        homes: dict[str, list[str]] = {}
        for entry, group in _by_entry(missing):
            scope = scopes[group[0].id]
            if len(group) == len(entry.sentences) and (hit := self._take(entry.han, scope, unchanged=True)):
                starts = {n: start for n, start, _ in entry.spans()}
                found |= {sentence.id: (hit[0], hit[1] + starts[sentence.n]) for sentence in group}
        for unchanged in (True, False):
            for sentence in sorted(missing, key=lambda sentence: -len(sentence.han)):
                if sentence.id not in found:
                    home = homes.setdefault(sentence.entry.id, [])
                    near = [id_ for id_ in home if id_ in scopes[sentence.id]]
                    if hit := self._take(sentence.han, [*near, *scopes[sentence.id]], unchanged=unchanged):
                        found[sentence.id] = hit
                        home.append(hit[0])
        return found

    def _take(self, words: str, ids: Iterable[str], *, unchanged: bool) -> tuple[str, int] | None:
        """The passage and offset where most of some words stand, which nothing else can have from now on."""
        best: tuple[str, Span] | None = None
        for id_ in dict.fromkeys(ids):
            for start, end in self.free.get(id_, ()):
                if unchanged and words not in self.texts[id_][start:end]:
                    continue
                span = find(words, self.texts[id_], start, end)
                if span and (best is None or span.kept > best[1].kept):
                    best = id_, span
        if best is None:
            return None
        id_, span = best
        self.free[id_] = [
            part
            for start, end in self.free[id_]
            for part in ((start, min(end, span.start)), (max(start, span.end), end))
            if part[0] < part[1]
        ]
        return id_, _opening(self.passages[id_], span)


def _by_entry(missing: Iterable[MissingSentence]) -> Iterator[tuple[Registered, list[MissingSentence]]]:
    """The registered passages, the longest first, each with its sentences."""
    groups: dict[str, list[MissingSentence]] = {}
    for sentence in missing:
        groups.setdefault(sentence.entry.id, []).append(sentence)
    for group in sorted(groups.values(), key=lambda group: -len(group[0].entry.han)):
        yield group[0].entry, group


@dataclass(frozen=True, slots=True)
class _Trail:
    """Follows words from id to id, by what the registry and an editor say of each."""

    present: Mapping[str, Passage]
    registered: Mapping[str, Registered]
    said: Mapping[str, Retired]
    missing: Mapping[str, MissingSentence] = field(default_factory=dict)
    """Sentences that have left since the registry was written, by id."""

    def scope(self, said: Retired | None) -> list[str]:
        """The passages in which an editor says that words are; where one is retired in turn, those after it."""
        found: list[str] = []
        seen: set[str] = set()
        ids = list(said.to) if said and said.state != "withdrawn" else []
        while ids:
            id_ = passage_of(ids.pop(0))
            if id_ in seen:
                continue
            seen.add(id_)
            if id_ in self.present:
                found.append(id_)
            if after := self.said.get(id_):
                ids += after.to
            if entry := self.registered.get(id_):
                ids += [*entry.to, *(to for departure in entry.away for to in departure.to)]
        return found

    def look(self, words: str, ids: Sequence[str]) -> tuple[str, int] | None:
        """The passage and offset where most of some words stand, whatever else stands there."""
        texts = [(id_, han(self.present[id_].text)) for id_ in ids]
        found = [(id_, span) for id_, text in texts if (span := find(words, text, 0, len(text)))]
        id_, span = max(found, key=lambda item: item[1].kept, default=("", None))
        return (id_, _opening(self.present[id_], span)) if span else None

    def start(self, ids: Iterable[str]) -> tuple[str, int]:
        """The first of some passages and sentences that is there, with the offset at which it begins."""
        for id_ in ids:
            if passage := self.present.get(passage_of(id_)):
                starts = {f"{passage.id}.{sentence.n}": sentence.offset for sentence in sentence_offsets(passage)}
                return passage.id, starts.get(id_, 0)
        return "", 0

    def follow(self, id_: str, words: str, seen: frozenset[str] = frozenset()) -> tuple[str, int]:
        """The passage and offset where the words of a sentence are now; an empty id if they are nowhere."""
        if sentence := self.missing.get(id_):
            return sentence.passage, sentence.offset
        passage = self.present.get(passage_of(id_))
        if passage and (place := _place_in(passage, id_, words)):
            return place
        entry = self.registered.get(passage_of(id_))
        if entry and id_ not in seen:
            away = {f"{entry.id}.{departure.n}": departure.to for departure in entry.away}
            for to in away.get(id_, entry.to):
                place = self.follow(to, words, seen | {id_})
                if place[0]:
                    return place
        return "", 0


def _opening(passage: Passage, span: Span) -> int:
    """The offset at which a sentence begins that was found in a passage."""
    starts = [sentence.offset for sentence in sentence_offsets(passage)]
    return max((start for start in starts if span.earliest <= start <= span.start), default=span.start)


def _place_in(passage: Passage, id_: str, words: str) -> tuple[str, int] | None:
    """The passage, with the offset of some words in one of its sentences, or else of that sentence.

    ``id_``: of the sentence, or of the passage, whose words then begin where it begins.
    """
    if id_ == passage.id:
        return id_, 0
    starts = {f"{passage.id}.{sentence.n}": sentence.offset for sentence in sentence_offsets(passage)}
    if id_ not in starts:
        return None
    text = han(passage.text)
    end = min((start for start in starts.values() if start > starts[id_]), default=len(text))
    span = find(words, text, starts[id_], end)
    return passage.id, _opening(passage, span) if span else starts[id_]
