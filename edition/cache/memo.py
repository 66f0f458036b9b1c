"""What `serve` remembers from one build to the next, so that an edit is seen at once.

Nothing is worked out from less than before: files are read, the texts divided, and every page's values made anew at
each build. What is remembered are results of functions that always give the same for the same: what a file of these
bytes says, how a page with these values is printed. A first build remembers nothing, and is the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

_Made = TypeVar("_Made")


class Memo:
    """The last result under every key, given again while what it was made from is the same.

    One that ``forgets`` keeps nothing: a build in a process of its own needs nothing again.
    """

    def __init__(self, *, forgets: bool = False) -> None:
        self.forgets = forgets
        self._kept: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def __call__(self, key: Hashable, make: Callable[..., _Made], *given: Any) -> _Made:  # noqa: ANN401 (any values)
        """``make(*given)``, or what it gave under this key the last time if it was given the same.

        >>> memo = Memo()
        >>> memo("天輔", len, "天輔四年"), memo("天輔", print, "天輔四年")
        (4, 4)
        """
        if self.forgets:
            return make(*given)
        before = self._kept.get(key)
        if before is not None and before[0] == given:
            made: _Made = before[1]
            return made
        made = make(*given)
        self._kept[key] = given, made
        return made

    def last(self, key: Hashable) -> Any:  # noqa: ANN401 (any value)
        """What was kept under a key with `keep`; None if nothing was."""
        return self._kept.get(key, (None, None))[1]

    def keep(self, key: Hashable, value: object) -> None:
        """Keep a value for the next build."""
        self._kept[key] = (), value

    def files(self, key: Hashable, make: Callable[[], _Made], *paths: Path, given: tuple[Any, ...] = ()) -> _Made:
        """What ``make`` reads from files, or what it read the last time if neither they nor ``given`` have changed."""
        if self.forgets:
            return make()
        content = (*given, *(_content(path) for path in paths))
        before = self._kept.get(key)
        if before is not None and before[0] == content:
            made: _Made = before[1]
            return made
        made = make()
        if content == (*given, *(_content(path) for path in paths)):  # nothing changed while it was read
            self._kept[key] = content, made
        return made


def _content(path: Path) -> tuple[Any, ...]:
    """The content of a file, or of all files of a folder."""
    try:
        if path.is_dir():
            return tuple((str(found), found.read_bytes()) for found in sorted(path.rglob("*")) if found.is_file())
        return (path.read_bytes(),)
    except OSError as error:
        return (type(error),)
