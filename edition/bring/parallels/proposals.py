"""Write proposals as entries of ``parallels.yaml``, without those that an editor has entered or dismissed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator

from edition.bring.parallels.alignment import Found
from edition.bring.parallels.finding import EDITION, Proposal
from edition.edition import Edition
from edition.model.layers import Anchor
from edition.model.parallels import Dismissed, Parallel
from edition.model.scripts import HAN

#: The most characters of an id, as the registry has them.
ID_LENGTH = 60
#: The most characters of an anchor that are quoted whole; a longer one has its beginning and its end.
WHOLE = 24
#: The most characters of ours after which an addition stands; where more would be needed, one is quoted in its context.
LONGEST = 6
#: What YAML reads as text without quotation marks.
PLAIN = re.compile(rf"({HAN.pattern}|[，。、；：？！「」『』“”‘’（）《》〈〉])+")


def unseen(edition: Edition, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals without those that are in the layer already: half of the same words, for one juan of a book."""
    known: dict[tuple[str, str, int], list[Anchor]] = {}
    entries: tuple[Parallel | Dismissed, ...] = (*edition.layers.parallels, *edition.layers.dismissed)
    for entry in entries:
        known.setdefault((entry.anchor.passage, entry.book, entry.juan or 0), []).append(entry.anchor)
    for proposal in proposals:
        start, end = _received(proposal, proposal.start, proposal.end)
        same = known.get((proposal.ours.passage.id, proposal.copy.book, proposal.juan), ())
        if not any(2 * (min(a.end, end) - max(a.start, start)) > min(a.end - a.start, end - start) for a in same):
            yield proposal


def ids(edition: Edition, proposals: Iterable[Proposal]) -> dict[int, str]:
    """A new id for each proposal, by its identity: work, book, juan and a number in the order of that juan."""
    taken = {id_ for kind, id_ in edition.entities if kind == "parallel"}
    taken |= {parallel.id for parallel in edition.layers.parallels}
    found = {}
    for proposal in sorted(proposals, key=lambda p: (p.copy.book, p.juan, p.offset, p.start)):
        stem = f"{proposal.ours.passage.work}-{proposal.copy.book}"[: ID_LENGTH - 10].strip("-") + f"-{proposal.juan}"
        number = 1
        while f"{stem}-{number}" in taken:
            number += 1
        found[id(proposal)] = f"{stem}-{number}"
        taken.add(found[id(proposal)])
    return found


def written(proposal: Proposal, id_: str) -> Iterator[str]:
    """The lines of an entry, after comments with both texts for the editor's eye."""
    ours = proposal.ours.hant[proposal.start : proposal.end]
    book = f"{proposal.copy.book} {proposal.copy.name}".strip()
    yield f"# {proposal.bits:.0f} bits, {proposal.shared} of {len(ours)} characters: {book} {proposal.juan}"
    yield f"#   ours:   {ours}"
    yield f"#   theirs: {proposal.theirs}"
    if proposal.named:
        distance = proposal.offset - proposal.named.end
        yield f"#   {proposal.named.title} is named {distance} characters before: via?"
    yield f"- id: {id_}"
    yield from anchor(proposal)
    yield f"  book: {proposal.copy.book}"
    if proposal.copy.name and proposal.copy.name != EDITION:
        yield f"  copy: {proposal.copy.name}"
    yield f"  juan: {proposal.juan}"
    yield f"  offset: {proposal.offset}"
    if proposal.readings:
        yield "  readings:"
        yield from (f"    - {reading(proposal, found)}" for found in proposal.readings)
    yield "  direction: undecided"


def _received(proposal: Proposal, start: int, end: int) -> tuple[int, int]:
    """From Chinese characters of the passage to offsets of the received text."""
    offsets = proposal.ours.offsets
    return offsets[start], offsets[end - 1] + 1


def anchor(proposal: Proposal) -> Iterator[str]:
    """The lines ``at``, ``quote`` and, for a long stretch, ``to``; with ``word`` if the stretch stands there twice."""
    text = proposal.ours.passage.text
    start, end = _received(proposal, proposal.start, proposal.end)
    yield f"  at: {proposal.ours.passage.id}"
    if text.count(text[start:end]) > 1 or "\n" in text[start:end]:
        first, last = start, end
        while text.count(text[first:last]) > 1:
            first, last = max(0, first - 1), min(len(text), last + 1)
        yield f"  quote: {scalar(text[first:last])}"
        yield f"  word: {scalar(text[start:end])}"
        return
    if end - start <= WHOLE:
        yield f"  quote: {scalar(text[start:end])}"
        return
    length = next(n for n in range(6, end - start + 1) if text.count(text[start : start + n]) == 1)
    yield f"  quote: {scalar(text[start : start + length])}"
    tail = next(
        n
        for n in range(5, end - start + 1)
        if text.find(text[end - n : end], start) == end - n and HAN.match(text[end - n])
    )
    yield f"  to: {scalar(text[end - tail : end])}"


def reading(proposal: Proposal, found: Found) -> str:
    """A reading as a YAML mapping on one line; its words are quoted with as many others as they need."""
    text = proposal.ours.passage.text
    first, last = _received(proposal, proposal.start, proposal.end)
    whole = text[first:last]
    theirs = f"theirs: {scalar(found.theirs)}, kind: {found.kind}"
    if found.start == found.end:
        end = proposal.ours.offsets[found.start - 1] + 1 - first
        shortest = (n for n in range(1, min(end, LONGEST) + 1) if _alone(whole, whole[end - n : end]))
        start, field = end - next(shortest, 1), "after"
    else:
        start, end = (offset - first for offset in _received(proposal, found.start, found.end))
        field = "ours"
    words = whole[start:end]
    if _alone(whole, words):
        return f"{{{field}: {scalar(words)}, {theirs}}}"
    context = next(
        whole[left : left + length]
        for length in range(len(words) + 1, len(whole) + 1)
        for left in range(max(0, end - length), min(start, len(whole) - length) + 1)
        if _alone(whole, whole[left : left + length]) and _alone(whole[left : left + length], words)
    )
    return f"{{{field}: {scalar(words)}, in: {scalar(context)}, {theirs}}}"


def _alone(text: str, words: str) -> bool:
    """Whether some words stand in a text exactly once."""
    start = text.find(words)
    return start >= 0 and text.find(words, start + 1) < 0


def scalar(words: str) -> str:
    """A phrase in YAML: quoted where it must be.

    >>> print(scalar("取中京"), scalar(""), scalar("州f"))
    取中京 "" "州f"
    """
    return words if PLAIN.fullmatch(words) else json.dumps(words, ensure_ascii=False)


def listed(edition: Edition, proposals: Collection[Proposal]) -> Iterator[str]:
    """Every line that `build.py parallels` prints, the best proposal first."""
    new = list(unseen(edition, proposals))
    named = ids(edition, new)
    yield f"# {len(new)} proposals; {len(proposals) - len(new)} more are in the layer already."
    yield "# An editor decides: enter one in the parallels.yaml of its work, or at:, quote:, book: and juan: alone with"
    yield "# dismissed: and the reason."
    for proposal in new:
        yield ""
        yield from written(proposal, named[id(proposal)])
