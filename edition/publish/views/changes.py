"""What changed in the text, for the page and for the feed."""

from __future__ import annotations

import uuid

from edition.edition import Edition
from edition.publish.views.viewer import Viewer


def changes(viewer: Viewer) -> list[dict[str, str]]:
    """The entries of ``corpus/history.yaml``, the latest first."""
    return [
        {
            "id": urn(viewer.edition, f"{change.date} {change.title.hant}"),
            "anchor": f"c-{change.date}-{len(viewer.edition.history) - position}",
            "date": change.date,
            "release": change.release,
            "title": change.title[viewer.script],
            "html": viewer.prose(change.text),
        }
        for position, change in enumerate(viewer.edition.history)
    ]


def urn(edition: Edition, name: str) -> str:
    """A URN (version 5 UUID) that is the same at every build and at every address of the site."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.corpus.about.title.hant} {name}".strip()).urn
