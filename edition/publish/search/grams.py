"""The index of a corpus that is too large to be sent whole: blocks of passages, and where every two characters stand.

The stream is the folded text of all lines, each ended by a line feed: every passage as established; those whose
transcription reads otherwise, as received; the notes. For every character and the one after it a list of places in the
stream is kept, in files by the first character. A query of one or two characters is one list, one of up to six is an
intersection of lists, exact without a look at the text; of a longer one the rarest are intersected and the text
decides. Blocks are fetched only for the hits that are shown.

Lists of places rather than of blocks: the number of hits by year and work is known without fetching a text, and a
common query would otherwise ask for every block. Small blocks: a page of hits may lie in as many blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from edition.model.scripts import Script
from edition.publish.search.rows import Row, units
from edition.rules.fold import Folding

#: Characters in a block, at least: some 3 kB, compressed.
BLOCK = 1_200
#: Files into which the lists of places are divided, by the code of the first character: a prime, to spread them.
SHARDS = 1021
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Lists = dict[str, dict[str, list[int]]]


def files(
    about: Mapping[str, Any], rows: Sequence[Row], folded: Folding, script: Script
) -> Iterator[tuple[str, object]]:
    """The files of an index below ``data/search/``, and what is in them. The lists are the same for both scripts."""
    texts = [folded.fold(row.text) for row in rows]
    received = [(i, folded.fold(row.transcription), row) for i, row in enumerate(rows) if row.transcription is not None]
    notes = [(i, [folded.fold(note.text) for note in row.notes]) for i, row in enumerate(rows) if row.notes]
    stream = "".join(
        f"{line}\n" for line in (*texts, *(line for _, line, _ in received), *(n for _, own in notes for n in own))
    )
    lists = _lists(stream)
    blocks = list(_blocks([len(text) for text in texts]))
    counts = {first: sum(map(len, followers.values())) for first, followers in lists.items()}
    works = [work["slug"] for work in about["works"]]
    yield (
        f"{script}.json",
        {
            **about,
            "directory": {
                "shards": SHARDS,
                "blocks": blocks,
                "works": [next((i for i, row in enumerate(rows) if row.work == work), len(rows)) for work in works],
                "years": [row.year for row in rows],
                "lengths": [units(text) for text in texts],
                "received": [
                    [i, units(line), *(patch[3:] for patch in row.received if patch.first >= 0)]
                    for i, line, row in received
                ],
                "notes": [[i, *map(units, own)] for i, own in notes],
                "characters": "".join(counts),
                "counts": list(counts.values()),
            },
        },
    )
    for number, (start, end) in enumerate(pairwise([*blocks, len(rows)])):
        yield f"{script}/{number}.json", [row.data() for row in rows[start:end]]
        if any(row.notes for row in rows[start:end]):
            yield f"{script}/{number}.notes.json", [row.notes for row in rows[start:end]]
    if script == "hant":
        yield from _shards(lists)


def _lists(stream: str) -> Lists:
    """Every place of every character, by the character after it: units of UTF-16, as the browser counts."""
    found: Lists = {}
    place = 0
    for first, second in pairwise(stream):
        if first != "\n":
            found.setdefault(first, {}).setdefault(second, []).append(place)
        place += units(first)
    return found


def _blocks(lengths: Iterable[int]) -> Iterator[int]:
    """The number of the first passage of every block."""
    size = BLOCK
    for number, length in enumerate(lengths):
        if size >= BLOCK:
            yield number
            size = 0
        size += length


def _shards(lists: Lists) -> Iterator[tuple[str, object]]:
    shards: dict[int, dict[str, dict[str, str]]] = {}
    for first in sorted(lists):
        written = {second: encode(places) for second, places in sorted(lists[first].items())}
        shards.setdefault(ord(first) % SHARDS, {})[first] = written
    for number in sorted(shards):
        yield f"grams/{number}.json", shards[number]


def encode(places: Iterable[int]) -> str:
    """Ascending numbers as their differences, each in digits of five bits, the lowest first; a sixth says: more follow.

    >>> encode([0, 31, 64])
    'AfhB'
    """
    written = []
    before = 0
    for place in places:
        value, before = place - before, place
        while value > 31:
            written.append(DIGITS[value & 31 | 32])
            value >>= 5
        written.append(DIGITS[value])
    return "".join(written)
