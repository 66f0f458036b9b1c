"""The registry of published ids: an id is never reused, never renumbered, never lost.

Passages are matched to the registered ones by their Chinese characters, so that punctuation, layout and the
apparatus change nothing; what was inserted later gets a letter (``1a``), what was added at the end of a slot
the next number. Sentences keep their numbers by the place of their first character.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from edition.model import HAN, CorpusError, Passage, Place, Sentence, han

RegisteredState = Literal["live", "alias", "split", "merged", "withdrawn"]
FILE = "permalinks.json"
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
    history: tuple[tuple[str, str], ...] = ()
    """(release, what happened), oldest first."""

    @property
    def hash(self) -> str:
        """The hash under which the registry keeps the characters."""
        return digest(self.han)


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
            n = str(1 + max(int(t.rstrip("abcdefghijklmnopqrstuvwxyz")) for t in taken))
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
    base = n.rstrip("abcdefghijklmnopqrstuvwxyz")
    return next(f"{base}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz" if f"{base}{letter}" not in taken)


def _number_sentences(passage: Passage, before: Registered) -> Passage:
    """Number sentences as registered: a sentence is known by the place of its first character."""
    places = [match.start() for match in HAN.finditer(passage.text)]
    to_new = _offsets(before.han, "".join(passage.text[p] for p in places))
    published = {to_new[offset]: n for n, offset in before.sentences if offset < len(to_new)}
    taken = {n for n, _ in before.sentences}
    sentences: list[Sentence] = []
    last = "1"
    for sentence in passage.sentences:
        offset = sum(place < sentence.start for place in places)
        n = published.pop(offset, "")
        if not n:
            n = _lettered(last, taken)
            taken.add(n)
        last = n
        sentences.append(replace(sentence, n=n))
    anchors = tuple((n, places[o] if o < len(places) else len(passage.text)) for o, n in sorted(published.items()))
    return replace(passage, sentences=tuple(sentences), anchors=anchors)


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
    """The ids that are not registered yet or whose words have changed. Raises CorpusError if one would be lost."""
    gone = {entry.id for entry in retired}
    for entry in registered.values():
        if entry.state == "live" and entry.id not in present and entry.id not in gone:
            raise CorpusError(
                place,
                "ID-LOST",
                f"{entry.id} 「{entry.han[:12]}…」 was published and has no passage now: restore its words, or write "
                f"in corpus/retired.yaml: - {{id: {entry.id}, state: withdrawn, reason: …}} "
                "(or state: alias, merged, split, with to: [the ids where they are now])",
            )
    for lost in retired:
        if lost.id in present:
            raise CorpusError(lost.place, "ID-REUSED", f"{lost.id} is retired here and yet names a passage")
        if missing := [to for to in lost.to if to not in present]:
            raise CorpusError(lost.place, "ID-UNKNOWN", f"to: {missing[0]} is no passage")
    return tuple(i for i, p in present.items() if i not in registered or registered[i].hash != digest(han(p.text)))


def register(
    passages: Iterable[Passage],
    registered: Mapping[str, Registered],
    retired: Iterable[Retired],
    release: str,
) -> tuple[dict[str, Registered], tuple[str, ...]]:
    """The registry with all present ids in it, and what changes in it, a line each."""
    changes = []
    result = dict(registered)
    for passage in passages:
        before = registered.get(passage.id)
        entry = Registered(passage.id, "live", han(passage.text), sentence_offsets(passage) + _kept(passage, before))
        if before is None:
            result[passage.id] = replace(entry, history=((release, "registered"),))
            changes.append(f"+ {passage.id} 「{entry.han[:12]}…」")
        elif before.hash != entry.hash or set(before.sentences) != set(entry.sentences):
            what = "text changed" if before.hash != entry.hash else "sentences divided anew"
            result[passage.id] = replace(entry, history=(*before.history, (release, what)))
            changes.append(f"~ {passage.id} {what}")
    for lost in retired:
        before = registered.get(lost.id)
        if before and (before.state, before.to) != (lost.state, lost.to):
            note = (release, f"{lost.state}: {lost.reason}")
            result[lost.id] = replace(before, state=lost.state, to=lost.to, history=(*before.history, note))
            changes.append(f"- {lost.id} {lost.state} {' '.join(lost.to)}".rstrip())
    return result, tuple(changes)


def _kept(passage: Passage, before: Registered | None) -> tuple[tuple[str, int], ...]:
    """Numbers that were published and start no sentence any more stay registered at their place."""
    if before is None:
        return ()
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
