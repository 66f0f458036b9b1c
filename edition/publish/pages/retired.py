"""A page at the address of every name, event and parallel that is no more: it says where it went."""

from __future__ import annotations

from collections.abc import Iterator

from edition.divide.entities import EntityId
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.viewer import Viewer


def retired_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """The pages of names, events and parallels that are no more, whether or not that is registered yet."""
    edition = viewer.edition
    titles: dict[EntityId, str] = {("name", n.id): n.name[viewer.script] for n in edition.layers.names}
    titles |= {("event", e.id): e.title[viewer.script] for e in edition.layers.events}
    titles |= {("parallel", p.id): p.id for p in edition.layers.parallels}
    for entry in edition.retired:
        if (entry.kind, entry.id) in edition.entities:
            values = {
                "id": entry.id,
                "kind": entry.kind,
                "state": entry.state,
                "to": [(titles[entry.kind, to], edition.address(f"{entry.kind}/{to}")) for to in entry.to],
                "reason": viewer.convert(entry.reason),
            }
            yield PageSpec(f"{entry.kind}/{entry.id}/", "pages/retired.html", values)
