"""Write Chinese characters as symbols: variants of a character are one symbol, and so are the forms of a name.

粘罕, 尼堪 and 尼雅滿 are one symbol, so that a seed may lie across them and a chain is not torn at every name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from edition.model.scripts import HAN
from edition.rules.fold import Folding

#: The first code point of the symbols for names, in the private use area of Unicode.
FIRST = 0xF0000


@dataclass(frozen=True, slots=True)
class Symbols:
    """A text as symbols."""

    text: str
    """A character a symbol."""
    starts: tuple[int, ...]
    """Offset of each symbol in the Chinese characters of the text, and at last their number."""


@dataclass(frozen=True)
class Alphabet:
    """What is one symbol: groups of variant characters, and groups of names."""

    folding: Folding
    symbols: dict[str, str]
    """Folded form of a name → its symbol."""
    pattern: re.Pattern[str]
    """Matches the folded form of a name, the longest first."""

    @classmethod
    def of(cls, folding: Folding, names: Iterable[Iterable[str]]) -> Alphabet:
        """Make an alphabet. Groups of names that share a form become one; forms of one character are left out.

        >>> alphabet = Alphabet.of(Folding(("滿满",)), [["粘罕", "尼雅滿"], ["尼雅滿", "尼堪"], ["宗翰"]])
        >>> alphabet.read("以尼雅满為").text == alphabet.read("以粘罕為").text
        True
        >>> alphabet.read("以尼雅满為").starts
        (0, 1, 4, 5)
        """
        groups: dict[str, set[str]] = {}
        for name in names:
            forms = {folded for form in name if len(folded := folding.fold(form)) > 1}
            for form in tuple(forms):
                forms |= groups.get(form, set())
            for form in forms:
                groups[form] = forms
        symbols: dict[str, str] = {}
        for form in sorted(groups):
            if len(groups[form]) > 1:  # a name that is always written alike needs no symbol
                symbols[form] = symbols.get(min(groups[form]), chr(FIRST + len(symbols)))
        return cls(folding, symbols, re.compile("|".join(sorted(symbols, key=lambda f: (-len(f), f))) or "(?!)"))

    def read(self, han: str) -> Symbols:
        """The symbols of some Chinese characters."""
        folded = self.folding.fold(han)
        if len(folded) != len(han):  # characters that fold to nothing: none that `HAN` matches should
            folded = "".join(self.folding.fold(character)[:1] or character for character in han)
        pieces: list[str] = []
        starts: list[int] = []
        end = 0
        for match in self.pattern.finditer(folded):
            pieces += folded[end : match.start()], self.symbols[match[0]]
            starts += range(end, match.start() + 1)
            end = match.end()
        return Symbols("".join([*pieces, folded[end:]]), (*starts, *range(end, len(folded) + 1)))


def offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """The Chinese characters of a text, and the offset of each in it.

    >>> offsets("乙亥，取中京")
    ('乙亥取中京', (0, 1, 3, 4, 5))
    """
    places = tuple(match.start() for match in HAN.finditer(text))
    return "".join(text[place] for place in places), places
