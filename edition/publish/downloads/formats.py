"""Media types of the downloads, for the headers of hosts, for the data package and for linked data."""

from __future__ import annotations

from collections.abc import Mapping

#: The end of a path → its media type; the first that fits counts.
MEDIA_TYPES: Mapping[str, str] = {
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".schema.json": "application/schema+json",
    "ro-crate-metadata.json": "application/ld+json",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".xml": "application/tei+xml",
    ".epub": "application/epub+zip",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".zip": "application/zip",
}


def media_type(path: str) -> str:
    """The media type of a download.

    >>> media_type("data/citations.csl.json"), media_type("data/names.csv"), media_type("x")
    ('application/vnd.citationstyles.csl+json', 'text/csv', 'application/octet-stream')
    """
    return next((kind for end, kind in MEDIA_TYPES.items() if path.endswith(end)), "application/octet-stream")
