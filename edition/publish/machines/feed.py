"""For machines that visit: the map of the site, what robots may do, and the feed of changes to the text."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment

from edition.edition import Edition
from edition.publish.render.fragments import page_of
from edition.publish.views.viewer import Viewer


def files(
    environment: Environment, viewer: Viewer, addresses: Iterable[str], site_url: str
) -> Iterator[tuple[str, bytes]]:
    """The feed; with ``site_url``, since addresses must be whole in them, also the map and ``robots.txt``."""
    edition = viewer.edition
    values: dict[str, Any] = {
        "about": edition.corpus.about,
        "site_url": site_url,
        "top": site_url or "./",
        "t": viewer.t,
        "id": _urn(edition, ""),
        "changes": changes(viewer),
        "addresses": list(addresses),
    }
    names = ("feed.xml", "sitemap.xml", "robots.txt") if site_url else ("feed.xml",)
    for name in names:
        yield name, page_of(environment, f"machines/{name}", values, values["top"], values["top"])


def changes(viewer: Viewer) -> list[dict[str, str]]:
    """What changed in the text, the latest first."""
    return [
        {
            "id": _urn(viewer.edition, f"{change.date} {change.title.hant}"),
            "anchor": f"c-{change.date}-{len(viewer.edition.history) - n}",
            "date": change.date,
            "release": change.release,
            "title": change.title[viewer.script],
            "html": viewer.prose(change.text),
        }
        for n, change in enumerate(viewer.edition.history)
    ]


def _urn(edition: Edition, name: str) -> str:
    """A name that is the same at every build and at every address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.corpus.about.title.hant} {name}".strip()).urn
