"""Read the pages of prose and the history of the text."""

from __future__ import annotations

import re
from pathlib import Path

from edition.model.edition import Change
from edition.model.findings import CorpusError, Place
from edition.model.layers import Page
from edition.read.fields import Record, read_list
from edition.read.files import read_text
from edition.read.yaml_values import read_yaml

PAGE = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_pages(folder: Path) -> tuple[Page, ...]:
    """The pages of ``pages/*.md``, in the order that their front matter gives. Raises CorpusError."""
    pages = []
    for path in sorted((folder / "pages").glob("[!.]*.md")) if (folder / "pages").is_dir() else ():
        text = read_text(path)
        match = FRONT_MATTER.match(text)
        place = Place(path.as_posix(), 1)
        if not match:
            raise CorpusError(place, "PAGE", "begins without ---, title: and ---")
        if not PAGE.fullmatch(path.stem) or path.stem == "history":
            message = "its name becomes an address: at most 60 small letters, digits and hyphens, and not history"
            raise CorpusError(place, "PAGE", message)
        record = Record(read_yaml(path, "\n" + match[1]), "front matter")
        title, order, english = record.pair("title"), record.number("order", 99), record.text("english", "")
        pages.append(record.done(Page(path.stem, title, order, text[match.end() :], place, english)))
    return tuple(sorted(pages, key=lambda page: (page.order, page.slug)))


def read_history(folder: Path) -> tuple[Change, ...]:
    """The changes of ``history.yaml``, the latest first; none if there is no such file. Raises CorpusError."""
    changes = read_list(folder / "history.yaml", _change, "change")
    seen: dict[tuple[str, str], Change] = {}
    for change in changes:
        first = seen.setdefault((change.date, change.title.hant), change)
        if first is not change:
            message = (
                f"「{change.title.hant}」 of {change.date} is in line {first.place.line} too: "
                "a feed knows a change by its date and title, so give this one another title"
            )
            raise CorpusError(change.place, "HISTORY-TWICE", message)
    return tuple(sorted(changes, key=lambda c: c.date, reverse=True))


def _change(record: Record) -> Change:
    day = record.day("date")
    return record.done(
        Change(day, record.text("release", ""), record.pair("title"), record.text("text", ""), record.place)
    )
