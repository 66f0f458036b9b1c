"""The tables: one content as CSV, as a workbook, as a database and in the data package; every column is described."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from edition.publish.downloads import data, dictionary, schemas
from edition.publish.downloads.csv_and_text import inert
from edition.publish.downloads.database import COUNTERS, database
from edition.publish.downloads.tables import Cell, Described, Table, described, tables
from edition.publish.downloads.workbook import LONGEST, workbook
from tests.conftest import ROOT
from tests.publish.downloads.conftest import Built
from tests.publish.downloads.reading import load


@pytest.fixture
def connection(real: Built, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return the database, opened as a reader would."""
    with closing(opened(real, tmp_path)) as connection:
        yield connection


def opened(built: Built, folder: Path) -> sqlite3.Connection:
    path = folder / "edition.sqlite"
    path.write_bytes(built.files["data/edition.sqlite"])
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def cells(built: Built, table: Described) -> list[list[str]]:
    return list(csv.reader(io.StringIO(built.files[f"data/{table.name}.csv"].decode(), newline="")))


# --- every form has the same cells


def differing(found: list[list[Any]], made: list[list[Any]]) -> list[tuple[list[Any], list[Any]]]:
    """Return the rows that differ, for a short message."""
    assert len(found) == len(made)
    return [pair for pair in zip(found, made, strict=True) if pair[0] != pair[1]][:3]


def test_every_form_has_the_same_cells(each: Built, tmp_path: Path) -> None:
    lists = data.lists(each.edition, "https://example.org/a/")
    book = openpyxl.load_workbook(io.BytesIO(each.files["data/edition.xlsx"]))
    made = list(tables(each.edition, lists))
    assert book.sheetnames == [table.described.name for table in made] == [table.name for table in described()]
    with closing(opened(each, tmp_path)) as connection:
        for table in made:
            name, columns = table.described.name, [column.name for column in table.described.columns]
            rows = [list(row) for row in table.rows]
            head, *found = cells(each, table.described)
            assert head == columns
            assert not differing(found, [[str(inert("" if cell is None else cell)) for cell in row] for row in rows])
            assert [c[1] for c in connection.execute(f"PRAGMA table_info({name})")] == columns
            query = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")  # noqa: S608 (our own name)
            assert not differing([list(row) for row in query], rows)
            head, *found = [list(row) for row in book[name].iter_rows(values_only=True)]
            assert head == columns
            empty = [[None if cell == "" else cell for cell in row] for row in rows]
            assert not differing([[None if cell == "" else cell for cell in row] for row in found], empty)


def test_cells_are_of_the_type_of_their_column(each: Built) -> None:
    kinds: dict[str, tuple[type, ...]] = {"integer": (int,), "decimal": (float, int), "boolean": (bool,)}
    for table in tables(each.edition, data.lists(each.edition, "")):
        for row in table.rows:
            for column, cell in zip(table.described.columns, row, strict=True):
                where = (table.described.name, column.name, cell)
                if cell is None:
                    assert column.null, where
                    continue
                assert type(cell) in kinds.get(column.type, (str,)), where
                assert not column.members or cell in column.members, where
                if (pattern := schemas.TYPES[column.type].get("pattern")) and column.type != "number":
                    assert re.search(pattern, str(cell)), where


def test_keys_are_unique_and_lead_somewhere(real: Built) -> None:
    made = {table.described.name: table for table in tables(real.edition, data.lists(real.edition, ""))}

    def column(table: Table, name: str) -> list[Cell]:
        at = [found.name for found in table.described.columns].index(name)
        return [row[at] for row in table.rows]

    for table in made.values():
        keys = list(zip(*(column(table, name) for name in table.described.key), strict=True))
        assert len(set(keys)) == len(keys), table.described.name
        for name, other in table.described.refers.items():
            (key,) = made[other].described.key
            assert set(column(table, name)) - {None} <= set(column(made[other], key)), (table.described.name, name)


# --- the database


