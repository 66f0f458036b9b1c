"""The one kind of placeholder: what differs between the pages that share a piece of HTML is filled in last.

A passage stands on six pages of a tree and editors' prose on as many, so both are rendered once and kept as strings.
Three things in them depend on the page: the relative path to the root of the tree, the path to the root of the site
(the parent of ``hans/``), and the numbers of notes. Each is written as a name between U+FDD0 and U+FDD1, two
noncharacters that `edition.read.files` refuses in every file of the corpus, so no text can contain a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OPEN, CLOSE = "\ufdd0", "\ufdd1"
#: The relative path from a page to the root of its tree: ``../../``.
ROOT = f"{OPEN}root{CLOSE}"
#: The relative path from a page to the root of the site.
TOP = f"{OPEN}top{CLOSE}"
#: The path of the page below its tree: only in the page that the service worker shows for one that is not stored.
HERE = f"{OPEN}here{CLOSE}"
_NOTE = re.compile(f"{OPEN}note(\\d+){CLOSE}")


class NoteNumber:
    """Stands for the number of the first note of a passage; adding to it gives the placeholder of a later one.

    >>> fill_notes(f"注{NoteNumber() + 2}", first=40)
    '注42'
    """

    def __add__(self, other: int) -> str:
        """Return the placeholder of the note ``other`` places after the first."""
        return f"{OPEN}note{other}{CLOSE}"


class NoteNumbers:
    """Numbers for some notes of a passage: in the place of its first number where only part of a passage stands.

    >>> NoteNumbers(4, [2, 5]) + 5
    5
    """

    def __init__(self, first: int, indices: Iterable[int]) -> None:
        """Give the notes with these ``indices`` numbers from ``first`` on."""
        self._numbers = {index: number for number, index in enumerate(indices, first)}

    def __len__(self) -> int:
        """How many notes have numbers."""
        return len(self._numbers)

    def __add__(self, other: int) -> int:
        """Return the number of the note with the index ``other``."""
        return self._numbers[other]


def fill_paths(html: str, root: str, top: str) -> str:
    """Fill in the paths of a finished page.

    >>> fill_paths(f'<a href="{ROOT}year/1122/">', "../../", "../../../")
    '<a href="../../year/1122/">'
    """
    return html.replace(ROOT, root).replace(TOP, top)


def fill_notes(html: str, first: int) -> str:
    """Fill in the note numbers of a passage on a page where its first note has the number ``first``."""
    return _NOTE.sub(lambda match: str(first + int(match[1])), html)
