"""Our side of the comparison: the works of the edition as symbols, and where each symbol is in its passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edition.bring.parallels.symbols import Alphabet, offsets
from edition.edition import Edition
from edition.model.texts import Passage

#: Stands between juan in `Ours.text`, so that no chain runs from one into another.
BREAK = "\n"


@dataclass(frozen=True)
class OurPassage:
    """A passage as received, with its Chinese characters."""

    passage: Passage
    han: str
    offsets: tuple[int, ...]
    """Offset of each Chinese character in the received text."""
    hant: str
    """The Chinese characters in Traditional script."""
    hans: str
    names: frozenset[int]
    """The Chinese characters that are part of a name."""


@dataclass(frozen=True)
class Ours:
    """All passages that are compared, as one text of symbols."""

    text: str
    passages: tuple[OurPassage, ...]
    where: tuple[tuple[int, int, int], ...]
    """For each symbol: index of its passage, start and end in the Chinese characters of that; for a break −1."""

    @classmethod
    def of(cls, edition: Edition, works: Iterable[str], alphabet: Alphabet) -> Ours:
        """Take the works with these slugs."""
        wanted = set(works)
        text: list[str] = []
        passages: list[OurPassage] = []
        where: list[tuple[int, int, int]] = []
        juan = ("", 0)
        for passage in edition.passages.values():
            if passage.work not in wanted:
                continue
            if (passage.work, passage.juan) != juan:
                juan = (passage.work, passage.juan)
                text.append(BREAK)
                where.append((-1, 0, 0))
            ours = _passage(edition, passage)
            symbols = alphabet.read(ours.han)
            text.append(symbols.text)
            where += [(len(passages), a, b) for a, b in zip(symbols.starts, symbols.starts[1:], strict=False)]
            passages.append(ours)
        return cls("".join(text), tuple(passages), tuple(where))


def _passage(edition: Edition, passage: Passage) -> OurPassage:
    script = edition.works[passage.work].script
    han, places = offsets(passage.text)
    hant = edition.converter.hant(passage.text, script)
    hans = edition.converter.hans(hant, "hant") if script == "hant" else passage.text
    text = edition.texts[passage.id]
    tagged = [(text.received(tag.start), text.received(tag.end, end=True)) for tag in edition.tags[passage.id]]
    return OurPassage(
        passage,
        han,
        places,
        "".join(hant[place] for place in places),
        "".join(hans[place] for place in places),
        frozenset(n for n, place in enumerate(places) if any(start <= place < end for start, end in tagged)),
    )
