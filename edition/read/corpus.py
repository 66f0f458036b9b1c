"""Read the edition with its calendar and its works. Every error names file and line.

The layers (apparatus, notes, names, events …) are read by `edition.emend.layers` once the works are divided, because
they refer to passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from edition.model.edition import About
from edition.model.findings import CorpusError, Place
from edition.model.map import Base
from edition.model.scripts import Pair
from edition.model.texts import Work
from edition.model.time import YearLine
from edition.read import map_file
from edition.read.calendar_files import read_calendar, read_years
from edition.read.fields import Record
from edition.read.work_files import read_work
from edition.read.yaml_values import read_yaml
from edition.rules.calendar import Calendar

#: Part of addresses and file names, so short enough for any file system.
SLUG = re.compile(r"[a-z][a-z0-9]{0,39}")
RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")
#: First parts of addresses that belong to the site.
RESERVED = frozenset(
    {"year", "era", "event", "events", "name", "names", "data", "dts", "hans", "search", "synopsis", "apparatus"}
    | {"about", "static", "source", "sources", "day", "calendar", "river", "map", "eclipses", "who"}
    | {"parallel", "parallels"}
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is read before the texts are divided into passages."""

    folder: Path
    about: About
    calendar: Calendar
    years: tuple[YearLine, ...]
    works: tuple[Work, ...]
    base: Base | None = None
    """The base of the maps, if there is one."""

    def work(self, slug: str) -> Work | None:
        """The work with this slug."""
        return next((work for work in self.works if work.slug == slug), None)


def transcribed(folder: Path) -> tuple[Path, ...]:
    """The files and folders that `read` depends on: the cache of `serve` reads the corpus again if one changes."""
    works = (path for path in sorted(folder.glob("*/*")) if path.is_dir() or path.name in {"work.yaml", "text.txt"})
    return (folder / "edition.yaml", folder / "calendar", folder / map_file.FILE, *works)


def require_edition(folder: Path) -> None:
    """Raise CorpusError if a folder is not the corpus of an edition."""
    path = folder / "edition.yaml"
    if not path.exists():
        message = "there is no edition here: name the folder of its corpus with --corpus, or begin one with this file"
        raise CorpusError(Place(path.as_posix(), 1), "FILE-MISSING", message)


def read(folder: Path) -> Corpus:
    """Read edition.yaml, the calendar and the works. Raises CorpusError."""
    require_edition(folder)
    for path in sorted((*folder.glob("*"), *folder.glob("*/*"))):
        if path.is_symlink() and path.is_dir():
            raise CorpusError(Place(path.as_posix(), 1), "FILE-LINK", "is a link: put the folder itself here")
    about = _edition(folder / "edition.yaml")
    calendar = read_calendar(folder / "calendar")
    works = tuple(read_work(folder, slug, calendar, about.place) for slug in about.works)
    years = read_years(folder / "calendar" / "years.tsv")
    return Corpus(folder, about, calendar, years, works, map_file.read_base(folder))


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
            abstract=record.text("abstract", ""),
            release=_release(record),
            released=record.day("released", ""),
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
