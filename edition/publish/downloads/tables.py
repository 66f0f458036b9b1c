"""The tables: flat rows for spreadsheets, data frames and SQL, made from the entries of the JSON files.

``templates/data/tables.yaml`` lists the tables and their columns. CSV, the workbook, SQLite, the data package and the
data dictionary all follow it, so a table is added with a description there and a method here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from edition.edition import Edition
from edition.model.kinds import AUTHORITIES
from edition.model.texts import Passage
from edition.publish.downloads import schemas
from edition.rules import sexagenary

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]
Lists = Mapping[str, list[dict[str, Any]]]
"""Name of a JSON file → its entries."""
CERTAINTIES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """``text``, ``integer``, ``decimal``, ``boolean``, or another key of `schemas.TYPES`."""
    null: bool
    """Whether a cell may be empty."""
    description: str
    members: tuple[str, ...] = ()
    """The members of a closed set."""


@dataclass(frozen=True, slots=True)
class Described:
    """What ``tables.yaml`` says of a table."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns of the primary key; empty if rows may repeat."""
    refers: Mapping[str, str]
    """Column → table whose key it holds."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows."""

    described: Described
    rows: tuple[tuple[Cell, ...], ...]
    """Each with a cell for each column, in their order."""


@cache
def described() -> tuple[Described, ...]:
    """Every table, in the order of ``tables.yaml``."""
    return tuple(
        Described(
            name,
            table["description"],
            tuple(_column(column, about, table.get("key", ())) for column, about in table["columns"].items()),
            tuple(table.get("key", ())),
            table.get("refers", {}),
        )
        for name, table in schemas.of_file("tables.yaml").items()
    )


def _column(name: str, about: str | dict[str, Any], key: Sequence[str]) -> Column:
    found = schemas.field(about) if isinstance(about, str) else about
    kind = found.get("type", "text")
    members = schemas.SETS.get(found.get("enum", ""), ())
    return Column(name, kind.rstrip("?"), kind.endswith("?") and name not in key, found["description"], members)


def tables(edition: Edition, lists: Lists) -> Iterator[Table]:
    """Yield every table with its rows."""
    rows_of = _Rows(edition, lists)
    for table in described():
        names = [column.name for column in table.columns]
        rows: Iterator[Row] = getattr(rows_of, table.name)()
        yield Table(table, tuple(tuple(row[name] for name in names) for row in rows))


def joined(words: Iterable[object]) -> str | None:
    """Several values as one cell, parted by semicolons; None if there are none.

    >>> joined(["金史卷二", "遼史卷二十八"]), joined([])
    ('金史卷二;遼史卷二十八', None)
    """
    return ";".join(map(str, words)) or None


def _pair(entry: Mapping[str, Any], field: str, before: str = "") -> dict[str, Cell]:
    return {f"{before}{script}": text for script, text in entry[field].items()}


def dated(span: tuple[int, int] | None) -> dict[str, Any]:
    """First and last day of a span, as JDN and as Julian date; null if it is unknown."""
    first, last = span or (None, None)
    return {
        "first_jdn": first,
        "last_jdn": last,
        "first_julian": None if first is None else sexagenary.iso(first),
        "last_julian": None if last is None else sexagenary.iso(last),
    }


def _certainty(edition: Edition, passage: Passage) -> str:
    """Return how certain the year of a passage is: the lowest certainty of its editorial datings, if it has any."""
    found = [item.certainty for item in edition.displaced.get(passage.id, ())]
    return min(found, key=CERTAINTIES.index, default="medium" if passage.basis == "editorial" else "high")


def _counterparts(edition: Edition, passage: Passage) -> list[str]:
    """Passages of other works that tell of the same events, in the order of the edition."""
    events = edition.events.get(passage.id, ())
    beside = {a.passage for event in events for a in event.accounts if a.work != passage.work}
    return sorted(beside, key=edition.order.__getitem__)


