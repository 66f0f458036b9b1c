"""Places in the corpus, findings of the checks, and errors in its files."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of the corpus, for messages: ``path:line``."""

    path: str
    """As the command line names the corpus, with forward slashes."""
    line: int
    """From 1."""

    def __str__(self) -> str:
        """``path:line``, as compilers write it.

        >>> str(Place("corpus/jinshi/notes.yaml", 3))
        'corpus/jinshi/notes.yaml:3'
        """
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the text that a check reports; it stops no build."""

    code: str
    place: Place
    message: str
    at: tuple[str, ...] = field(default=())
    """Locations by which an entry of ``excused.yaml`` may match: ``work:line`` and the passage id."""
    quote: str = ""
    """The words in doubt, if an excuse may name them."""

    def __str__(self) -> str:
        """The line that `build.py check` prints."""
        return f"{self.place}: {self.code} {self.message}"


class CorpusError(Exception):
    """A broken file. Its text is one line: place, code, what is wrong and what to do."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        """Join the parts into one line. Long messages are truncated in the middle."""
        message = " ".join(message.splitlines())
        if len(message) > 500:
            message = f"{message[:300]} … {message[-150:]}"
        super().__init__(f"{place}: {code} {message}")
        self.place, self.code, self.message = place, code, message

    def __reduce__(self) -> tuple[type[CorpusError], tuple[Place, str, str]]:
        """Pickle by the parts, since the constructor takes more than the message."""
        return CorpusError, (self.place, self.code, self.message)
