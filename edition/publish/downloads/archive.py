"""What can be downloaded, beyond the pages: tables, texts, TEI, citations, and all of it in one archive."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edition.edition import Edition
from edition.model.scripts import Script
from edition.paths import ROOT as HOME
from edition.publish.cite import patterns as citation
from edition.publish.cite import things as citable
from edition.publish.cite.patterns import Citing
from edition.publish.downloads import csv_and_text as tables
from edition.publish.downloads import data, dts, epub, schemas, tei
from edition.publish.render.tree import Tree

#: Worked examples of what can be done with the data.
EXAMPLES = ("years.py", "emended.xsl", "zonghan.sh")
LICENCES = ("LICENSE", "LICENSE-TEXT.md", "CITATION.cff")
#: What the page of the data lists: the key of its description, and how the paths of its files begin and end.
LISTED = (
    ("passages", "data/passages", ".json"),
    ("years", "data/years", ".json"),
    ("events", "data/events", ".json"),
    ("names", "data/names", ".json"),
    ("sources", "data/sources", ".json"),
    ("edition", "data/edition", ".json"),
    ("schema", "data/schema/", ".json"),
    ("alignment", "data/alignment", ".csv"),
    ("tables", "data/", ".csv"),
    ("text", "data/text/", ".txt"),
    ("tei", "data/tei/", ".xml"),
    ("epub", "data/", ".epub"),
    ("citations", "data/citations", ""),
    ("dts", "dts/index", ".json"),
    ("release", "data/", ".zip"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Files of one kind on the page of the data."""

    key: str
    files: tuple[tuple[str, int], ...]
    """Path below the site, and size in bytes."""


def files(trees: Mapping[Script, Tree], site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every file that can be downloaded."""
    viewer = trees["hant"].viewer
    edition = viewer.edition
    made = dict(data.files(edition))
    made.update(schemas.files())
    made.update(tables.files(edition))
    made.update(tei.files(viewer, site_url))
    cited = [citable.of_passage(viewer, id_) for id_ in edition.passages]
    for end, content in citation.library(Citing(viewer, site_url), cited):
        made[f"data/citations.{end}"] = content
    for script, tree in trees.items():
        made[f"data/annals-{script}.epub"] = epub.book(tree.templates, tree.viewer, site_url)
    yield from made.items()
    yield from dts.files(edition, {slug: made[f"data/tei/{slug}.xml"] for slug in edition.works}, site_url)
    release = edition.corpus.about.release
    yield f"data/annals-{release}-release.zip", _archive(edition, made)


def listed(made: Iterable[tuple[str, int]]) -> list[Listed]:
    """The files in the order of the page, each under the first description that fits."""
    rest = dict(made)
    found = []
    for key, start, end in LISTED:
        own = tuple((path, size) for path, size in rest.items() if path.startswith(start) and path.endswith(end))
        for path, _ in own:
            del rest[path]
        if own:
            found.append(Listed(key, own))
    return found


def page(edition: Edition, sizes: dict[str, int], site_url: str) -> dict[str, Any]:
    """What the page of the data prints."""
    about = edition.corpus.about
    dataset = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": about.title.hant,
        "alternateName": about.subtitle,
        "description": about.description.hant,
        "version": about.release,
        "datePublished": about.released,
        "license": about.licence_url,
        "url": f"{site_url}data/" if site_url else "",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{site_url or '/'}{path}", "contentSize": f"{size} B"}
            for path, size in sizes.items()
            if path.endswith(".zip")
        ],
    }
    site = (site_url or about.site_url or "https://…/").rstrip("/")
    return {
        "rows": listed(sizes.items()),
        "dictionary": schemas.dictionary(),
        "dataset": json.dumps({name: value for name, value in dataset.items() if value}, ensure_ascii=False),
        "examples": [
            (path.name, path.read_text(encoding="utf-8").replace("SITE", site))
            for path in (HOME / "templates" / "examples" / name for name in EXAMPLES)
        ],
    }


def _archive(edition: Edition, made: dict[str, bytes]) -> bytes:
    """All of it in one file, with licences, checksums and the data dictionary; the same bytes at every build."""
    about = edition.corpus.about
    content = {path.removeprefix("data/"): text for path, text in made.items()}
    content |= {name: (HOME / name).read_bytes() for name in LICENCES if (HOME / name).is_file()}
    content["README.txt"] = _readme(edition).encode()
    sums = "".join(f"{hashlib.sha256(text).hexdigest()}  {path}\n" for path, text in sorted(content.items()))
    content["SHA256SUMS"] = sums.encode()
    year, month, day = (int(part) for part in (about.released or "1980-01-01").split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, text in sorted(content.items()):
            entry = zipfile.ZipInfo(f"annals-{about.release}/{path}", (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return out.getvalue()


def _readme(edition: Edition) -> str:
    about = edition.corpus.about
    works = "\n".join(f"  {work.slug}: {work.title.hant}" for work in edition.works.values())
    return (
        f"{about.title.hant} · {about.subtitle}\nRelease {about.release}, {about.released}\n{about.site_url}\n\n"
        f"{about.description.hant}\n\nWorks\n{works}\n\n"
        f"Licence: {about.licence} {about.licence_url} (LICENSE-TEXT.md); to cite: CITATION.cff.\n"
        "*.json with schema/*.schema.json; *.csv (UTF-8, Julian dates); tei/*.xml (TEI P5); citations.*;\n"
        "text/*.txt: a sentence a line: id, tab, text; received, hant = Traditional, hans = Simplified.\n"
        "SHA256SUMS: `sha256sum -c SHA256SUMS`.\n\nFields\n\n" + schemas.dictionary()
    )
