"""Read a corpus: the edition, its calendar tables, its works. Every check names file and line.

The layers (apparatus, notes, names, events …) are read by `edition.layers`, after the works are divided,
since they point at passages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from edition import sexagenary
from edition.annotation import Page
from edition.calendar import Calendar
from edition.model import (
    About,
    Change,
    CorpusError,
    Era,
    Juan,
    Month,
    Pair,
    Place,
    State,
    Work,
    WorkAbout,
    YearLine,
    han,
)
from edition.record import Record, plain, read_list, read_text, read_yaml
from edition.script import Converter, ScriptRules

#: What becomes part of an address and the name of a file is short enough for any disk.
SLUG = re.compile(r"[a-z][a-z0-9]{0,39}")
RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")
PAGE = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[a-z]{1,40}")
#: A number in a table.
NUMBER = re.compile(r"\d{1,7}")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
#: First parts of addresses that belong to the site.
RESERVED = frozenset(
    {"year", "era", "event", "events", "name", "names", "data", "dts", "hans", "search", "synopsis", "apparatus"}
    | {"about", "static"}
)
MONTH = re.compile(r"(r?)(1[0-2]|[1-9])")


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
    calendar = _calendar(folder / "calendar")
    works = tuple(_work(folder, slug, calendar, about.place) for slug in about.works)
    return Corpus(folder, about, calendar, _years(folder / "calendar" / "years.tsv"), works)


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


def _calendar(folder: Path) -> Calendar:
    path = folder / "eras.yaml"
    record = Record(read_yaml(path), "table of eras")
    states = tuple(_state(r) for r in record.records("states"))
    codes = {state.code for state in states}
    eras: dict[str, Era] = {}
    for entry in record.records("eras"):
        era = _era(entry)
        if era.code in eras:
            raise CorpusError(entry.place, "ERA-TWICE", f"the code {era.code} is taken: choose another")
        if era.state not in codes:
            raise CorpusError(entry.place_of("state"), "STATE-UNKNOWN", f"{era.state} is none of the states above")
        eras[era.code] = era
    months = {file.stem.removeprefix("months-"): _months(file) for file in sorted(folder.glob("months-*.tsv"))}
    for state in states:
        if state.calendar not in months:
            message = f"{state.code} counts by the calendar {state.calendar}: add calendar/months-{state.calendar}.tsv"
            raise CorpusError(Place(path.as_posix(), 1), "CALENDAR-MISSING", message)
    record.done(None)
    return Calendar(states, tuple(eras.values()), months)


def _state(record: Record) -> State:
    code = record.text("code")
    return record.done(
        State(
            code=code,
            name=record.pair("name"),
            calendar=record.text("calendar"),
            of=record.text("of", code),
            minor=record.choice("minor", ("true", "false"), "false") == "true",
            rulers=record.choice("counts", ("eras", "rulers"), "eras") == "rulers",
        )
    )


def _era(record: Record) -> Era:
    code = record.text("code")
    if not CODE.fullmatch(code):
        raise CorpusError(
            record.place_of("code"), "ERA-CODE", f"「{code}」: a code is at most 40 small letters, e.g. tianfu"
        )
    years = record.need("years").items()
    if len(years) != 2 or not all(re.fullmatch(r"\d{1,4}", y.text()) for y in years):
        raise CorpusError(record.place_of("years"), "FIELD", "years: wants the first and the last, e.g. [1101, 1110]")
    return record.done(
        Era(
            code=code,
            state=record.text("state"),
            name=record.pair("name"),
            also=record.texts("also"),
            first=int(years[0].text()),
            last=int(years[1].text()),
            since=_moment(record, "from"),
            until=_moment(record, "until"),
            note=record.text("note", ""),
            source=record.text("source", ""),
        )
    )


def _moment(record: Record, name: str) -> tuple[int, str, int] | None:
    """Month, 干支 and JDN of a change of era; what is not attested is 0 or empty."""
    value = record.get(name)
    if value is None:
        return None
    moment = Record(value, name)
    month, day, jdn = moment.number("month"), moment.text("day", ""), moment.number("jdn", 0)
    julian = moment.text("julian", "")
    if jdn and (day not in ("", sexagenary.of_day(jdn)) or julian not in ("", sexagenary.iso(jdn))):
        message = f"{day} {julian} is not JDN {jdn}, which is {sexagenary.of_day(jdn)} {sexagenary.iso(jdn)}"
        raise CorpusError(moment.place, "DATE-DISAGREES", message)
    return moment.done((month, day, jdn))


def _table(path: Path, columns: tuple[str, ...]) -> list[tuple[Place, dict[str, str]]]:
    """The rows of a tab-separated table with its comment lines left out."""
    rows: list[tuple[Place, dict[str, str]]] = []
    header: list[str] = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        place = Place(path.as_posix(), number)
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            if missing := [name for name in columns if name not in header]:
                raise CorpusError(place, "TABLE", f"the header has no column {missing[0]}")
            continue
        if len(cells) != len(header):
            raise CorpusError(place, "TABLE", f"has {len(cells)} cells under {len(header)} columns: check the tabs")
        rows.append((place, dict(zip(header, cells, strict=True))))
    return rows


def _months(path: Path) -> tuple[Month, ...]:
    """A table of lunar months, each checked against the 干支 and the Julian date that stand beside it."""
    months: list[Month] = []
    for place, row in _table(path, ("year", "month", "new_moon", "jdn", "julian", "days")):
        match = MONTH.fullmatch(row["month"])
        numbers = [row["year"], row["jdn"], row["days"]]
        if not match or not all(map(NUMBER.fullmatch, numbers)):
            raise CorpusError(place, "TABLE", f"「{row['month']}」 must be 1…12 or r1…r12, and year, jdn, days numbers")
        month = Month(int(row["year"]), int(match[2]), bool(match[1]), int(row["jdn"]), int(row["days"]))
        stated = (row["new_moon"], row["julian"])
        if stated != (sexagenary.of_day(month.first), sexagenary.iso(month.first)):
            computed = f"{sexagenary.of_day(month.first)} {sexagenary.iso(month.first)}"
            raise CorpusError(
                place, "DATE-DISAGREES", f"{' '.join(stated)} is not JDN {month.first}, which is {computed}"
            )
        if months and months[-1].last + 1 != month.first:
            message = f"begins {month.first}, but the month above ends {months[-1].last}: the days must run on"
            raise CorpusError(place, "CALENDAR-GAP", message)
        months.append(month)
    return tuple(months)


def _years(path: Path) -> tuple[YearLine, ...]:
    if not path.exists():
        return ()
    fixed = ("year", "ganzhi", "first_jdn", "first", "last")
    return tuple(
        YearLine(
            year=int(row["year"]) if NUMBER.fullmatch(row["year"]) else 0,
            ganzhi=row["ganzhi"],
            first=row["first"],
            last=row["last"],
            names=tuple((code, cell) for code, cell in row.items() if code not in fixed),
            place=place,
        )
        for place, row in _table(path, fixed)
    )


def _work(folder: Path, slug: str, calendar: Calendar, listed: Place) -> Work:
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
        script="hant" if record.choice("script", ("hant", "hans")) == "hant" else "hans",
        state=state.code if state else "",
        reckoning=_reckoning(record, calendar, state.code if state else ""),
        juans=_juans(record, path),
        place=record.place,
        about=_work_about(record),
        mentions=record.texts("mentions"),
    )
    record.get("synchronisms")  # read with the layers: they point at passages
    return record.done(work)


def _work_about(record: Record) -> WorkAbout:
    """What may be left out of a work.yaml."""
    latin = Record(found, "latin") if (found := record.get("latin")) else None
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
        excerpt=record.choice("excerpt", ("true", "false"), "false") == "true",
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
    return int(folder.name) if NUMBER.fullmatch(folder.name) else 0


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
    """What is said of a juan; its text is still to be read."""
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
    )


_NO_JUAN = Juan(0, Pair("", ""), "", Place("", 1), "", Place("", 1), 0, "")


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
