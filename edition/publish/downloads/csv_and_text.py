"""CSV tables and plain texts, for spreadsheets, data frames and scripts that read line by line.

UTF-8 without a byte order mark, which many programs would read as part of the first column's name; in Excel use
Data → From Text with file origin 65001. Dates are Julian; JDN is the Julian day number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from edition.align.synopsis import Row, Year
from edition.edition import Edition
from edition.model.texts import Passage
from edition.publish.downloads.data import occurrences
from edition.rules import sexagenary

Cells = Mapping[str, object]
CERTAINTIES = ("low", "medium", "high")


def files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every table and text."""
    yield "data/alignment.csv", _table(_alignment(edition))
    yield "data/names.csv", _table(_names(edition))
    yield "data/occurrences.csv", _table(_occurrences(edition))
    yield "data/events.csv", _table(_events(edition))
    for slug in edition.works:
        passages = [p for p in edition.passages.values() if p.work == slug]
        for form in ("received", "hant", "hans"):
            yield f"data/text/{slug}.{form}.txt", "".join(_lines(edition, passages, form)).encode()


def _table(rows: Iterable[Cells]) -> bytes:
    """Serialize rows as CSV with the columns of the first row. Without rows the file is empty."""
    out = io.StringIO()
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({column: inert(cell) for column, cell in row.items()})
    return out.getvalue().encode()


def inert(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe is put before ``=``, ``+``, ``-`` and ``@``.

    >>> inert("=1+1"), inert("天輔四年")
    ("'=1+1", '天輔四年')
    """
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def _alignment(edition: Edition) -> Iterator[Cells]:
    """Yield a row for each passage in the order of the synopsis."""
    for year in edition.years:
        for row in year.rows:
            for passages in row.cells.values():
                for passage in passages:
                    yield _aligned(edition, passage, year, row)


def _aligned(edition: Edition, passage: Passage, year: Year, row: Row) -> Cells:
    printed = passage.printed
    span = row.span or year.span
    first, last = span or ("", "")
    beside = {a.passage for e in edition.events.get(passage.id, ()) for a in e.accounts if a.work != passage.work}
    return {
        "year": year.year,
        "row": row.code,
        "passage": passage.id,
        "work": passage.work,
        "label": edition.label(passage.era, printed.year or 0).hant if passage.era else "",
        "month": printed.month or "",
        "intercalary": "true" if printed.intercalary else "false",
        "season": printed.season or "",
        "basis": passage.basis,
        "certainty": _certainty(edition, passage),
        "first_jdn": first,
        "last_jdn": last,
        "first": sexagenary.iso(first) if isinstance(first, int) else "",
        "last": sexagenary.iso(last) if isinstance(last, int) else "",
        "days": ";".join(sexagenary.iso(day.jdn) for day in edition.days[passage.id] if day.jdn),
        "counterparts": ";".join(sorted(beside, key=edition.order.__getitem__)),
        "url": f"/{passage.url}",
    }


def _certainty(edition: Edition, passage: Passage) -> str:
    """Return how certain the year of a passage is: the lowest certainty of its editorial datings, if it has any."""
    found = [item.certainty for item in edition.displaced.get(passage.id, ())]
    return min(found, key=CERTAINTIES.index, default="medium" if passage.basis == "editorial" else "high")


def _names(edition: Edition) -> Iterator[Cells]:
    """Yield a row for each form of a name in a work: the forms listed in the corpus, then others that are tagged."""
    counts: dict[tuple[str, str, str], int] = {}
    tagged: dict[tuple[str, str], list[str]] = {}
    titles: set[tuple[str, str, str]] = set()
    for id_, tags in edition.tags.items():
        for tag in tags:
            key = tag.name.id, edition.passages[id_].work, tag.form
            if key not in counts:
                tagged.setdefault(key[:2], []).append(tag.form)
            counts[key] = counts.get(key, 0) + 1
            if tag.by_title:
                titles.add(key)
    for name in edition.layers.names:
        given = edition.forms(name)
        for slug in edition.works:
            for form in dict.fromkeys([*given.get(slug, ()), *tagged.get((name.id, slug), ())]):
                yield {
                    "name": name.id,
                    "kind": name.kind,
                    "hant": name.name.hant,
                    "hans": name.name.hans,
                    "work": slug,
                    "form": form,
                    "occurrences": counts.get((name.id, slug, form), 0),
                    "by_title": "true" if (name.id, slug, form) in titles else "false",
                    "certainty": name.certainty,
                    "url": f"/name/{name.id}/",
                }


def _occurrences(edition: Edition) -> Iterator[Cells]:
    """Yield a row for each place where a name is tagged."""
    found = occurrences(edition)
    for name in edition.layers.names:
        for entry in found.get(name.id, ()):
            passage = edition.passages[entry["passage"]]
            yield {
                "name": name.id,
                "year": passage.year,
                "work": passage.work,
                "passage": passage.id,
                "sentence": f"{passage.id}.{entry['sentence']}",
                "form": entry["form"],
                "by_title": "true" if entry["by_title"] else "false",
            }


def _events(edition: Edition) -> Iterator[Cells]:
    """Yield a row for each account of an event."""
    for event in edition.layers.events:
        for account in event.accounts:
            yield {
                "event": event.id,
                "hant": event.title.hant,
                "hans": event.title.hans,
                "year": event.year,
                "julian": event.julian,
                "certainty": event.certainty,
                "work": account.work,
                "from": f"{account.passage}.{account.first}",
                "to": f"{account.passage}.{account.last}",
                "url": f"/event/{event.id}/",
            }


def _lines(edition: Edition, passages: Iterable[Passage], form: str) -> Iterator[str]:
    """Yield a line for each sentence: id, tab, text. ``form``: ``received``, or the script of the established text."""
    for passage in passages:
        bounds = edition.texts[passage.id].sentences()
        for sentence, (n, start, end) in zip(passage.sentences, bounds, strict=True):
            if form == "received":
                text = passage.text[sentence.start : sentence.end]
            else:
                text = edition.converted["hant" if form == "hant" else "hans"][passage.id][start:end]
            yield f"{passage.id}.{n}\t{text}\n"
