"""Where something stands in the corpus, what the checks noticed there, and what is broken."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the corpus, for messages: ``path:line``."""

    path: str
    """Relative to the folder from which the reader was started, with forward slashes."""
    line: int
    """From 1."""

    def __str__(self) -> str:
        """As editors and compilers write it.

        >>> str(Place("corpus/jinshi/notes.yaml", 3))
        'corpus/jinshi/notes.yaml:3'
        """
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the checks noticed: a doubt, not a broken file."""

    code: str
    place: Place
    message: str
    at: tuple[str, ...] = field(default=())
    """What an excuse may name: ``work:line`` and the passage id."""
    quote: str = ""

    def __str__(self) -> str:
        """The one line that is shown."""
        return f"{self.place}: {self.code} {self.message}"


class CorpusError(Exception):
    """A broken file: one line that names file, line, code and remedy."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        """Keep the parts for the tests; the text is what is shown: a line, without the middle of what is endless."""
        message = " ".join(message.splitlines())
        if len(message) > 500:
            message = f"{message[:300]} … {message[-150:]}"
        super().__init__(f"{place}: {code} {message}")
        self.place, self.code, self.message = place, code, message

    def __reduce__(self) -> tuple[type[CorpusError], tuple[Place, str, str]]:
        """How it comes from one process to another: by its parts."""
        return CorpusError, (self.place, self.code, self.message)
