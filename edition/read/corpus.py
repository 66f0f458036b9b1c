"""Read a corpus: the edition with its calendar and its works, and its pages. Every check names file and line.

The layers (apparatus, notes, names, events …) are read by `edition.emend.layers`, after the works are divided,
since they point at passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from edition.model.edition import About, Change
from edition.model.findings import CorpusError, Place
from edition.model.layers import Page
from edition.model.scripts import Pair, han
from edition.model.texts import Work
from edition.model.time import YearLine
from edition.read.calendar_files import read_calendar, read_years
from edition.read.fields import Record, plain, read_list, read_yaml
from edition.read.files import read_text
from edition.read.work_files import read_work
from edition.rules.calendar import Calendar
from edition.rules.script import Converter, ScriptRules

#: What becomes part of an address and the name of a file is short enough for any disk.
SLUG = re.compile(r"[a-z][a-z0-9]{0,39}")
RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")
PAGE = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
#: First parts of addresses that belong to the site.
RESERVED = frozenset(
    {"year", "era", "event", "events", "name", "names", "data", "dts", "hans", "search", "synopsis", "apparatus"}
    | {"about", "static", "source", "sources"}
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is read before the texts are divided."""

    folder: Path
    about: About
    calendar: Calendar
    years: tuple[YearLine, ...]
    works: tuple[Work, ...]

    def work(self, slug: str) -> Work | None:
        """The work with this slug."""
        return next((work for work in self.works if work.slug == slug), None)


def transcribed(folder: Path) -> tuple[Path, ...]:
    """The files that `read` reads, or the folders in which they are: all but the layers."""
    works = (path for path in sorted(folder.glob("*/*")) if path.is_dir() or path.name in {"work.yaml", "text.txt"})
    return (folder / "edition.yaml", folder / "calendar", *works)


def read(folder: Path) -> Corpus:
    """Read edition.yaml, the calendar and the works. Raises CorpusError."""
    if not (folder / "edition.yaml").exists():
        message = "there is no edition here: name the folder of its corpus, or begin one with this file"
        raise CorpusError(Place((folder / "edition.yaml").as_posix(), 1), "FILE-MISSING", message)
    for path in sorted((*folder.glob("*"), *folder.glob("*/*"))):
        if path.is_symlink() and path.is_dir():
            raise CorpusError(Place(path.as_posix(), 1), "FILE-LINK", "is a link: put the folder itself here")
    about = _edition(folder / "edition.yaml")
    calendar = read_calendar(folder / "calendar")
    works = tuple(read_work(folder, slug, calendar, about.place) for slug in about.works)
    return Corpus(folder, about, calendar, read_years(folder / "calendar" / "years.tsv"), works)


def _edition(path: Path) -> About:
    record = Record(read_yaml(path), "edition")
    works = record.need("works").items()
    for value in works:
        slug = value.text()
        if not SLUG.fullmatch(slug):
            raise CorpusError(
                value.place, "SLUG", f"「{slug}」: a slug is at most 40 small letters and digits, e.g. liaoshi"
            )
        if slug in RESERVED:
            raise CorpusError(value.place, "SLUG", f"「{slug}」 is an address of the site itself: choose another")
        if [v.text() for v in works].count(slug) > 1:
            raise CorpusError(value.place, "SLUG", f"「{slug}」 stands twice under works")
    if not works:
        raise CorpusError(record.place, "FIELD-MISSING", "works: names no work")
    return record.done(
        About(
            title=record.pair("title"),
            subtitle=record.text("subtitle", ""),
            description=record.pair("description", Pair("", "")),
            release=_release(record),
            released=_day(record, "released", ""),
            site_url=_web(record, "site_url"),
            editors=record.texts("editors"),
            licence=record.text("licence", ""),
            licence_url=_web(record, "licence_url"),
            source_url=_web(record, "source_url"),
            works=tuple(value.text() for value in works),
            place=record.place,
        )
    )


def _release(record: Record) -> str:
    """The name of the release, which becomes part of the name of a file."""
    name = record.text("release", "0")
    if not RELEASE.fullmatch(name):
        message = f"release: 「{name}」 must be at most 40 letters, digits and . + - _, e.g. 1.2.0"
        raise CorpusError(record.place_of("release"), "FIELD", message)
    return name


def _web(record: Record, name: str) -> str:
    """An address on the web, or nothing."""
    address = record.text(name, "")
    if address and not re.match(r"https?://[^\s\"<>]+$", address):
        raise CorpusError(
            record.place_of(name), "FIELD", f"{name}: 「{address}」 is no address such as https://example.org/"
        )
    return address


def read_pages(folder: Path) -> tuple[Page, ...]:
    """The pages of prose in ``pages/``, in their order."""
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
        page = Page(path.stem, record.pair("title"), record.number("order", 99), text[match.end() :], place)
        pages.append(record.done(page))
    return tuple(sorted(pages, key=lambda page: (page.order, page.slug)))


def read_script(folder: Path) -> Converter:
    """The converter with the words and rules of ``script.yaml``; with none if there is no such file."""
    path = folder / "script.yaml"
    data = plain(read_yaml(path)) if path.exists() else {}
    try:
        return Converter(ScriptRules.from_data(cast("dict[str, object]", data)))
    except ValueError as error:
        raise CorpusError(Place(path.as_posix(), 1), "SCRIPT", str(error)) from None


def read_variants(folder: Path) -> tuple[str, ...]:
    """Groups of forms of one character from ``variants.yaml``: 覩睹. None if there is no such file."""
    return tuple(group for groups in read_list(folder / "variants.yaml", _variants, "group") for group in groups)


def read_history(folder: Path) -> tuple[Change, ...]:
    """What changed in the text, the latest first, from ``history.yaml``. Nothing if there is no such file."""
    return tuple(sorted(read_list(folder / "history.yaml", _change, "change"), key=lambda c: c.date, reverse=True))


def _change(record: Record) -> Change:
    day = _day(record, "date")
    return record.done(
        Change(day, record.text("release", ""), record.pair("title"), record.text("text", ""), record.place)
    )


def _day(record: Record, name: str, default: str | None = None) -> str:
    """A day of our own time, YYYY-MM-DD."""
    day = record.text(name, default)
    try:
        sound = not day or date.fromisoformat(day).isoformat() == day
    except ValueError:
        sound = False
    if not sound:
        raise CorpusError(record.place_of(name), "DATE", f"「{day}」 is no date such as 2026-11-20")
    return day


def _variants(record: Record) -> tuple[str, ...]:
    record.text("source")
    groups = record.need("characters").items()
    for group in groups:
        forms = group.text()
        if len(forms) < 2 or len(set(forms)) != len(forms) or han(forms) != forms:
            message = f"「{forms}」 must be two or more characters, each once, with nothing between them"
            raise CorpusError(group.place, "VARIANTS", message)
    return record.done(tuple(group.text() for group in groups))
