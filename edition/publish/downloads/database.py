"""The tables as one SQLite database, for questions that join them.

With one library two builds are identical, whatever the machine. What a file says of its own writing (the version of the
library, the number of changes) is fixed, so that another library makes the same pages, too; bytes that no cell uses may
differ (53 of 2.3 million between SQLite 3.40 and 3.51).
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from edition.publish.downloads.tables import Described, Table

#: Affinities of SQLite by the type of a column; all others are text.
TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "decimal": "REAL"}
#: ``secure_delete`` overwrites what a page no longer holds, so that no byte is left over from the work on it.
PRAGMAS = ("page_size = 4096", "encoding = 'UTF-8'", "secure_delete = ON", "journal_mode = OFF", "synchronous = OFF")
#: Where the header of a database counts changes, where it repeats that count, and where it has the version.
COUNTERS = (24, 92, 96)
#: What stands there instead: SQLite 3.0.0, whose format the file has.
FIXED = (3_000_000).to_bytes(4, "big")


def database(tables: Iterable[Table]) -> bytes:
    """Return the database, with an index of every column that holds the key of another table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            for table in tables:
                _fill(connection, table)
            connection.execute("COMMIT")
        content = bytearray(path.read_bytes())
    for at in COUNTERS:
        content[at : at + 4] = FIXED
    return bytes(content)


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    described = table.described
    connection.execute(schema(described))
    marks = ", ".join("?" * len(described.columns))
    connection.executemany(f'INSERT INTO "{described.name}" VALUES ({marks})', table.rows)  # noqa: S608 (our own name)
    for column in described.refers:
        if (column,) != described.key:
            name = f"{described.name}_{column}"
            connection.execute(f'CREATE INDEX "{name}" ON "{described.name}" ("{column}")')


def schema(table: Described) -> str:
    """The statement that creates a table.

    >>> from edition.publish.downloads.tables import described
    >>> print(schema(next(table for table in described() if table.name == "eclipses")))
    CREATE TABLE "eclipses" (
      "event" TEXT NOT NULL REFERENCES "events",
      "place" TEXT NOT NULL,
      "magnitude" REAL,
      "local_time" TEXT,
      "altitude" INTEGER,
      PRIMARY KEY ("event", "place")
    )
    """
    lines = []
    for column in table.columns:
        line = f'"{column.name}" {TYPES.get(column.type, "TEXT")}' + ("" if column.null else " NOT NULL")
        if column.name in table.refers:
            line += f' REFERENCES "{table.refers[column.name]}"'
        lines.append(line)
    if table.key:
        lines.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in table.key)))
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"
