"""Collect every download of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.edition import Edition
from edition.model.scripts import Script
from edition.publish.cite import patterns as citation
from edition.publish.cite import things as citable
from edition.publish.cite.linked import Linked
from edition.publish.cite.patterns import Citing
from edition.publish.downloads import csv_and_text, data, dts, epub, icalendar, kml, repository, schemas
from edition.publish.downloads.archive import archive
from edition.publish.downloads.database import database
from edition.publish.downloads.tables import tables as all_tables
from edition.publish.downloads.tei import documents as tei
from edition.publish.downloads.workbook import workbook
from edition.publish.render.tree import Tree


def files(trees: Mapping[Script, Tree], site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every download; the archive comes last."""
    viewer = trees["hant"].viewer
    edition = viewer.edition
    entries = data.lists(edition, site_url)
    tables = tuple(all_tables(edition, entries))
    made = dict(data.files(edition, site_url, entries))
    made.update(schemas.files())
    made.update(csv_and_text.files(edition, tables))
    made["data/edition.sqlite"] = database(tables)
    made["data/edition.xlsx"] = workbook(tables)
    made.update(tei.files({script: tree.viewer for script, tree in trees.items()}, site_url))
    cited = [citable.of_passage(viewer, id_) for id_ in edition.passages]
    for end, content in citation.library(Citing(viewer, site_url), cited):
        made[f"data/citations.{end}"] = content
    made["data/places.kml"] = kml.places(viewer, site_url)
    made["data/days.ics"] = icalendar.calendar(viewer, site_url)
    for script, tree in trees.items():
        made[f"data/annals-{script}.epub"] = epub.book(tree.templates, tree.viewer, site_url)
    made.update(repository.files(edition, Linked(viewer, site_url, "../"), tables, dict(made)))
    yield from made.items()
    yield from _things(edition, Linked(viewer, site_url, "../../"))
    yield from dts.files(viewer, {slug: made[f"data/tei/{slug}.xml"] for slug in edition.works}, site_url)
    yield archive(edition, made)


def _things(edition: Edition, linked: Linked) -> Iterator[tuple[str, bytes]]:
    """Yield a small document of linked data for each name and each event."""
    for name in edition.layers.names:
        entity = linked.name(name, edition.named.get(name.id, ()))
        yield f"data/name/{name.id}.json", repository.serialize(entity)
    for event in edition.layers.events:
        yield f"data/event/{event.id}.json", repository.serialize(linked.event(event))
