"""The concordance of names, and a page for each with all its occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from edition.emend.names import Tag
from edition.model.kinds import NAME_KINDS
from edition.model.layers import Name
from edition.publish.pages.maps import place_map
from edition.publish.views import identities
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.values import OccurrenceView
from edition.publish.views.viewer import Viewer, opening, plain


def name_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """The concordance, and a page for each name with all its occurrences."""
    names = viewer.edition.layers.names
    if not names:
        return
    occurrences: dict[str, list[tuple[str, str, Tag]]] = {}
    for id_, tags in viewer.edition.tags.items():
        bounds = viewer.edition.texts[id_].sentences()
        for tag in tags:
            n = next(n for n, start, end in bounds if start <= tag.start < end)
            occurrences.setdefault(tag.name.id, []).append((id_, n, tag))
    kinds = [
        (
            kind,
            [
                (
                    n.name[viewer.script],
                    f"name/{n.id}/",
                    _written(viewer, viewer.edition.forms(n)),
                    _counts(occurrences.get(n.id, ())),
                )
                for n in names
                if n.kind == kind
            ],
        )
        for kind in NAME_KINDS
    ]
    yield PageSpec("names/", "pages/names.html", {"kinds": [k for k in kinds if k[1]]})
    by_id = {name.id: name for name in names}
    for name in names:
        values = _name(viewer, name, by_id, occurrences.get(name.id, []))
        yield PageSpec(f"name/{name.id}/", "pages/name.html", values)


def _counts(places: Sequence[tuple[str, str, Tag]]) -> tuple[int, int]:
    """How often a name is written, and how often it is referred to by title."""
    by_title = sum(tag.by_title for _, _, tag in places)
    return len(places) - by_title, by_title


def _written(viewer: Viewer, words: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, list[str]]]:
    """Work, slug, and the forms or titles it uses, in the script of the tree."""
    return [
        (
            viewer.edition.works[slug].title[viewer.script],
            slug,
            viewer.written(slug, forms),
        )
        for slug, forms in words.items()
    ]


def _name(viewer: Viewer, name: Name, by_id: dict[str, Name], places: list[tuple[str, str, Tag]]) -> dict[str, Any]:
    """The values of the page of a name."""
    edition = viewer.edition
    years: dict[int, list[OccurrenceView]] = {}
    for id_, n, tag in places:
        start, end = tag.start, tag.end
        view = viewer.passage(id_)
        text = edition.converted[viewer.script][id_]
        first, last = viewer.bounds(id_)[n]
        first, last = max(first, start - 24), min(last, end + 24)
        found = OccurrenceView(
            work=view.work,
            label=view.label + view.when,
            url=f"{view.url}#s{n}",
            before=text[first:start],
            form=text[start:end],
            after=text[end:last],
            by_title=tag.by_title,
        )
        years.setdefault(view.year, []).append(found)
    return {
        "name": name,
        "title": name.name[viewer.script],
        "description": (about := viewer.prose(name.about, inline=True)),
        "opening": opening(plain(about)),
        "identified": viewer.prose(name.identified, inline=True) if name.identified else "",
        "sources": [viewer.convert(source) for source in name.sources],
        "forms": _written(viewer, edition.forms(name)),
        "titles": _written(viewer, edition.titles(name)),
        "ids": identities.ids(name),
        "ids_evidence": viewer.prose(name.ids_evidence, inline=True) if name.ids_evidence else "",
        "where": identities.where(viewer, name.where),
        "map": place_map(viewer, name),
        "life": identities.life(viewer, name),
        "homonyms": [(by_id[i].name[viewer.script], f"name/{i}/") for i in name.homonyms if i in by_id],
        "occurrences": _counts(places),
        "years": sorted(years.items()),
    }
