"""Normalize (fold) text for searching: map variant characters to one form, and drop punctuation and spaces.

後 and 后, 覩 and 睹, 衆 and 眾 fold to the same character, as do full-width and ASCII letters, upper and lower case. A
code point folds to one code point or to none, so that offsets in the folded text map back to the text. The browser
folds with the same table: `Folding.groups` is part of the index, and ``static/search/fold.js`` reads it.

Variants come from OpenCC's tables of single characters, the rules of ``corpus/script.yaml``, the groups of
``corpus/variants.yaml``, and the edition itself: characters that its two scripts show at the same place are variants,
so that a query finds the same places in either script. Compatibility characters are mapped by Unicode's NFKC.

The relation is transitive (a union-find): 乾 equals 干, and 干 equals 幹. A search can therefore find more than the
word that was meant, but never less.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

#: Blocks of compatibility characters, each equivalent to an ordinary character: ⾦ to 金.
COMPATIBLE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
#: Code points of full-width ASCII, and their distance from ASCII.
WIDE, NARROW = range(0xFF01, 0xFF5F), 0xFEE0


class _Table(dict[int, str | None]):
    """A table for `str.translate` whose missing entries are computed at first use and cached."""

    def __missing__(self, code: int) -> str | None:
        plain = _plain(code)
        folded = self[code] = self[ord(plain)] if ord(plain) != code else plain if _is_searchable(plain) else None
        return folded


def _is_searchable(character: str) -> bool:
    """Whether a character is a letter or a number; punctuation and spaces are dropped."""
    return unicodedata.category(character)[0] in "LN"


def _plain(code: int) -> str:
    """Return the ordinary character for a compatibility character, ASCII for full width, lower case for upper."""
    character = chr(code)
    if any(start <= code < end for start, end in COMPATIBLE):
        normalized = unicodedata.normalize("NFKC", character)
        character = normalized if len(normalized) == 1 else character
    elif code in WIDE:
        character = chr(code - NARROW)
    return character.lower() if character.isascii() else character


@dataclass(frozen=True)
class Folding:
    """The groups of variant characters of an edition, and the folding that follows from them."""

    groups: tuple[str, ...]
    """Strings of variant characters; all of a group fold to its first."""

    @cached_property
    def _table(self) -> _Table:
        return _Table({ord(form): group[0] for group in self.groups for form in group})

    def fold(self, text: str) -> str:
        """Return the folded text.

        >>> Folding(("后後", "余餘馀")).fold("蕭後 以 萬餘人，Ａ＝1")
        '蕭后以萬余人a1'
        """
        return text.translate(self._table)


def folding(used: Iterable[str], variants: Iterable[str]) -> Folding:
    """Return the folding of texts in which the characters ``used`` occur.

    ``variants`` are strings of variant characters; strings that share a character are merged into one group. Groups
    without a used character are left out: a query with one of theirs finds nothing, folded or not.

    >>> folding("睹余", ["覩睹", "余餘", "餘馀", "鬥斗"]).groups
    ('余餘馀', '睹覩')
    """
    # Union-find with path compression; a root is a form that has no parent.
    parent: dict[str, str] = {}

    def root(form: str) -> str:
        while (above := parent.get(form, form)) != form:
            parent[form] = parent.get(above, above)
            form = above
        return form

    for forms in variants:
        for form in filter(_is_searchable, forms[1:]):
            one, other = root(forms[0]), root(form)
            if one != other:
                one, other = sorted((one, other), key=_rank)
                parent[other] = one
    groups: dict[str, list[str]] = {}
    for form in parent:
        if root(form) != form:
            groups.setdefault(root(form), []).append(form)
    wanted = {root(character) for character in used}
    return Folding(
        tuple(head + "".join(sorted(groups[head], key=_rank)) for head in sorted(groups, key=_rank) if head in wanted)
    )


def _rank(character: str) -> tuple[bool, str]:
    """Sort key: the basic CJK block first, so that a folded character is one UTF-16 code unit wherever possible."""
    return not "\u4e00" <= character <= "\u9fff", character
