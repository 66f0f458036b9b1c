"""Names of Khitan and Jurchen that the copies of 四庫全書 write anew: 粘罕 became 尼雅滿."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name as it was written, and as it was changed."""

    old: str
    """In Traditional characters: 粘罕."""
    new: str
    """尼雅滿."""
