"""Read a work: its metadata, its reckoning, and the text of each juan."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from edition.model.findings import CorpusError, Place
from edition.model.scripts import SCRIPTS, Pair
from edition.model.texts import Juan, Work, WorkAbout
from edition.read.fields import Record
from edition.read.files import read_text
from edition.read.yaml_values import read_yaml
from edition.rules.calendar import Calendar

#: The folder of a juan.
FOLDER = re.compile(r"\d{1,7}")


def read_work(folder: Path, slug: str, calendar: Calendar, listed: Place) -> Work:
    """The work in a folder of this name, which edition.yaml lists at ``listed``. Raises CorpusError."""
    path = folder / slug / "work.yaml"
    if not path.parent.is_dir():
        raise CorpusError(
            listed, "WORK-MISSING", f"works: names {slug}, but there is no folder {path.parent.as_posix()}"
        )
    record = Record(read_yaml(path), "work")
    written = record.text("state", "")
    state = next((s for s in calendar.states if written in (s.code, s.name.hant, s.name.hans)), None)
    if written and not state:
        raise CorpusError(record.place_of("state"), "STATE-UNKNOWN", f"「{written}」 is no state of calendar/eras.yaml")
    work = Work(
        slug=slug,
        title=record.pair("title"),
        script=record.choice("script", SCRIPTS),
        state=state.code if state else "",
        reckoning=_reckoning(record, calendar, state.code if state else ""),
        juans=_juans(record, path),
        place=record.place,
        about=_about(record),
        mentions=record.texts("mentions"),
    )
    record.get("synchronisms")  # read with the layers: they point at passages
    return record.done(work)


def _about(record: Record) -> WorkAbout:
    """The optional bibliographic fields of work.yaml."""
    latin = record.record("latin")
    return WorkAbout(
        author=record.pair("author", Pair("", "")),
        dynasty=record.pair("dynasty", Pair("", "")),
        latin_title=latin.text("title", "") if latin else "",
        latin_author=latin.done(latin.text("author", "")) if latin else "",
        compiled=record.text("compiled", ""),
        description=record.text("description", ""),
        source=record.text("source", ""),
        covers=record.text("covers", ""),
        before=record.text("before", ""),
        after=record.text("after", ""),
        excerpt=record.flag("excerpt"),
        reckoning=record.text("evidence", ""),
    )


def _reckoning(record: Record, calendar: Calendar, state: str) -> tuple[tuple[str, int], ...]:
    """Era code → the year that this work calls 元年."""
    found = []
    for written, value in record.fields("reckoning").items():
        era = calendar.era(written, state)
        if not era:
            raise CorpusError(value.place, "ERA-UNKNOWN", f"reckoning: 「{written}」 is no era of calendar/eras.yaml")
        if not re.fullmatch(r"\d{1,4}", value.text()):
            raise CorpusError(
                value.place, "FIELD", f"reckoning: {written}: wants the year that it calls 元年, e.g. 1118"
            )
        found.append((era.code, int(value.text())))
    return tuple(found)


def _juan_number(folder: Path) -> int:
    """The number that names a folder; 0 for one that no juan has."""
    return int(folder.name) if FOLDER.fullmatch(folder.name) else 0


def _juans(record: Record, path: Path) -> tuple[Juan, ...]:
    """The text beside work.yaml, or a numbered folder a juan, each with text.txt and, if need be, juan.yaml.

    With folders, ``chapter``, ``opens`` and ``preface`` of work.yaml are for the first, unless its juan.yaml has them.
    """
    number = record.number("juan", 0)
    first = _juan(record, number, path.parent / "text.txt")
    folders = sorted((p for p in path.parent.iterdir() if p.is_dir() and p.name.isdecimal()), key=_juan_number)
    if (numbers := [_juan_number(folder) for folder in folders]) and (0 in numbers or len(set(numbers)) < len(numbers)):
        message = "the folders of its juan must be numbered from 1, each number once"
        raise CorpusError(record.place, "SLUG", message)
    if not folders or (path.parent / "text.txt").exists():
        if number < 1:
            raise CorpusError(record.place_of("juan"), "FIELD-MISSING", "juan: must say which one text.txt is, e.g. 27")
        return (replace(first, text=read_text(path.parent / "text.txt")),)
    juans: list[Juan] = []
    for folder in folders:
        own = folder / "juan.yaml"
        juan = replace(first if not juans else _NO_JUAN, number=_juan_number(folder))
        if own.exists():
            inner = Record(read_yaml(own), "juan")
            juan = inner.done(_juan(inner, juan.number, folder / "text.txt", juan))
        text = folder / "text.txt"
        juans.append(replace(juan, text=read_text(text), place=Place(text.as_posix(), 1)))
    return tuple(juans)


def _juan(record: Record, number: int, path: Path, default: Juan | None = None) -> Juan:
    """The metadata of a juan, without its text."""
    default = default or _NO_JUAN
    return Juan(
        number=number,
        chapter=record.pair("chapter", default.chapter),
        text="",
        place=Place(path.as_posix(), 1),
        opens=record.text("opens", default.opens),
        said=record.place_of("opens"),
        preface_year=record.number("preface", default.preface_year),
        checksum=record.text("checksum", ""),
        latin_chapter=record.text("latin_chapter", default.latin_chapter),
    )


_NO_JUAN = Juan(0, Pair("", ""), "", Place("", 1), "", Place("", 1), 0, "")
