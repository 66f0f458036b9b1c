"""Generate a corpus that is a multiple of this one, in the same format: ``python -m bench.corpora TIMES FOLDER``.

    python -m bench.corpora 10 /tmp/ten       ten times the passages
    python -m bench.corpora 0.2 /tmp/fifth    about a fifth of them: the first paragraphs of every work

Each copy adds a juan to every work, some thirty years after the previous copy: its months begin on the same 干支, its
era names have two more characters, and all layers are copied too. Copies whose years would exceed 9999 go into further
works with the same years as the first ones. The number of names stays the same, as it would in a real corpus; they only
occur more often. The checks report the same findings as for the original.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from build import make, register
from edition.model.time import Era, Month
from edition.rules import sexagenary
from edition.rules.calendar import Calendar

ORIGINAL = Path(__file__).parents[1] / "corpus"
FIRST, LAST = 1100, 1125
"""The years of a copy whose months are copied from the tables; generated filler years follow."""
END = 9970
#: Characters that are the same in both scripts and occur in none of the texts; two of them make a new era name.
MARKS = "瑢瑤瑪瑭瑰璀璁璃璆璇璋璐璘璞璟璠璣璧瓊珏"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ID = r"\b({slugs})\.(\d+)\.(0|[a-z]+\d+)\.(?=[\dqr])"
LAYERS = ("apparatus", "datings", "notes")
NAMES = ("persons", "places", "offices", "books")
Entry = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """The position of a copy: its years and its works."""

    n: int
    """Number of blocks of years after the original, from 0."""
    suite: int
    """Number of the set of works, from 0."""
    years: int
    """Years after the original."""
    days: int
    """Days after the original, a multiple of 60."""

    @property
    def mark(self) -> str:
        """Suffix of its era names."""
        return "" if not self.n else MARKS[self.n // len(MARKS) % len(MARKS)] + MARKS[self.n % len(MARKS)]

    @property
    def code(self) -> str:
        """Suffix of its era codes."""
        return "" if not self.n else "z" + LETTERS[self.n // 26 % 26] + LETTERS[self.n % 26]

    @property
    def works(self) -> str:
        """Suffix of the slugs of its works."""
        return LETTERS[self.suite] if self.suite else ""

    @property
    def name(self) -> str:
        """Suffix of the ids of its events."""
        return f"-{self.suite}{self.code}" if self.n or self.suite else ""


class Copier:
    """Rewrites values of YAML files for a block."""

    def __init__(self, block: Block, eras: Mapping[str, Era], slugs: list[str], events: list[str]) -> None:
        self.block, self.eras = block, eras
        written = {spelling for era in eras.values() for spelling in (era.name.hant, era.name.hans, *era.also)}
        self._names = re.compile("|".join(sorted(written, key=len, reverse=True)))
        self._ids = re.compile(ID.format(slugs="|".join(slugs)))
        self._events = re.compile(r"\(event/(" + "|".join(events) + r")\)")

    def text(self, text: str) -> str:
        """Rewrite era names, ids and links in a text."""
        if self.block.n:
            text = self._names.sub(lambda match: match[0] + self.block.mark, text)
            text = re.sub(r"\(year/(\d+)", lambda match: f"(year/{int(match[1]) + self.block.years}", text)
            text = re.sub(r"\(era/([a-z]+)", lambda match: f"(era/{self._code(match[1])}", text)
        if self.block.name:
            text = self._events.sub(rf"(event/\1{self.block.name})", text)
            text = self._ids.sub(self._id, text)
        return text

    def _code(self, era: str) -> str:
        return era + self.block.code if era in self.eras else era

    def _id(self, match: re.Match[str]) -> str:
        slug, juan, year = match.groups()
        code, number = year.rstrip("0123456789"), year[len(year.rstrip("0123456789")) :]
        return f"{slug}{self.block.works}.{int(juan) + self.block.n}.{self._code(code)}{number}."

    def entry(self, value: Any) -> Any:  # noqa: ANN401 (any value of YAML)
        """Rewrite a YAML value recursively."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.entry(item) for item in value]
        if isinstance(value, dict):
            return {key: self._field(key, item) for key, item in value.items()}
        return value

    def _field(self, key: str, value: Any) -> Any:  # noqa: ANN401 (any value of YAML)
        if key in ("year", "years"):
            return re.sub(r"\d+", lambda match: str(int(match[0]) + self.block.years), str(value).strip("[]"))
        if key == "date":
            return self.date(str(value))
        return self.entry(value)

    def date(self, julian: str) -> str:
        """Shift a Julian date by the days of the block; a date without day by its years."""
        numbers = [int(part) for part in julian.split("-")]
        if len(numbers) == 3:
            return sexagenary.iso(sexagenary.jdn(*numbers) + self.block.days)
        return f"{numbers[0] + self.block.years}-{numbers[1]:02}"

    def event(self, entry: Entry) -> Entry | None:
        """Rewrite an event, with its differences under the slugs of the block; None if no account is left."""
        accounts = [account for account in entry["accounts"] if _kept(account, self)]
        if not accounts:
            return None
        copy: Entry = self.entry(entry | {"accounts": accounts})
        copy["id"] += self.block.name
        works = {account["at"].partition(".")[0] for account in copy["accounts"]}
        rows = [
            {"what": row["what"]}
            | {slug: cell for key, cell in row.items() if (slug := key + self.block.works) in works}
            for row in copy.pop("differs", [])
        ]
        return copy | ({"differs": rows} if len(works) > 1 and rows else {})


