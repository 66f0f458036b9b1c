"""The registry of published ids: an id is never reused, never renumbered, never lost.

Passages are matched to the registered ones by their Chinese characters, so that punctuation, layout and the
apparatus change nothing; what was inserted later gets a letter (``1a``), what was added at the end of a slot
the next number. Sentences keep their numbers by the place of their first character.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from edition.model.findings import CorpusError, Place
from edition.model.kinds import RegisteredState
from edition.model.scripts import HAN, han
from edition.model.texts import Passage, Sentence

FILE = "permalinks.json"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Two texts with fewer of their characters in common are not the same passage.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Registered:
    """An id that was published."""

    id: str
    state: RegisteredState
    han: str
    """The Chinese characters that it stood for when it was last registered."""
    sentences: tuple[tuple[str, int], ...]
    """Number of each published sentence, with the offset of its first character in ``han``."""
    to: tuple[str, ...] = ()
    """Where its words are now, if they moved."""
    away: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Sentences of a live passage whose words went elsewhere: number, characters, and the passages to look in."""
    history: tuple[tuple[str, str], ...] = ()
    """(release, what happened), oldest first."""

    @property
    def hash(self) -> str:
        """The hash under which the registry keeps the characters."""
        return digest(self.han)

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Number, start and end in ``han`` of each sentence: it ends where the next begins."""
        ordered = sorted(self.sentences, key=lambda sentence: sentence[1])
        ends = [offset for _, offset in ordered[1:]] + [len(self.han)]
        for (n, start), end in zip(ordered, ends, strict=True):
            yield n, start, end

    def lost(self, characters: str) -> tuple[str, ...]:
        """The sentences of which less than half is left in a passage that now has these characters."""
        if characters == self.han:
            return ()
        kept: set[int] = set()
        for block in SequenceMatcher(None, self.han, characters, autojunk=False).get_matching_blocks():
            kept.update(range(block.a, block.a + block.size))
        return tuple(n for n, a, b in self.spans() if sum(i in kept for i in range(a, b)) < SAME * (b - a))


@dataclass(frozen=True, slots=True)
class Retired:
    """What an editor writes in ``retired.yaml`` before an id may go."""

    id: str
    state: RegisteredState
    to: tuple[str, ...]
    reason: str
    place: Place


def digest(characters: str) -> str:
    """The hash of a passage's Chinese characters: the first 16 hexadecimal digits of SHA-256.

    >>> digest(han("乾統二年。 ")) == digest("乾統二年")
    True
    """
    return hashlib.sha256(characters.encode()).hexdigest()[:16]


def number(passages: tuple[Passage, ...], registered: Mapping[str, Registered]) -> tuple[Passage, ...]:
    """Complete the ids of passages (``jinshi.2.tianfu4.5`` → ``….1``) and number their sentences.

    Passages that enter a slot again go on counting, so they are numbered slot by slot, each in text order.
    """
    slots: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        slots.setdefault(passage.id, []).append(index)
    published: dict[str, list[Registered]] = {}
    for entry in registered.values():
        published.setdefault(entry.id.rpartition(".")[0], []).append(entry)
    done = list(passages)
    for slot, indices in slots.items():
        texts = [han(passages[i].text) for i in indices]
        numbers, matched = _numbers(texts, published.get(slot, []))
        for index, n, before in zip(indices, numbers, matched, strict=True):
            passage = replace(passages[index], id=f"{slot}.{n}")
            done[index] = _number_sentences(passage, before) if before else passage
    return tuple(done)


def _numbers(texts: list[str], published: list[Registered]) -> tuple[list[str], list[Registered | None]]:
    """The numbers of the passages of one slot, and the registered passage that each continues."""
    live = [entry for entry in published if entry.state == "live"]
    if not published:
        return [str(n) for n in range(1, len(texts) + 1)], [None] * len(texts)
    matched = _match(texts, live)
    taken = {entry.id.rpartition(".")[2] for entry in published}
    numbers: list[str] = []
    last_known = max((i for i, entry in enumerate(matched) if entry), default=-1)
    for i, entry in enumerate(matched):
        if entry:
            n = entry.id.rpartition(".")[2]
        elif i > last_known:
            n = _next(taken)
        else:
            n = _lettered(numbers[-1] if numbers else "1", taken)
        taken.add(n)
        numbers.append(n)
    return numbers, matched


def _match(texts: list[str], live: list[Registered]) -> list[Registered | None]:
    """For each text the registered passage that it continues: the same characters, or most of them."""
    matched: list[Registered | None] = [None] * len(texts)
    blocks = SequenceMatcher(None, [entry.han for entry in live], texts, autojunk=False).get_opcodes()
    for tag, old_start, old_end, new_start, new_end in blocks:
        if tag == "equal":
            matched[new_start:new_end] = live[old_start:old_end]
        position = old_start
        for i in range(new_start, new_end if tag == "replace" else new_start):
            for j in range(position, old_end):
                if similarity(live[j].han, texts[i]) >= SAME:
                    matched[i], position = live[j], j + 1
                    break
    return matched


def similarity(old: str, new: str) -> float:
    """The share of the longer text's characters that two texts have in common, in order: 0 … 1.

    >>> similarity("天輔四年", "天輔五年")
    0.75
    """
    common = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return common / max(len(old), len(new), 1)


def _lettered(n: str, taken: set[str]) -> str:
    """The first free number with a letter after ``n``: 1a, 1b and so on."""
    base = n.rstrip(LETTERS)
    lettered = (f"{base}{letter}" for letter in LETTERS)
    return next((n for n in lettered if n not in taken), "") or _next(taken)


def _number_sentences(passage: Passage, before: Registered) -> Passage:
    """Number sentences as registered: a sentence is known by the place of its first character.

    What was inserted gets a letter, what was added at the end the next number. A number whose sentence has run
    together with another stays as an anchor; one whose words are gone is for `keep` to ask about.
    """
    places = [match.start() for match in HAN.finditer(passage.text)]
    characters = "".join(passage.text[place] for place in places)
    lost = before.lost(characters)
    to_new = _offsets(before.han, characters)
    published = {to_new[offset]: n for n, offset in before.sentences if n not in lost and offset < len(to_new)}
    taken = {n for n, _ in before.sentences} | {n for n, _, _ in before.away}
    sentences: list[Sentence] = []
    for sentence in passage.sentences:
        offset = bisect_left(places, sentence.start)
        n = published.pop(offset, "")
        if not n:
            n = _lettered(sentences[-1].n if sentences else "1", taken) if published else _next(taken)
            taken.add(n)
        sentences.append(replace(sentence, n=n))
    anchors = tuple((n, places[o]) for o, n in sorted(published.items()) if o < len(places))
    return replace(passage, sentences=tuple(sentences), anchors=anchors)


def _next(taken: Iterable[str]) -> str:
    """The number after the highest that was ever given."""
    return str(1 + max(int(n.rstrip(LETTERS)) for n in taken))


def _offsets(old: str, new: str) -> list[int]:
    """For each character of ``old`` its offset in ``new``, or that of the next character that is left."""
    if old == new:
        return list(range(len(old)))
    offsets = [len(new)] * len(old)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        offsets[block.a : block.a + block.size] = range(block.b, block.b + block.size)
    for i in range(len(old) - 2, -1, -1):
        offsets[i] = min(offsets[i], offsets[i + 1])
    return offsets


def sentence_offsets(passage: Passage) -> tuple[tuple[str, int], ...]:
    """The numbers of a passage's sentences with the offsets of their first Chinese characters."""
    return tuple((s.n, len(han(passage.text[: s.start]))) for s in passage.sentences)


