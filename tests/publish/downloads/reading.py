"""Read the downloads, each with a parser of its own format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from functools import cache
from typing import Any

from lxml import etree

from edition.edition import Edition
from edition.model.texts import Passage

TEI = "{http://www.tei-c.org/ns/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Files = dict[str, bytes]
"""Path below the site → content."""


#: Each document is parsed once; tests only read it.
_xml, _json = cache(etree.fromstring), cache(json.loads)


def tei(files: Files, work: str) -> Any:  # noqa: ANN401 (lxml has no types)
    """Return the root of a TEI document."""
    return _xml(files[f"data/tei/{work}.xml"])


def load(files: Files, name: str) -> Any:  # noqa: ANN401
    """Return the list of a data file, or the whole of it where it is no list."""
    found = _json(files[f"data/{name}.json"])
    return found.get(name, found)


def rows(files: Files, name: str) -> list[dict[str, str]]:
    """Return the rows of a table by column."""
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode())))


def book(files: Files, script: str) -> Files:
    """Return the files of the EPUB in one script."""
    with zipfile.ZipFile(io.BytesIO(files[f"data/annals-{script}.epub"])) as archive:
        return {name.removeprefix("book/"): archive.read(name) for name in archive.namelist()}


def words(element: Any, *but: str) -> str:  # noqa: ANN401
    """Return the text of an element without that of some elements in it."""
    parts = [element.text or ""]
    for child in element:
        if etree.QName(child).localname not in but:
            parts.append(words(child, *but))
        parts.append(child.tail or "")
    return "".join(parts)


def of_work(edition: Edition, work: str) -> list[Passage]:
    """Return the passages of a work in the order of the text."""
    return [passage for passage in edition.passages.values() if passage.work == work]
