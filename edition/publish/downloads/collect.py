"""Collect every download of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.model.scripts import Script
from edition.publish.cite import patterns as citation
from edition.publish.cite import things as citable
from edition.publish.cite.patterns import Citing
from edition.publish.downloads import csv_and_text, data, dts, epub, schemas
from edition.publish.downloads.archive import archive
from edition.publish.downloads.tei import documents as tei
from edition.publish.render.tree import Tree


def files(trees: Mapping[Script, Tree], site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every download; the archive comes last."""
    viewer = trees["hant"].viewer
    edition = viewer.edition
    made = dict(data.files(edition))
    made.update(schemas.files())
    made.update(csv_and_text.files(edition))
    made.update(tei.files({script: tree.viewer for script, tree in trees.items()}, site_url))
    cited = [citable.of_passage(viewer, id_) for id_ in edition.passages]
    for end, content in citation.library(Citing(viewer, site_url), cited):
        made[f"data/citations.{end}"] = content
    for script, tree in trees.items():
        made[f"data/annals-{script}.epub"] = epub.book(tree.templates, tree.viewer, site_url)
    yield from made.items()
    yield from dts.files(edition, {slug: made[f"data/tei/{slug}.xml"] for slug in edition.works}, site_url)
    yield archive(edition, made)
