"""Latin letters in the middle of Chinese prose: what a tool, a paste or a half-translated thought leaves behind.

What may stand: names of books, tables and registers that are written in Latin letters (CBDB, DE441); what stands
between backquotes, in addresses and in the targets of links; and Latin words that have brackets or quotation marks of
their own: 完顏阿骨打（Wanyan Aguda）, 「f」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from edition.check.prose import Prose
from edition.model.findings import Finding
from edition.model.sources import Source

#: What is known whether or not a corpus has a bibliography.
KNOWN = frozenset({"CBDB", "CHGIS", "DILA", "TGAZ", "ctext", "Wikidata", "GeoNames", "JDN", "JPL"})
EPHEMERIS = re.compile(r"DE\d{3}")
#: Markdown and addresses, which are no prose: code, the target of a link, what begins with a scheme.
MACHINE = re.compile(r"`[^`]*`|\]\([^)]*\)|<https?://[^>]*>|https?://[^\s（）「」，。；]+")
#: Latin text in brackets or quotation marks of its own, with no Chinese character inside.
OWN_MARKS = re.compile(r"（[^（）\u3400-\u9fff]*）|\([^()\u3400-\u9fff]*\)|「[^「」\u3400-\u9fff]*」")
WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9_.'-]*")


def latin(pieces: Iterable[Prose], sources: Iterable[Source]) -> Iterator[Finding]:
    """Latin words in Chinese prose that nothing explains."""
    known = known_words(sources)
    for piece in pieces:
        for word in debris(piece.text, known):
            message = f"{piece.field}: 「{word}」 in Chinese prose: write Chinese, or put it in brackets of its own"
            yield Finding("LATIN", piece.place, message, piece.at, word)


def known_words(sources: Iterable[Source]) -> frozenset[str]:
    """The Latin words of which names of books, tables and registers are made."""
    names = (name for source in sources for name in (*source.all_names, source.author))
    return KNOWN | {word.rstrip(".-'") for name in names for word in WORD.findall(name)}


def debris(text: str, known: frozenset[str]) -> list[str]:
    """The Latin words of a text that do not belong there; none if it has no Chinese character at all.

    >>> debris("見契丹國志demandno.10，又見CBDB與`abc`（Wittfogel 1949）、「f」。", KNOWN)
    ['demandno.10']
    """
    prose = OWN_MARKS.sub(" ", MACHINE.sub(" ", text))
    if not re.search(r"[\u3400-\u9fff]", prose):
        return []
    words = (word.rstrip(".-'") for word in WORD.findall(prose))
    return [word for word in words if word not in known and not EPHEMERIS.fullmatch(word)]