def test_the_database_is_sound(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'").fetchone()[0] > 20


def test_the_database_is_the_same_at_every_build(real: Built) -> None:
    made = tuple(tables(real.edition, data.lists(real.edition, "https://example.org/a/")))
    content = real.files["data/edition.sqlite"]
    assert hashlib.sha256(database(made)).digest() == hashlib.sha256(content).digest()
    # What a library writes of itself and of its writing is fixed.
    assert {content[at : at + 4] for at in COUNTERS} == {(3_000_000).to_bytes(4, "big")}


def questions() -> list[tuple[str, str]]:
    """Return the documented queries, each with its question."""
    text = (ROOT / "templates" / "examples" / "questions.sql").read_text(encoding="utf-8")
    return re.findall(r"^-- ([^\n]*\?)\n(SELECT .*?;)$", text, re.MULTILINE | re.DOTALL)


def test_people_of_different_names(connection: sqlite3.Connection, real: Built) -> None:
    (question, query), _, _ = questions()
    assert question.startswith("Who")
    found = dict(connection.execute(query).fetchall())
    told: dict[str, set[str]] = {}
    years = {p["id"]: p["year"] for p in load(real.files, "passages")}
    for name in load(real.files, "names"):
        own = [o for o in name["occurrences"] if years[o["passage"]] == 1122 and not o["by_title"]]
        works, forms = {o["passage"].partition(".")[0] for o in own}, {o["form"] for o in own}
        if name["kind"] == "person" and len(works) > 1 and len(forms) > 1:
            told[name["name"]["hant"]] = {f"{o['passage'].partition('.')[0]} {o['form']}" for o in own}
    assert {name: set(forms.split(",")) for name, forms in found.items()} == told
    assert {"jinshi 宗翰", "dajinguozhi 粘罕"} <= told["完顏宗翰"]


def test_accounts_of_an_event(connection: sqlite3.Connection, real: Built) -> None:
    _, (question, query), _ = questions()
    assert question.startswith("What does each work say")
    found = connection.execute(query).fetchall()
    event = next(event for event in load(real.files, "events") if event["id"] == "zhongjing")
    sentences = [f"{p['id']}.{s['n']}" for p in load(real.files, "passages") for s in p["sentences"]]
    told = [
        (account["work"], id_)
        for account in event["accounts"]
        for id_ in sentences[sentences.index(account["from"]) : sentences.index(account["to"]) + 1]
    ]
    assert sorted((work, id_) for work, id_, _ in found) == sorted(told)
    assert any("中京" in text for _, _, text in found)


def test_emendations_by_copy(connection: sqlite3.Connection, real: Built) -> None:
    _, _, (question, query) = questions()
    assert question.startswith("Which emendations")
    found = connection.execute(query).fetchall()
    emended = [e for e in load(real.files, "apparatus") if e["kind"] == "emendation"]
    assert sum(count for _, _, count, _ in found) == len(emended)
    for work, witnesses, count, _ in found:
        own = [
            e
            for e in emended
            if e["passage"].startswith(f"{work}.") and (";".join(e["witnesses"]) or None) == witnesses
        ]
        assert count == len(own)


# --- the workbook


def table_of(*values: Cell) -> Table:
    (first, *_) = described()
    return Table(Described("t", "", (first.columns[0],), (), {}), tuple((value,) for value in values))


@pytest.mark.parametrize(
    "value", ["=1+1", "1122-02-23", "3a", "0012", "  甲\n乙 ", "<&\"']]>", "𠮷", 1120, -0.5, True, None]
)
def test_a_cell_of_the_workbook_is_what_it_was(value: Cell) -> None:
    """Text stays text, whatever it looks like: no formula, no date, no number."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([table_of(value)])))
    cell = book["t"]["A2"]
    assert cell.value == value
    if isinstance(value, str):
        assert cell.data_type in {"s", "inlineStr"}


def test_what_no_workbook_can_hold_is_left_out() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([table_of("甲\x0b乙", "字" * (LONGEST + 1))])))
    assert [row[0] for row in book["t"].iter_rows(min_row=2, values_only=True)] == ["甲乙", "字" * LONGEST]


def test_pandas_reads_every_form_alike(real: Built, tmp_path: Path) -> None:
    path = tmp_path / "edition.xlsx"
    path.write_bytes(real.files["data/edition.xlsx"])
    sheets = pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
    for table in described():
        frame = pd.read_csv(io.BytesIO(real.files[f"data/{table.name}.csv"]), dtype=str, keep_default_na=False)
        sheet = sheets[table.name].replace({"True": "true", "False": "false"})
        assert list(frame.columns) == list(sheet.columns)
        # A spreadsheet might run a cell of a CSV file as a formula; one of a workbook it never does.
        assert not differing(frame.to_numpy().tolist(), sheet.map(inert).to_numpy().tolist()), table.name


# --- the data dictionary and the data package


def test_the_dictionary_has_every_field_and_column(real: Built) -> None:
    entries = {entry.name: {field.name for field in entry.fields} for entry in dictionary.entries()}

    def walk(schema: dict[str, Any], before: str = "") -> Iterator[str]:
        for field, inner in schema.get("properties", {}).items():
            if "description" in inner:
                yield before + field
                maybe: dict[str, Any] = next(iter(inner.get("anyOf", ())), {})
                for deeper in (inner, maybe, inner.get("items", {}), inner.get("additionalProperties") or {}):
                    yield from walk(deeper, f"{before}{field}.")

    jsons = {path for path in real.files if re.fullmatch(r"data/[^/]+\.(json|geojson|csv)", path)}
    jsons -= {
        f"data/{name}.json"
        for name in ("addresses", "english", "citations.csl", "citations.en.csl", "datapackage", "ro-crate-metadata")
    }
    assert {f"data/{name}" for name in entries} == jsons
    for name in schemas.source():
        schema = json.loads(real.files[f"data/schema/{name}.schema.json"])
        assert entries[schemas.file_name(name)] == set(walk(schema))
    for table in described():
        assert entries[f"{table.name}.csv"] == set(cells(real, table)[0])
    assert all(field.description and field.type for entry in dictionary.entries() for field in entry.fields)


def test_the_page_of_the_data_shows_the_dictionary(real: Built) -> None:
    html = real.files["data/index.html"].decode()
    for entry in dictionary.entries():
        assert f'id="{entry.name}"' in html
        for field in entry.fields:
            assert f"<code>{field.name}</code>" in html


def test_the_data_package_describes_every_table(each: Built) -> None:
    package = json.loads(each.files["data/datapackage.json"])
    assert package["version"] == each.edition.corpus.about.release
    assert [resource["name"] for resource in package["resources"]] == [table.name for table in described()]
    for resource, table in zip(package["resources"], described(), strict=True):
        assert resource["bytes"] == len(each.files[f"data/{resource['path']}"])
        head, *rows = cells(each, table)
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        assert not any("date" in field["type"] for field in resource["schema"]["fields"])
        for field, values in zip(resource["schema"]["fields"], zip(*rows, strict=True), strict=bool(rows)):
            limits = field.get("constraints", {})
            assert "" not in values or not limits.get("required"), (table.name, field["name"])
            if pattern := limits.get("pattern"):
                assert all(re.fullmatch(pattern, value) for value in values if value), (table.name, field["name"])
