"""What a page is made of, before it is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from edition.publish.views.values import PassageView, WhoView
from edition.publish.views.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its path, its template and the values that the template gets."""

    path: str
    """Below the root of its tree, with a slash at the end; empty for the home page."""
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    prev: str = ""
    next: str = ""
    before: str = ""
    """The title of the previous page, if there is one."""
    after: str = ""


def numbers(passages: Iterable[PassageView]) -> dict[str, int]:
    """Passage id → the number of its first note on a page."""
    found, number = {}, 1
    for passage in passages:
        found[passage.id] = number
        number += len(passage.notes)
    return found


def who(viewer: Viewer, passages: Iterable[PassageView]) -> list[WhoView]:
    """The persons, places … that are tagged on a page, each once, with short descriptions."""
    ids = dict.fromkeys(
        part.tag.name.id for passage in passages for s in passage.sentences for part in s.parts if part.tag
    )
    return [viewer.who(id_) for id_ in ids]


def neighbours(pages: Sequence[tuple[str, str]], i: int) -> dict[str, str]:
    """Address and title of the pages before and after page ``i``, as arguments of `PageSpec`."""
    prev, before = pages[i - 1] if i else ("", "")
    following, after = pages[i + 1] if i + 1 < len(pages) else ("", "")
    return {"prev": prev, "before": before, "next": following, "after": after}