def keep(
    present: Mapping[str, Passage],
    registered: Mapping[str, Registered],
    retired: Iterable[Retired],
    place: Place,
) -> tuple[str, ...]:
    """The ids that are not registered yet or whose words have changed.

    Raises CorpusError if an id, or a sentence that was published, would be lost, or an id be used again.
    """
    said = {entry.id: entry for entry in retired}
    for entry in registered.values():
        if entry.state != "live" or entry.id in said:
            continue
        if entry.id not in present:
            raise CorpusError(place, "ID-LOST", _lost_message(entry))
        if lost := entry.lost(han(present[entry.id].text)):
            raise CorpusError(place, "SENTENCE-LOST", _moved_message(entry, lost, present))
    for id_, moved in said.items():
        if id_ in present and id_ not in moved.to:
            raise CorpusError(moved.place, "ID-REUSED", f"{id_} is retired here and yet names a passage")
        if missing := [to for to in moved.to if to not in present]:
            raise CorpusError(moved.place, "ID-UNKNOWN", f"to: {missing[0]} is no passage")
    return tuple(i for i, p in present.items() if i not in registered or registered[i].hash != digest(han(p.text)))


def _lost_message(entry: Registered) -> str:
    return (
        f"{entry.id} 「{entry.han[:12]}…」 was published and has no passage now: restore its words, or write in "
        f"retired.yaml: - {{id: {entry.id}, state: withdrawn, reason: …}} (or state: alias, merged or split, "
        "with to: [the ids where they are now])"
    )


def _moved_message(entry: Registered, lost: tuple[str, ...], present: Mapping[str, Passage]) -> str:
    """What to write where sentences have left a passage, with the passages that seem to have them."""
    words = {n: entry.han[a:b] for n, a, b in entry.spans() if n in lost}
    work = entry.id.partition(".")[0]
    found = [i for i, p in present.items() if p.work == work and any(w in han(p.text) for w in words.values())]
    to = ", ".join(dict.fromkeys([entry.id, *found]))
    return (
        f"sentence {', '.join(lost)} of {entry.id} 「{words[lost[0]][:12]}…」 was published and is no longer in it: "
        f"restore the words, or write in retired.yaml: - {{id: {entry.id}, state: split, to: [{to}], reason: …}}"
    )


