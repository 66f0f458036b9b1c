"""Find quoted words: an anchor must mean one place."""

from __future__ import annotations

from edition.model.findings import CorpusError, Place


def once(text: str, words: str, place: Place, where: str) -> int:
    """The offset of words that must occur exactly once."""
    start = text.find(words)
    if start < 0:
        raise CorpusError(place, "ANCHOR-MISSING", f"「{words}」 is not {where}: quote it as the transcription has it")
    if text.find(words, start + 1) >= 0:
        raise CorpusError(place, "ANCHOR-TWICE", f"「{words}」 stands more than once {where}: quote more words")
    return start
