"""Memoizes pure functions between the builds of one process, so that `serve` shows an edit at once.

`functools.lru_cache` would keep every result and needs hashable arguments; here each key keeps its last result, and
arguments are compared by equality.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

_Result = TypeVar("_Result")


class Memo:
    """The last result under every key, reused while the arguments are equal.

    With ``forgets`` nothing is kept: a build in a process of its own needs nothing twice.
    """

    def __init__(self, *, forgets: bool = False) -> None:
        self.forgets = forgets
        self._kept: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def __call__(self, key: Hashable, function: Callable[..., _Result], *arguments: Any) -> _Result:  # noqa: ANN401 (any values)
        """Return ``function(*arguments)``, or the last result under this key if the arguments are equal.

        >>> memo = Memo()
        >>> memo("天輔", len, "天輔四年"), memo("天輔", print, "天輔四年")
        (4, 4)
        """
        if self.forgets:
            return function(*arguments)
        before = self._kept.get(key)
        if before is not None and before[0] == arguments:
            kept: _Result = before[1]
            return kept
        result = function(*arguments)
        self._kept[key] = arguments, result
        return result

    def last(self, key: Hashable) -> Any:  # noqa: ANN401 (any value)
        """Return what `keep` stored under a key, or None."""
        return self._kept.get(key, (None, None))[1]

    def keep(self, key: Hashable, value: object) -> None:
        """Store a value for the next build."""
        self._kept[key] = (), value

    def files(self, key: Hashable, read: Callable[[], _Result], *paths: Path, given: tuple[Any, ...] = ()) -> _Result:
        """Return ``read()``, or the last result if the bytes of ``paths`` and ``given`` are equal.

        A folder stands for all files below it. A file that changes while it is read is read again the next time.
        """
        if self.forgets:
            return read()
        content = (*given, *(_content(path) for path in paths))
        before = self._kept.get(key)
        if before is not None and before[0] == content:
            kept: _Result = before[1]
            return kept
        result = read()
        if content == (*given, *(_content(path) for path in paths)):
            self._kept[key] = content, result
        return result


def _content(path: Path) -> tuple[Any, ...]:
    """The bytes of a file, or of all files of a folder with their names."""
    try:
        if path.is_dir():
            return tuple((str(found), found.read_bytes()) for found in sorted(path.rglob("*")) if found.is_file())
        return (path.read_bytes(),)
    except OSError as error:
        return (type(error),)
