"""Fold a text for searching: one character for all the forms of a character, without punctuation and spaces.

後 and 后, 覩 and 睹, 衆 and 眾 become one; so do full-width letters and their narrow forms, capitals and
small letters. One code point is made into one, or into none, so that every place of the folded text is a place of the
text. The browser folds by the same table: `Folding.groups` goes into the index, and ``static/search/fold.js``
reads it.

What is one character is said by OpenCC's tables of single characters, the rules of ``corpus/script.yaml``, the
groups of ``corpus/variants.yaml``, and the edition itself: the forms that its two trees print at one place are one,
so that a query finds the same places in either. Unicode's compatibility characters are what Unicode says they are.

Forms are one through all the others: 乾 is one with 干, and 干 with 幹. A search finds more than the word that was
meant in such a case, and never less.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

#: Blocks of characters that Unicode keeps only for older standards, each equal to an ordinary one: ⾦ is 金.
COMPATIBLE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
#: Full-width forms of ASCII, and how far they lie from it.
WIDE, NARROW = range(0xFF01, 0xFF5F), 0xFEE0


class _Table(dict[int, str | None]):
    """What `str.translate` makes of a code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        found = _plain(code)
        made = self[code] = self[ord(found)] if ord(found) != code else found if _counts(found) else None
        return made


def _counts(character: str) -> bool:
    """Whether a search minds a character: a letter or a number, no punctuation and no space."""
    return unicodedata.category(character)[0] in "LN"


def _plain(code: int) -> str:
    """The ordinary character for one that was only encoded for compatibility; a small letter for a capital."""
    found = chr(code)
    if any(start <= code < end for start, end in COMPATIBLE):
        plain = unicodedata.normalize("NFKC", found)
        found = plain if len(plain) == 1 else found
    elif code in WIDE:
        found = chr(code - NARROW)
    return found.lower() if found.isascii() else found


@dataclass(frozen=True)
class Folding:
    """The folding of an edition."""

    groups: tuple[str, ...]
    """Forms of one character; all become the first."""

    @cached_property
    def _table(self) -> _Table:
        return _Table({ord(form): group[0] for group in self.groups for form in group})

    def fold(self, text: str) -> str:
        """The text folded.

        >>> Folding(("后後", "余餘馀")).fold("蕭後 以 萬餘人，Ａ＝1")
        '蕭后以萬余人a1'
        """
        return text.translate(self._table)


def folding(used: Iterable[str], same: Iterable[str]) -> Folding:
    """The folding of texts in which the characters ``used`` occur.

    ``same`` are strings of forms of one character. Groups of which nothing is used are left out: a query that has such
    a character finds nothing, folded or not.

    >>> folding("睹余", ["覩睹", "余餘", "餘馀", "鬥斗"]).groups
    ('余餘馀', '睹覩')
    """
    over: dict[str, str] = {}

    def first(form: str) -> str:
        while (upper := over.get(form, form)) != form:
            over[form] = over.get(upper, upper)
            form = upper
        return form

    for forms in same:
        for form in filter(_counts, forms[1:]):
            one, other = first(forms[0]), first(form)
            if one != other:
                one, other = sorted((one, other), key=_rank)
                over[other] = one
    groups: dict[str, list[str]] = {}
    for form in over:
        if first(form) != form:
            groups.setdefault(first(form), []).append(form)
    wanted = {first(character) for character in used}
    return Folding(
        tuple(head + "".join(sorted(groups[head], key=_rank)) for head in sorted(groups, key=_rank) if head in wanted)
    )


def _rank(character: str) -> tuple[bool, str]:
    """Common characters before those of other blocks, so that no folded character needs two units of UTF-16."""
    return not "\u4e00" <= character <= "\u9fff", character
