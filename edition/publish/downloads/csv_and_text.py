"""CSV tables and plain texts, for spreadsheets, data frames and scripts that read line by line.

UTF-8 without a byte order mark, which many programs would read as part of the first column's name. Excel, which needs
one, and which parts the cells of a CSV file by the comma or the semicolon as the country of the machine has it, gets a
workbook (`edition.publish.downloads.workbook`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from edition.edition import Edition
from edition.model.texts import Passage
from edition.publish.downloads.tables import Table


def files(edition: Edition, tables: Iterable[Table]) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every table and text."""
    for table in tables:
        yield f"data/{table.described.name}.csv", _csv(table)
    for slug in edition.works:
        passages = [p for p in edition.passages.values() if p.work == slug]
        for form in ("received", "hant", "hans"):
            yield f"data/text/{slug}.{form}.txt", "".join(_lines(edition, passages, form)).encode()


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.described.columns)
    writer.writerows(map(inert, row) for row in table.rows)
    return out.getvalue().encode()


def inert(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe is put before ``=``, ``+``, ``-`` and ``@``.

    >>> inert("=1+1"), inert("天輔四年"), inert(True)
    ("'=1+1", '天輔四年', 'true')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


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
