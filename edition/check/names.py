"""What a name of the concordance should tell a reader, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.edition import Edition
from edition.model.findings import Finding
from edition.model.layers import Name


def bare_names(names: Iterable[Name]) -> Iterator[Finding]:
    """Names that say nothing of who or what they are, or not how that is known."""
    for name in names:
        for field, value in (("about", name.about), ("sources", name.sources)):
            if not value:
                yield Finding("NAME-BARE", name.place, f"{name.id} has no {field}: add {field}: …", (name.id,), field)


def unregistered(edition: Edition, new: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Names and events whose ids are not registered yet."""
    places = {("name", name.id): name.place for name in edition.layers.names}
    places |= {("event", event.id): event.place for event in edition.layers.events}
    for kind, id_ in new:
        message = f"{kind} {id_} is not registered: run build.py register"
        yield Finding("ID-UNREGISTERED", places[kind, id_], message, (id_,))