def register(
    passages: Iterable[Passage],
    registered: Mapping[str, Registered],
    retired: Iterable[Retired],
    release: str,
) -> tuple[dict[str, Registered], tuple[str, ...]]:
    """The registry with all present ids in it, and what changes in it, a line each."""
    changes = []
    result = dict(registered)
    said = {entry.id: entry for entry in retired}
    present = set()
    for passage in passages:
        present.add(passage.id)
        before = registered.get(passage.id)
        entry = Registered(passage.id, "live", han(passage.text), sentence_offsets(passage) + _kept(passage))
        if before is None:
            result[passage.id] = replace(entry, history=((release, "registered"),))
            changes.append(f"+ {passage.id} 「{entry.han[:12]}…」")
        elif before.hash != entry.hash or set(before.sentences) != set(entry.sentences):
            what = "text changed" if before.hash != entry.hash else "sentences divided anew"
            away = before.away + _away(before, entry.han, said.get(passage.id))
            result[passage.id] = replace(entry, away=away, history=(*before.history, (release, what)))
            changes.append(f"~ {passage.id} {what}")
    for lost in said.values():
        before = registered.get(lost.id)
        if before and lost.id not in present and (before.state, before.to) != (lost.state, lost.to):
            note = (release, f"{lost.state}: {lost.reason}")
            result[lost.id] = replace(before, state=lost.state, to=lost.to, history=(*before.history, note))
            changes.append(f"- {lost.id} {lost.state} {' '.join(lost.to)}".rstrip())
    return result, tuple(changes)


def _away(before: Registered, characters: str, moved: Retired | None) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The sentences that have left a live passage, with where an editor says they went."""
    lost = before.lost(characters)
    to = moved.to if moved else ()
    return tuple((n, before.han[a:b], to) for n, a, b in before.spans() if n in lost)


def moved(
    registered: Mapping[str, Registered], retired: Iterable[Retired], passages: Mapping[str, Passage]
) -> dict[str, tuple[tuple[str, str, str, int], ...]]:
    """Every id under which something was published that is elsewhere now, with the whereabouts of its sentences."""
    said = {entry.id: entry for entry in retired}
    return {
        id_: found
        for id_, entry in registered.items()
        if (entry.state != "live" or entry.away or id_ in said)
        and (found := whereabouts(entry, said.get(id_), passages))
    }


def whereabouts(
    entry: Registered, moved: Retired | None, passages: Mapping[str, Passage]
) -> tuple[tuple[str, str, str, int], ...]:
    """Where the sentences of a retired id, or those that left a live one, are now.

    For each its number, its characters as cited, and the passage with the offset of the Chinese character at which its
    words begin there; the passage is empty if they are in none.
    """
    to = moved.to if moved else entry.to
    if entry.id in passages:
        away = {n: (words, ids) for n, words, ids in entry.away}
        if moved:
            away |= {n: (w, ids) for n, w, ids in _away(entry, han(passages[entry.id].text), moved)}
    else:
        away = {n: (entry.han[a:b], to) for n, a, b in entry.spans()}
    found = []
    for n, (words, ids) in away.items():
        places = [(*_place_in(words, han(passages[i].text)), i) for i in ids if i in passages]
        share, offset, id_ = max(places, key=lambda place: place[0], default=(0.0, 0, ""))
        found.append((n, words, id_ if share >= SAME else "", offset))
    return tuple(found)


def _place_in(words: str, text: str) -> tuple[float, int]:
    """The share of some words that is found in a text, in order, and where it begins."""
    exact = text.find(words)
    if exact >= 0:
        return 1.0, exact
    blocks = [b for b in SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return 0.0, 0
    return sum(b.size for b in blocks) / len(words), blocks[0].b


def _kept(passage: Passage) -> tuple[tuple[str, int], ...]:
    """Numbers that were published and start no sentence any more stay registered at their place."""
    return tuple((n, len(han(passage.text[:offset]))) for n, offset in passage.anchors)


def in_text_order(entries: Mapping[str, Registered], passages: Iterable[Passage]) -> Iterator[Registered]:
    """The entries work by work in order of the text, each slot's retired ids after its live ones."""
    order = {passage.id: i for i, passage in enumerate(passages)}
    end = len(order)
    slots = {key: min(order.get(e.id, end) for e in group) for key, group in _by_slot(entries)}
    yield from sorted(
        entries.values(),
        key=lambda e: (slots[e.id.rpartition(".")[0]], e.id.rpartition(".")[0], order.get(e.id, end), e.id),
    )


def _by_slot(entries: Mapping[str, Registered]) -> Iterator[tuple[str, list[Registered]]]:
    def slot(entry: Registered) -> str:
        return entry.id.rpartition(".")[0]

    for key, group in groupby(sorted(entries.values(), key=slot), slot):
        yield key, list(group)