class _Rows:
    """The rows of each table, by the name of the table."""

    def __init__(self, edition: Edition, lists: Lists) -> None:
        self.edition, self.lists = edition, lists

    def works(self) -> Iterator[Row]:
        for work in self.lists["works"]:
            authors = _pair(work, "author", "author_") | _pair(work, "dynasty", "dynasty_")
            yield work | _pair(work, "title") | authors

    def years(self) -> Iterator[Row]:
        yield from self.lists["years"]

    def year_names(self) -> Iterator[Row]:
        for year in self.lists["years"]:
            for state in year["names"]:
                yield from ({"year": year["year"], "state": state["state"], **name} for name in state["names"])

    def year_works(self) -> Iterator[Row]:
        for year in self.lists["years"]:
            yield from ({"year": year["year"], "work": slug, **told} for slug, told in year["works"].items())

    def passages(self) -> Iterator[Row]:
        for position, entry in enumerate(self.lists["passages"], 1):
            printed = entry["printed"]
            yield printed | entry | {"position": position, "era_year": printed["year"]}

    def sentences(self) -> Iterator[Row]:
        for entry in self.lists["passages"]:
            for sentence in entry["sentences"]:
                own = {"id": f"{entry['id']}.{sentence['n']}", "passage": entry["id"], "n": str(sentence["n"])}
                yield sentence | own

    def dates(self) -> Iterator[Row]:
        for entry in self.lists["passages"]:
            for day in entry["days"]:
                yield day | {"passage": entry["id"], "sentence": f"{entry['id']}.{day['sentence']}"}

    def alignment(self) -> Iterator[Row]:
        entries = {entry["id"]: entry for entry in self.lists["passages"]}
        for year in self.edition.years:
            for row in year.rows:
                span = row.span or year.span
                for passages in row.cells.values():
                    for passage in passages:
                        entry, printed = entries[passage.id], passage.printed
                        days = [day["jdn"] for day in entry["days"] if day["jdn"]]
                        label = self.edition.label(passage.era, printed.year or 0).hant if passage.era else None
                        yield entry | {
                            "row": row.code,
                            "passage": passage.id,
                            "label": label,
                            "month": printed.month,
                            "intercalary": printed.intercalary,
                            "season": printed.season,
                            "certainty": _certainty(self.edition, passage),
                            **dated(span),
                            "days_jdn": joined(days),
                            "days_julian": joined(map(sexagenary.iso, days)),
                            "counterparts": joined(_counterparts(self.edition, passage)),
                        }

    def names(self) -> Iterator[Row]:
        for name in self.lists["names"]:
            where, father = name["where"] or {}, name["father"] or {}
            born, died = name["born"] or {}, name["died"] or {}
            yield (
                name
                | _pair(name, "name")
                | {authority: name["ids"].get(authority) for authority in AUTHORITIES}
                | {
                    "occurrences": len(name["occurrences"]),
                    "lat": where.get("lat"),
                    "lon": where.get("lon"),
                    "precision": where.get("precision"),
                    "where_source": where.get("source"),
                    "born": born.get("year"),
                    "born_source": born.get("source"),
                    "died": died.get("year"),
                    "died_source": died.get("source"),
                    "father": father.get("id"),
                    "father_name": father.get("name"),
                    "father_source": father.get("source"),
                    "sources": joined(name["sources"]),
                }
            )

    def forms(self) -> Iterator[Row]:
        """The forms listed in the corpus, then others that are tagged."""
        for name in self.lists["names"]:
            tagged: dict[str, dict[str, list[bool]]] = {}
            for place in name["occurrences"]:
                work = self.edition.passages[place["passage"]].work
                tagged.setdefault(work, {}).setdefault(place["form"], []).append(place["by_title"])
            for slug in self.edition.works:
                found = tagged.get(slug, {})
                for form in dict.fromkeys([*name["forms"].get(slug, ()), *found]):
                    titles = found.get(form, [])
                    own = {"name": name["id"], "work": slug, "form": form}
                    yield own | {"occurrences": len(titles), "by_title": any(titles)}

    def occurrences(self) -> Iterator[Row]:
        for name in self.lists["names"]:
            for place in name["occurrences"]:
                passage = self.edition.passages[place["passage"]]
                sentence = f"{passage.id}.{place['sentence']}"
                yield place | {"name": name["id"], "year": passage.year, "work": passage.work, "sentence": sentence}

    def events(self) -> Iterator[Row]:
        for event in self.lists["events"]:
            eclipse = event["eclipse"] and event["eclipse"]["type"]
            yield event | _pair(event, "title") | {"eclipse": eclipse, "sources": joined(event["sources"])}

    def accounts(self) -> Iterator[Row]:
        for event in self.lists["events"]:
            for account in event["accounts"]:
                yield {
                    "event": event["id"],
                    "work": account["work"],
                    "passage": account["from"].rpartition(".")[0],
                    "first_sentence": account["from"],
                    "last_sentence": account["to"],
                }

    def differences(self) -> Iterator[Row]:
        for event in self.lists["events"]:
            for difference in event["differs"]:
                for work, text in difference.items():
                    if work != "what":
                        yield {"event": event["id"], "what": difference["what"], "work": work, "text": text}

    def reports(self) -> Iterator[Row]:
        for event in self.lists["events"]:
            yield from ({"event": event["id"], **report} for report in event["others"])

    def eclipses(self) -> Iterator[Row]:
        for event in self.lists["events"]:
            for place in event["eclipse"]["places"] if event["eclipse"] else ():
                yield {"event": event["id"], **place}

    def days(self) -> Iterator[Row]:
        for day in self.lists["days"]:
            eclipse = day["eclipse"] and day["eclipse"]["type"]
            own = {name: joined(day[name]) for name in ("passages", "events")}
            yield day | own | {"eclipse": eclipse}

    def _layer(self, name: str) -> Iterator[Row]:
        """The rows of a layer that is anchored in passages."""
        for entry in self.lists[name]:
            many = {field: joined(value) for field, value in entry.items() if isinstance(value, list)}
            yield entry | many | {"sentence": f"{entry['passage']}.{entry['sentence']}"}

    def sources(self) -> Iterator[Row]:
        yield from (source | {"names": joined(source["names"])} for source in self.lists["sources"])

    def copies(self) -> Iterator[Row]:
        for source in self.lists["sources"]:
            yield from ({"source": source["key"], **copy} for copy in source["copies"])

    def cited_by(self) -> Iterator[Row]:
        for source in self.lists["sources"]:
            for kind, ids in source["cited_by"].items():
                nobody = dict.fromkeys(("passage", "event", "name"))
                yield from ({"source": source["key"], **nobody, kind.removesuffix("s"): id_} for id_ in ids)

    def notes(self) -> Iterator[Row]:
        return self._layer("notes")

    def apparatus(self) -> Iterator[Row]:
        return self._layer("apparatus")

    def datings(self) -> Iterator[Row]:
        return self._layer("datings")
