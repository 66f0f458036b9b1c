"""The two scripts, phrases given in both, and Chinese characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Script = Literal["hant", "hans"]


SCRIPTS: tuple[Script, ...] = get_args(Script)


#: Matches one Chinese character. The registry compares passages by these alone, so that punctuation may change.
HAN = re.compile(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


HAN_RUN = re.compile(f"{HAN.pattern}+")


def han(text: str) -> str:
    """The Chinese characters of ``text``, without punctuation, spaces and Latin letters.

    >>> han("灤、營三州f，後唐")
    '灤營三州後唐'
    """
    return "".join(HAN_RUN.findall(text))


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase in both scripts, each written by hand instead of converted."""

    hant: str
    """Traditional: 乾統."""
    hans: str
    """Simplified: 乾统 (automatic conversion would give 干统)."""

    def __getitem__(self, script: Script) -> str:
        """The phrase in one script."""
        return self.hant if script == "hant" else self.hans


NO_PHRASE = Pair("", "")
"""Default of an optional phrase."""
