"""Inverted index of character bigrams, for a corpus that is too large to be sent to the browser as one file.

The stream is the concatenation of all folded lines, each with a line feed at its end: the established text of every
passage, the transcription of those where it differs, and the notes. A posting list has the offsets of a bigram in the
stream; the posting lists are divided into shards by their first character. A query of one or two characters reads one
list. A query of up to six intersects lists, which is exact without reading the text. For a longer one the rarest
lists are intersected and the candidates are compared with the text. Blocks of text are fetched only for the hits shown.

Postings are offsets instead of block numbers: hits can be counted by year and work without fetching any text, while a
frequent query would otherwise fetch every block. Blocks are small, because each hit of a page may be in another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from edition.model.scripts import Script
from edition.publish.search.rows import Row, units
from edition.rules.fold import Folding

#: Minimum length of a block in characters; some 3 kB compressed.
BLOCK = 1_200
#: Number of shards. A shard is the code point of the first character modulo this; a prime spreads them evenly.
SHARDS = 1021
#: The base64url alphabet, for `encode`.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#: First character → second character → posting list.
Lists = dict[str, dict[str, list[int]]]


def files(
    about: Mapping[str, Any], rows: Sequence[Row], folded: Folding, script: Script
) -> Iterator[tuple[str, object]]:
    """Yield path below ``data/search/`` and JSON value of every file. Posting lists are the same in both scripts."""
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
    """Return the posting lists of all bigrams of a stream; postings are offsets in UTF-16 code units."""
    lists: Lists = {}
    place = 0
    for first, second in pairwise(stream):
        if first != "\n":
            lists.setdefault(first, {}).setdefault(second, []).append(place)
        place += units(first)
    return lists


def _blocks(lengths: Iterable[int]) -> Iterator[int]:
    """Yield the index of the first passage of every block."""
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
    """Delta-encode ascending numbers, each difference in a variable-length encoding like base64 VLQ.

    A digit has five bits of the value, the lowest first, and a sixth bit that is set if more digits follow.

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
