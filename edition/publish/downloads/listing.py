"""The list of downloads: what the page ``/data/`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from edition.edition import Edition
from edition.paths import TEMPLATES
from edition.publish.downloads import dictionary
from edition.publish.downloads.formats import media_type
from edition.publish.views.placeholders import TOP

#: The rows of the list in order: key of the description in ``strings.yaml`` → patterns of paths below the site.
LISTED: Mapping[str, tuple[str, ...]] = {
    "passages": ("data/passages.json",),
    "years": ("data/years.json",),
    "events": ("data/events.json",),
    "names": ("data/names.json",),
    "sources": ("data/sources.json",),
    "edition": ("data/edition.json",),
    "notes": ("data/notes.json", "data/apparatus.json", "data/datings.json"),
    "days": ("data/days.json", "data/days.ics"),
    "places": ("data/places.geojson", "data/places.kml"),
    "schema": ("data/schema/*.schema.json",),
    "database": ("data/edition.sqlite",),
    "workbook": ("data/edition.xlsx",),
    "alignment": ("data/alignment.csv",),
    "tables": ("data/*.csv",),
    "text": ("data/text/*.txt",),
    "tei": ("data/tei/*.xml",),
    "epub": ("data/annals-*.epub",),
    "citations": ("data/citations.*",),
    "dts": ("dts/index.json",),
    "package": ("data/datapackage.json", "data/ro-crate-metadata.json"),
    "release": ("data/annals-*-release.zip",),
}
#: The last row: files that no pattern describes. A test fails if there are any; readers find them all the same.
OTHER = "other"
#: Files that are not listed: those that our own pages load, those of single names and events, to which their pages
#: lead, and those to which ``dts/index.json`` leads.
INTERNAL = (
    "data/index.html",
    "data/search/*.json",
    "data/addresses.json",
    "data/english.json",
    "data/name/*.json",
    "data/event/*.json",
    "dts/collection*.json",
    "dts/navigation/*.json",
    "dts/document/*.xml",
)
#: The examples of what can be done with the data, in ``templates/examples/``.
EXAMPLES = ("years.py", "questions.sql", "emended.xsl", "zonghan.sh")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list."""

    key: str
    """``file_<key>`` in ``strings.yaml`` describes the files."""
    files: tuple[tuple[str, int], ...]
    """Path below the site and size in bytes, in the order in which the files were made."""


def row(path: str) -> str:
    """Return the key of the row of a file in ``data/`` or ``dts/``: ``OTHER`` if no pattern fits, empty if internal.

    >>> row("data/tei/jinshi.xml"), row("data/search/hant.json"), row("data/map.kml")
    ('tei', '', 'other')
    """
    if any(fnmatchcase(path, pattern) for pattern in INTERNAL):
        return ""
    return next((key for key, patterns in LISTED.items() if any(fnmatchcase(path, p) for p in patterns)), OTHER)


def listed(sizes: Iterable[tuple[str, int]]) -> list[Listed]:
    """Return the rows that have files. ``sizes``: path and size of every file in ``data/`` and ``dts/``."""
    rows: dict[str, list[tuple[str, int]]] = {key: [] for key in (*LISTED, OTHER)}
    for path, size in sizes:
        if key := row(path):
            rows[key].append((path, size))
    return [Listed(key, tuple(files)) for key, files in rows.items() if files]


def page(edition: Edition, sizes: Mapping[str, int], site_url: str) -> dict[str, Any]:
    """Return the template context of the page. ``sizes``: path → size of every file in ``data/`` and ``dts/``."""
    about = edition.corpus.about
    rows = listed(sizes.items())
    distribution = [
        {
            "@type": "DataDownload",
            "contentUrl": (site_url or TOP) + path,
            "encodingFormat": media_type(path),
            "contentSize": f"{size} B",
        }
        for row in rows
        if row.key != "schema"
        for path, size in row.files
    ]
    site = (site_url or about.site_url or "https://…/").rstrip("/")
    return {
        "rows": rows,
        "dictionary": list(dictionary.entries()),
        "distribution": distribution,
        "examples": [
            (path.name, path.read_text(encoding="utf-8").replace("SITE", site))
            for path in (TEMPLATES / "examples" / name for name in EXAMPLES)
        ],
    }
