"""The archive of a release: all data files in one ZIP, with licences, checksums and the data dictionary."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from edition.edition import Edition
from edition.paths import ROOT
from edition.publish.downloads import dictionary

#: What the archive takes from the folder of the project, as far as it is there.
LICENCES = ("LICENSE", "LICENSE-TEXT.md", "CITATION.cff", ".zenodo.json", "codemeta.json")


def archive(edition: Edition, made: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return path below the site and content of the archive: the same bytes at every build.

    ``made``: path below the site → content of every file in ``data/`` that it takes in.
    """
    about = edition.corpus.about
    content = {path.removeprefix("data/"): data for path, data in made.items()}
    content |= {name: (ROOT / name).read_bytes() for name in LICENCES if (ROOT / name).is_file()}
    content["README.txt"] = _readme(edition).encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(content.items()))
    content["SHA256SUMS"] = sums.encode()
    year, month, day = (int(part) for part in (about.released or "1980-01-01").split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path, data in sorted(content.items()):
            # ZIP knows no time before 1980.
            entry = zipfile.ZipInfo(f"annals-{about.release}/{path}", (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return f"data/annals-{about.release}-release.zip", out.getvalue()


def _readme(edition: Edition) -> str:
    about = edition.corpus.about
    works = "\n".join(f"  {work.slug}: {work.title.hant}" for work in edition.works.values())
    return (
        f"{about.title.hant} · {about.subtitle}\nRelease {about.release}, {about.released}\n{about.site_url}\n\n"
        f"{about.description.hant}\n\nWorks\n{works}\n\n"
        f"Licence: {about.licence} {about.licence_url} (LICENSE-TEXT.md); to cite: CITATION.cff.\n"
        "*.json and places.geojson with schema/*.schema.json; *.csv (UTF-8), also as edition.xlsx and edition.sqlite;\n"
        "tei/*.xml (TEI P5); citations.*; datapackage.json and ro-crate-metadata.json describe the files.\n"
        "Fields with `julian` in their name are Julian dates; the JDN beside them is the same day.\n"
        "text/*.txt: a sentence a line: id, tab, text; received, hant = Traditional, hans = Simplified.\n"
        "SHA256SUMS: `sha256sum -c SHA256SUMS`.\n\nFields\n\n" + dictionary.text() + "\n"
    )
