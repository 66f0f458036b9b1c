"""Who is who: every person with the forms that each work writes, and the years of the mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edition.emend.names import Tag
from edition.model.layers import Name
from edition.publish.pictures.mentions import Mentions, axis, bar
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.placeholders import ROOT
from edition.publish.views.viewer import Viewer


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place where a work names a person."""

    slug: str
    passage: str
    form: str
    """In the script of the tree."""
    by_title: bool


def who_page(viewer: Viewer) -> Iterator[PageSpec]:
    """All persons on one page: those in several works first, then those that are mentioned most."""
    mentions = _mentions(viewer)
    persons = [name for name in viewer.edition.layers.names if name.kind == "person" and name.id in mentions]
    if not persons:
        return
    order = {name.id: _order(viewer, mentions[name.id]) for name in persons}
    rows = [_row(viewer, name, mentions[name.id]) for name in sorted(persons, key=lambda name: order[name.id])]
    groups = [
        ("", [row for row in rows if len(row["works"]) > 1]),
        *(
            (work.title[viewer.script], [row for row in rows if row["works"] == {slug}])
            for slug, work in viewer.edition.works.items()
        ),
    ]
    years = viewer.edition.years[0].year, viewer.edition.years[-1].year
    values = {
        "groups": [group for group in groups if group[1]],
        "titles": [work.title[viewer.script] for work in viewer.edition.works.values()],
        "axis": axis(years),
        "count": len(persons),
    }
    yield PageSpec("who/", "pages/who.html", values)


def _mentions(viewer: Viewer) -> Mapping[str, list[_Mention]]:
    """Id of a name → its mentions, in the order of the edition."""
    found: dict[str, list[_Mention]] = {}
    for passage, tags in viewer.edition.tags.items():
        text = viewer.edition.converted[viewer.script][passage]
        for tag in tags:
            found.setdefault(tag.name.id, []).append(_mention(passage, text, tag))
    return found


def _mention(passage: str, text: str, tag: Tag) -> _Mention:
    return _Mention(passage.partition(".")[0], passage, text[tag.start : tag.end], tag.by_title)


def _order(viewer: Viewer, mentions: list[_Mention]) -> tuple[int, int, int]:
    works = {mention.slug for mention in mentions}
    return -len(works), -len(mentions), viewer.edition.order[mentions[0].passage]


def _row(viewer: Viewer, name: Name, mentions: list[_Mention]) -> dict[str, Any]:
    """A person: the forms in each work with their numbers, and the bar of years."""
    edition = viewer.edition
    by_work = {slug: [mention for mention in mentions if mention.slug == slug] for slug in edition.works}
    named = [{m.form for m in own if not m.by_title} for own in by_work.values() if any(not m.by_title for m in own)]
    years = edition.years[0].year, edition.years[-1].year
    lanes = [
        Mentions(edition.works[slug].title[viewer.script], Counter(edition.passages[m.passage].year for m in own))
        for slug, own in by_work.items()
    ]
    return {
        "id": name.id,
        "name": name.name[viewer.script],
        "doubtful": name.certainty != "high",
        "works": {slug for slug, own in by_work.items() if own},
        "apart": len(named) > 1 and not set.intersection(*named),
        "cells": [
            (edition.works[slug].title[viewer.script], _forms(viewer, own), len(own)) for slug, own in by_work.items()
        ],
        "bar": bar(years, lanes, f"{ROOT}year/{{year}}/"),
    }


def _forms(viewer: Viewer, mentions: list[_Mention]) -> list[tuple[str, bool, str]]:
    """The forms of a person in one work, the most frequent first, each with the address of its first place."""
    counts = Counter((mention.form, mention.by_title) for mention in mentions)
    first = {(mention.form, mention.by_title): mention.passage for mention in reversed(mentions)}
    return [
        (form, by_title, viewer.edition.passages[first[form, by_title]].url)
        for (form, by_title), _ in sorted(counts.items(), key=lambda item: (item[0][1], -item[1]))
    ]
