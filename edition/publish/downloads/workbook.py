"""The tables as a workbook of Excel and LibreOffice, a sheet each.

A CSV file cannot serve Excel well: without a byte order mark it garbles Chinese, with one other programs stumble, and
half of Europe's Excels part cells by semicolons. In a workbook text is text and a number a number, and nothing can be
taken for a formula or a date. It is written with the standard library: a ZIP archive of a few XML files.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from edition.publish.downloads.tables import Cell, Table

#: What Excel allows in a cell; what is longer is cut.
LONGEST = 32_767
CONTENT = "http://schemas.openxmlformats.org"
OFFICE = f"{CONTENT}/officeDocument/2006/relationships"
MAIN = f"{CONTENT}/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Characters that XML has not.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Two fonts; the second style is that of the head.
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(tables: Iterable[Table]) -> bytes:
    """Return the workbook: the same bytes at every build. In each sheet the first row has the names of the columns."""
    tables = list(tables)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path, content in _parts(tables):
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return out.getvalue()


def _parts(tables: list[Table]) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate((table.described.name for table in tables), 1))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{kind}.{name}+xml"/>'
        for path, name in (
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            *((f"worksheets/sheet{n}.xml", "worksheet") for n, _ in numbered),
        )
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    yield (
        "[Content_Types].xml",
        (
            f'{DECLARATION}<Types xmlns="{CONTENT}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{relations}"/>{types}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    yield (
        "xl/workbook.xml",
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    yield "xl/_rels/workbook.xml.rels", _relations([*parts, (f"rId{len(parts) + 1}", "styles", "styles.xml")])
    yield "xl/styles.xml", STYLES
    for (n, _), table in zip(numbered, tables, strict=True):
        yield f"xl/worksheets/sheet{n}.xml", _sheet(table)


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in targets)
    return f'{DECLARATION}<Relationships xmlns="{CONTENT}/package/2006/relationships">{inner}</Relationships>'


def _sheet(table: Table) -> str:
    head = "".join(_cell(column.name, ' s="1"') for column in table.described.columns)
    rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in table.rows)
    # The first row stays in sight.
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{views}<sheetData><row>{head}</row>{rows}</sheetData></worksheet>'


def _cell(value: Cell, style: str = "") -> str:
    """A cell.

    >>> _cell("=1+1")
    '<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'
    >>> _cell(1120), _cell(True), _cell(None)
    ('<c><v>1120</v></c>', '<c t="b"><v>1</v></c>', '<c/>')
    """
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        text = escape(NO_XML.sub("", value[:LONGEST]))
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c><v>{value}</v></c>"
