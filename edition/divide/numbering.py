"""Number passages and sentences: what was published keeps its number, what is new gets one never given before.

Both are known by their Chinese characters, so that punctuation, layout and the apparatus change nothing. What was
inserted later gets a letter (``1a``), what was added at the end the next number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from string import ascii_lowercase

from edition.divide.matching import SHARE, may_share
from edition.divide.registered import Registered
from edition.model.scripts import HAN, han
from edition.model.texts import Passage, Sentence


def number(passages: tuple[Passage, ...], registered: Mapping[str, Registered]) -> tuple[Passage, ...]:
    """Complete the ids of passages (``jinshi.2.tianfu4.5`` → ``….1``) and number their sentences.

    Passages that enter a slot again go on counting, so they are numbered slot by slot, each in text order.
    """
    slots: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        slots.setdefault(passage.id, []).append(index)
    published: dict[str, list[Registered]] = {}
    for entry in registered.values():
        published.setdefault(entry.slot, []).append(entry)
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
    if not published:
        return [str(n) for n in range(1, len(texts) + 1)], [None] * len(texts)
    matched = _match(texts, [entry for entry in published if entry.state == "live"])
    taken = {entry.number for entry in published}
    numbers: list[str] = []
    last_known = max((i for i, entry in enumerate(matched) if entry), default=-1)
    for i, entry in enumerate(matched):
        if entry:
            n = entry.number
        elif i > last_known:
            n = _next(taken)
        else:
            n = _lettered(numbers[-1] if numbers else "1", taken)
        taken.add(n)
        numbers.append(n)
    return numbers, matched


def _match(texts: list[str], live: list[Registered]) -> list[Registered | None]:
    """For each text the registered passage that it continues: the same characters, or half of the shorter one."""
    matched: list[Registered | None] = [None] * len(texts)
    rest = set(range(len(live)))
    blocks = SequenceMatcher(None, [entry.han for entry in live], texts, autojunk=False).get_matching_blocks()
    for block in blocks:
        matched[block.b : block.b + block.size] = live[block.a : block.a + block.size]
        rest -= set(range(block.a, block.a + block.size))
    pairs = []
    for j in sorted(rest):
        for i, text in enumerate(texts):
            if matched[i] is None and may_share(live[j].han, text):
                kept = sum(span.kept for span in live[j].places(text).values() if span)
                if kept >= SHARE * min(len(live[j].han), len(text)):
                    pairs.append((-kept, j, i))
    for _, j, i in sorted(pairs):
        if j in rest and matched[i] is None:
            matched[i] = live[j]
            rest.remove(j)
    return matched


def _number_sentences(passage: Passage, before: Registered) -> Passage:
    """Number sentences as registered: a sentence is known by the place where its words begin.

    A number whose sentence has run together with another stays as an anchor; one whose words are gone is for
    `registry.keep` to ask about.
    """
    places = [match.start() for match in HAN.finditer(passage.text)]
    starts = [bisect_left(places, sentence.start) for sentence in passage.sentences]
    known: dict[int, str] = {}
    anchors: list[tuple[str, int]] = []
    spans = before.places(han(passage.text))
    for n, span in sorted(((n, span) for n, span in spans.items() if span), key=lambda item: item[1].start):
        # The sentence in which its words begin, unless more stands before them there than was emended or deleted.
        near = range(bisect_left(starts, span.earliest), bisect_right(starts, span.start))
        nearest = max((i for i in near if i not in known), key=lambda i: (starts[i], -i), default=None)
        if nearest is None:
            anchors.append((n, (places[span.start :] or [len(passage.text)])[0]))
        else:
            known[nearest] = n
    taken = {sentence.n for sentence in before.sentences} | {departure.n for departure in before.away}
    sentences: list[Sentence] = []
    for i, sentence in enumerate(passage.sentences):
        n = known.get(i, "")
        if not n:
            followed = anchors or any(later > i for later in known)
            n = _lettered(sentences[-1].n if sentences else "1", taken) if followed else _next(taken)
            taken.add(n)
        sentences.append(replace(sentence, n=n))
    return replace(passage, sentences=tuple(sentences), anchors=tuple(anchors))


def _lettered(n: str, taken: set[str]) -> str:
    """The first free number with a letter after ``n``: 1a, 1b … 1z, then the next number.

    >>> _lettered("1a", {"1", "1a", "2"}), _lettered("1", {"1", "2", *(f"1{letter}" for letter in ascii_lowercase)})
    ('1b', '3')
    """
    base = n.rstrip(ascii_lowercase)
    lettered = (f"{base}{letter}" for letter in ascii_lowercase)
    return next((n for n in lettered if n not in taken), "") or _next(taken)


def _next(taken: Iterable[str]) -> str:
    """The number after the highest that was ever given."""
    return str(1 + max((int(n.rstrip(ascii_lowercase)) for n in taken), default=0))
