"""Find published sentences, known by their Chinese characters, in a text as it reads now.

A sentence is found where its characters stand unchanged, else where enough of them stand close together: at least
half, in runs, within a window of twice its length. Scattered characters count for nothing: every chronicle has
its 遼, 使 and 來 everywhere. No two sentences are found in the same place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: The share of a sentence's characters that must be left, in runs of at least two.
SHARE = 0.5
#: The length of the longest run that must be left of a sentence; of a short one, two characters will do.
RUN, SHORT = 3, 8
#: How many times its length a sentence may take up: text may be inserted into it.
WINDOW = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sentence stands in a text. All offsets count Chinese characters only."""

    start: int
    """Offset of the first character that is left of it."""
    end: int
    """Offset after the last character that is left of it."""
    kept: int
    """How many of its characters are left."""
    earliest: int
    """Offset at which it may begin, if its first characters were emended: ``start`` if they were not."""


def find(words: str, text: str, start: int, end: int) -> Span | None:
    """Find ``words`` in ``text[start:end]``, unchanged if possible.

    >>> find("遼使以國書來", "四月辛巳遼使以國書來", 0, 10)
    Span(start=4, end=10, kept=6, earliest=4)
    >>> find("遼使以國書來", "五月遼主以國書來見", 0, 9)
    Span(start=4, end=8, kept=4, earliest=0)
    >>> find("遼使以國書來", "遼主遣使議和上以書報之乃還國", 0, 14)
    """
    if not words:
        return None
    at = text.find(words, start, end)
    if at >= 0:
        return Span(at, at + len(words), len(words), at)
    best = None
    for opening in _windows(words, text, start, end):
        window = text[opening : min(end, opening + WINDOW * len(words))]
        runs = _runs(words, window)
        kept = sum(size for _, _, size in runs)
        if kept >= SHARE * len(words) and (best is None or kept > best.kept):
            (lead, first, _), (_, last, size) = runs[0], runs[-1]
            earliest = max(start, opening + first - WINDOW * lead)
            best = Span(opening + first, opening + last + size, kept, earliest)
    return best


def _windows(words: str, text: str, start: int, end: int) -> list[int]:
    """The offsets at which ``words`` could begin, judged by each run of them that is in the text."""
    run = min(len(words), RUN if len(words) >= SHORT else 2)
    windows = set()
    for offset in range(len(words) - run + 1):
        at = text.find(words[offset : offset + run], start, end)
        while at >= 0:
            windows.add(max(start, at - offset))
            at = text.find(words[offset : offset + run], at + 1, end)
    return sorted(windows)


def _runs(old: str, new: str) -> list[tuple[int, int, int]]:
    """Offset in ``old``, offset in ``new`` and length of each run of at least two characters that both have."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size > 1]


def place(sentences: Sequence[str], text: str) -> list[Span | None]:
    """Where each sentence of a passage stands in the passage as it reads now; None for one that is gone.

    Sentences that are unchanged and in order are placed first, then others between them, then any that moved.

    >>> [span and (span.start, span.end) for span in place(["四月辛巳", "遼使來", "大赦改元"], "四月辛巳上幸中京大赦")]
    [(0, 4), None, (8, 10)]
    """
    spans = _unchanged(sentences, text)
    for gap in list(_gaps(spans, len(text))):
        _place_between(sentences, text, spans, gap)
    for index, words in enumerate(sentences):
        if spans[index] is None:
            found = [find(words, text, start, end) for start, end in free(spans, len(text))]
            spans[index] = max((span for span in found if span), key=lambda span: span.kept, default=None)
    return _with_empty(sentences, spans)


def _unchanged(sentences: Sequence[str], text: str) -> list[Span | None]:
    """The longest chain of sentences that stand in the text unchanged and in order.

    Of several places where a sentence could stand, the one next to the sentence before it is preferred. It takes time
    proportional to the number of sentences times the length of the text.
    """
    best = [_Chain(0.0)] * (len(text) + 1)  # by offset: the heaviest chain that ends there or before
    before: dict[int, _Chain] = {}  # by offset: the heaviest chain that ends there with the sentence before
    for index, words in enumerate(sentences):
        own: dict[int, _Chain] = {}
        at = text.find(words) if words else -1
        while at >= 0:
            chain = best[at]
            weight = chain.weight
            if at in before and before[at].weight + 0.5 > weight:
                chain, weight = before[at], before[at].weight + 0.5
            own[at + len(words)] = _Chain(weight + len(words), (index, at), chain)
            at = text.find(words, at + 1)
        heaviest = _Chain(0.0)
        for offset in range(min(own, default=len(best)), len(best)):
            if offset in own and own[offset].weight > heaviest.weight:
                heaviest = own[offset]
            if heaviest.weight > best[offset].weight:
                best[offset] = heaviest
        before = own
    spans: list[Span | None] = [None] * len(sentences)
    link: _Chain | None = best[-1]
    while link and link.last:
        index, at = link.last
        spans[index] = Span(at, at + len(sentences[index]), len(sentences[index]), at)
        link = link.rest
    return spans


@dataclass(frozen=True, slots=True)
class _Chain:
    """Sentences placed one after the other."""

    weight: float
    """Their characters, and a little for each that stands next to the one before it."""
    last: tuple[int, int] | None = None
    """Index and offset of the last; None for an empty chain."""
    rest: _Chain | None = None
    """Those before it."""


def _gaps(spans: Sequence[Span | None], length: int) -> Iterator[tuple[int, int, int, int]]:
    """Each series of sentences not yet placed (from, to) with the stretch of text (from, to) between its neighbours."""
    first, start = 0, 0
    for index, span in enumerate([*spans, Span(length, length, 0, length)]):
        if span:
            if first < index:
                yield first, index, start, span.start
            first, start = index + 1, span.end


def _place_between(
    sentences: Sequence[str], text: str, spans: list[Span | None], gap: tuple[int, int, int, int]
) -> None:
    """Place a series of sentences in a stretch of text, in order: first that of which most is left."""
    gaps = [gap]
    while gaps:
        first, last, start, end = gaps.pop()
        found = [(i, span) for i in range(first, last) if (span := find(sentences[i], text, start, end))]
        if found:
            index, span = max(found, key=lambda item: item[1].kept)
            spans[index] = span
            gaps += [(first, index, start, span.start), (index + 1, last, span.end, end)]


def _with_empty(sentences: Sequence[str], spans: Sequence[Span | None]) -> list[Span | None]:
    """The spans, with a sentence that has no Chinese characters placed at the end of the one before it."""
    placed: list[Span | None] = []
    end = 0
    for words, span in zip(sentences, spans, strict=True):
        placed.append(span if words else Span(end, end, 0, end))
        end = span.end if span else end
    return placed


def free(spans: Sequence[Span | None], length: int) -> list[tuple[int, int]]:
    """The stretches of a text (from, to) in which no sentence has been found.

    >>> free([Span(2, 4, 2, 2), None, Span(4, 5, 1, 4)], 9)
    [(0, 2), (5, 9)]
    """
    stretches, start = [], 0
    for span in sorted((span for span in spans if span), key=lambda span: span.start):
        if start < span.start:
            stretches.append((start, span.start))
        start = max(start, span.end)
    return [*stretches, (start, length)] if start < length else stretches


def may_share(old: str, new: str) -> bool:
    """Whether two texts have half of the shorter one's characters in common, in any order: quick to tell."""
    return (Counter(old) & Counter(new)).total() >= SHARE * min(len(old), len(new))