def filler(calendar: Calendar) -> tuple[int, int]:
    """Return years and days to add after the tables, so that the next copy begins on a day of the same 干支."""
    days = {sum(m.days for m in months if FIRST <= m.year <= LAST) for months in calendar.months.values()}
    if len(days) > 1:
        sys.exit("the calendars do not end on one day: choose another LAST")
    table = days.pop()
    years = next(y for y in range(1, 9) if any((table + d) % 60 == 0 for d in range(348 * y, 360 * y + 1)))
    return years, next(d for d in range(348 * years, 360 * years + 1) if (table + d) % 60 == 0)


def months(table: tuple[Month, ...], blocks: int, extra: tuple[int, int]) -> Iterator[str]:
    """Yield the lines of a table of months for a number of consecutive blocks."""
    yield "year\tmonth\tnew_moon\tjdn\tjulian\tdays"
    own = [m for m in table if FIRST <= m.year <= LAST]
    long = extra[1] - 348 * extra[0]
    rows = [(m.year - FIRST, m.slot.code, m.days) for m in own]
    rows += [
        (
            LAST - FIRST + 1 + n // 12,
            str(n % 12 + 1),
            29 + (n * long // (12 * extra[0]) < (n + 1) * long // (12 * extra[0])),
        )
        for n in range(12 * extra[0])
    ]
    day = own[0].first
    for block in range(blocks):
        for year, code, days in rows:
            shifted = FIRST + year + block * (LAST - FIRST + 1 + extra[0])
            yield f"{shifted}\t{code}\t{sexagenary.of_day(day)}\t{day}\t{sexagenary.iso(day)}\t{days}"
            day += days


def load(path: Path) -> Any:  # noqa: ANN401 (any value of YAML)
    """Load a YAML file of the corpus with all scalars as strings; an empty list if there is no file."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader) if path.exists() else []  # noqa: S506 (strings)


class _Plain(yaml.CSafeDumper):
    """A YAML dumper that writes no anchors and aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (the signature of PyYAML)
        """Never write an alias."""
        return True


def dump(path: Path, value: object) -> None:
    """Write a YAML file of the corpus."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")


def generate(times: float, folder: Path) -> None:
    """Write a corpus of ``times`` the size of the original into a folder, which must not exist."""
    edition = make(ORIGINAL)
    calendar, slugs = edition.corpus.calendar, list(edition.works)
    eras = {era.code: era for era in calendar.eras if era.first <= LAST}
    extra = filler(calendar)
    years = LAST - FIRST + 1 + extra[0]
    days = sum(m.days for m in next(iter(calendar.months.values())) if FIRST <= m.year <= LAST) + extra[1]
    most = (END - FIRST) // years
    count = max(1, math.ceil(times))
    blocks = [Block(i % most, i // most, i % most * years, i % most * days) for i in range(count)]
    events = load(ORIGINAL / "events.yaml")
    ids = [event["id"] for event in events]
    copiers = [Copier(block, eras, slugs, ids) for block in blocks]

    for part in ("pages", "script.yaml", "variants.yaml", "history.yaml"):
        copy = shutil.copytree if (ORIGINAL / part).is_dir() else shutil.copy
        folder.mkdir(parents=True, exist_ok=True)
        copy(ORIGINAL / part, folder / part)
    suites = sorted({block.works for block in blocks})
    dump(folder / "edition.yaml", load(ORIGINAL / "edition.yaml") | {"works": [s + x for x in suites for s in slugs]})
    _calendar(folder / "calendar", calendar, copiers[:most], extra)
    dump(folder / "events.yaml", [e for copier in copiers for event in events if (e := copier.event(event))])
    for file in NAMES:
        dump(folder / f"{file}.yaml", [_name(name, copiers, suites) for name in load(ORIGINAL / f"{file}.yaml")])
    for slug in slugs:
        for suite in suites:
            _work(folder / f"{slug}{suite}", slug, [c for c in copiers if c.block.works == suite])
    if times < 1:
        _cut(folder, times)
    with contextlib.redirect_stdout(io.StringIO()):
        register(folder, dry_run=False)


def _calendar(folder: Path, calendar: Calendar, copiers: list[Copier], extra: tuple[int, int]) -> None:
    table = load(ORIGINAL / "calendar" / "eras.yaml")
    eras = []
    for copier in copiers:
        for era in table["eras"]:
            if era["code"] not in copier.eras:
                continue
            copy = copier.entry({key: value for key, value in era.items() if key not in ("from", "until", "years")})
            copy["code"] += copier.block.code
            last = min(int(era["years"][1]), LAST)
            copy["years"] = [int(era["years"][0]) + copier.block.years, last + copier.block.years]
            for key in ("from", "until"):
                if key in era and int(era["years"][1]) <= LAST:
                    moment = dict(era[key])
                    if "jdn" in moment:
                        moment["jdn"] = int(moment["jdn"]) + copier.block.days
                        moment["julian"] = sexagenary.iso(moment["jdn"])
                    copy[key] = moment
            eras.append(copy)
    dump(folder / "eras.yaml", {"states": table["states"], "eras": eras})
    for name, months_ in calendar.months.items():
        lines = months(months_, len(copiers), extra)
        (folder / f"months-{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _name(name: Entry, copiers: list[Copier], suites: list[str]) -> Entry:
    copy = dict(name)
    for key in ("forms", "titles"):
        if key in name:
            copy[key] = {slug + suite: words for suite in suites for slug, words in name[key].items()}
    for key in ("only", "except"):
        if key in name:
            copy[key] = [copier.entry(anchor) for copier in copiers for anchor in name[key] if _kept(anchor, copier)]
    return copy


def _kept(entry: Entry, copier: Copier) -> bool:
    """Whether a copy has the anchor of an entry: only the first has the text before the first year heading."""
    return not copier.block.n or ".0.0." not in str(entry["at"])


def _work(folder: Path, slug: str, copiers: list[Copier]) -> None:
    source = ORIGINAL / slug
    work = load(source / "work.yaml")
    juan, opens, chapter = int(work.pop("juan")), work.pop("opens", ""), work.pop("chapter", "")
    if "reckoning" in work:
        work["reckoning"] = {
            c.text(era): int(year) + c.block.years for c in copiers for era, year in work["reckoning"].items()
        }
    if "synchronisms" in work:
        work["synchronisms"] = [c.entry(s) for c in copiers for s in work["synchronisms"]]
    if copiers[0].block.works:
        work["title"] = _renamed(work["title"], copiers[0].block.suite)
    dump(folder / "work.yaml", work)
    text = (source / "text.txt").read_text(encoding="utf-8")
    for copier in copiers:
        place = folder / str(juan + copier.block.n)
        own = copier.text(text if not copier.block.n or opens else text[_first_heading(text) :])
        about = {"chapter": chapter, "checksum": hashlib.sha256(own.encode()).hexdigest()}
        dump(place / "juan.yaml", about | ({"opens": copier.text(opens)} if opens else {}))
        (place / "text.txt").write_text(own, encoding="utf-8")
    for layer in LAYERS:
        entries = load(source / f"{layer}.yaml")
        dump(folder / f"{layer}.yaml", [c.entry(e) for c in copiers for e in entries if _kept(e, c)])


def _renamed(title: Any, suite: int) -> Any:  # noqa: ANN401 (a phrase or a pair of them)
    mark = MARKS[suite]
    return {key: value + mark for key, value in title.items()} if isinstance(title, dict) else title + mark


def _first_heading(text: str) -> int:
    match = re.search(r"^\S{2}[元一二三四五六七八九十]+年", text, re.MULTILINE)
    return match.start() if match else 0


def _forget_others(names: list[Entry]) -> None:
    """Take out references to names that are not in the list."""
    known = {name["id"] for name in names}
    for name in names:
        name["not"] = [id_ for id_ in name.get("not", []) if id_ in known]
        if name.get("father", {}).get("id", name["id"]) not in known:
            del name["father"]


def _used(words: Mapping[str, list[str]], texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The words of each work that still occur in it."""
    used = {slug: [word for word in own if word in texts[slug]] for slug, own in words.items()}
    return {slug: own for slug, own in used.items() if own}


def _cut(folder: Path, part: float) -> None:
    """Truncate every text to its first part, and remove entries of the layers whose anchors are gone."""
    for path in folder.glob("*/*/text.txt"):
        lines = path.read_text(encoding="utf-8").split("\n")
        own = "\n".join(lines[: max(3, round(len(lines) * part))]) + "\n"
        path.write_text(own, encoding="utf-8")
        juan = path.with_name("juan.yaml")
        dump(juan, load(juan) | {"checksum": hashlib.sha256(own.encode()).hexdigest()})
    layers = [*folder.glob("*/notes.yaml"), *folder.glob("*/apparatus.yaml"), *folder.glob("*/datings.yaml")]
    names = [folder / f"{file}.yaml" for file in NAMES]
    kept = {path: load(path) for path in (*layers, *names, folder / "events.yaml")}
    for path in kept:
        path.unlink()
    works = {path: load(path) for path in folder.glob("*/work.yaml")}
    for path, work in works.items():
        dump(path, {key: value for key, value in work.items() if key != "synchronisms"})
    bare = make(folder)
    text = {id_: passage.text for id_, passage in bare.passages.items()}
    whole = {slug: "".join(p.text for p in bare.passages.values() if p.work == slug) for slug in bare.works}

    def stands(entry: Entry) -> bool:
        return all(str(entry.get(key, "")) in text.get(entry["at"], "\x00") for key in ("quote", "to"))

    for path in layers:
        dump(path, [entry for entry in kept[path] if stands(entry)])
    for path in names:
        names_left = []
        for name in kept[path]:
            anchored = {key: [a for a in name[key] if stands(a)] for key in ("only", "except") if key in name}
            written = {key: _used(name.get(key, {}), whole) for key in ("forms", "titles")}
            if any(written.values()) or anchored.get("only"):
                names_left.append(name | anchored | written)
        _forget_others(names_left)
        dump(path, names_left)
    dump(folder / "events.yaml", [e for e in kept[folder / "events.yaml"] if all(stands(a) for a in e["accounts"])])


def main() -> None:
    """Generate the corpus given on the command line."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = Path(sys.argv[2])
    if folder.exists():
        sys.exit(f"{folder} is there already: name a new folder")
    generate(float(sys.argv[1]), folder)


if __name__ == "__main__":
    main()
