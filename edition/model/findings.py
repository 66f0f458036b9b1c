"""Locations in the corpus, findings of the checks, and the error that stops a build."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of the corpus, for messages."""

    path: str
    """Relative to the working directory if the file is below it; with forward slashes."""
    line: int
    """From 1."""

    def __str__(self) -> str:
        """Return ``path:line``, which terminals and editors turn into a link.

        >>> str(Place("corpus/jinshi/notes.yaml", 3))
        'corpus/jinshi/notes.yaml:3'
        """
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the text that a check reports; unlike a `CorpusError` it does not stop the build."""

    code: str
    place: Place
    message: str
    at: tuple[str, ...] = field(default=())
    """Locations by which an entry of ``excused.yaml`` may match: ``work:line`` and the passage id."""
    quote: str = ""
    """The words in doubt, if an excuse may name them."""

    def __str__(self) -> str:
        """Return one line: ``path:line: CODE message``."""
        return f"{self.place}: {self.code} {self.message}"


class CorpusError(Exception):
    """A broken file of the corpus; the text is one line: ``path:line: CODE what is wrong and what to do``."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        """Keep place, code and message. Long messages are truncated in the middle; line breaks become spaces."""
        message = " ".join(message.splitlines())
        if len(message) > 500:
            message = f"{message[:300]} … {message[-150:]}"
        super().__init__(f"{place}: {code} {message}")
        self.place, self.code, self.message = place, code, message

    def __reduce__(self) -> tuple[type[CorpusError], tuple[Place, str, str]]:
        """Pickle as place, code and message: the text of the exception alone could not be parsed again."""
        return CorpusError, (self.place, self.code, self.message)
