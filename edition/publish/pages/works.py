"""The pages of the works: read through, by juan, year and month, and every passage on its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from edition.model.scripts import HAN, Script
from edition.model.texts import Passage
from edition.publish.cite.things import of_section, responsibility
from edition.publish.views.compared import compared
from edition.publish.views.page_spec import PageSpec, neighbours, numbers, who
from edition.publish.views.text import sentences
from edition.publish.views.values import PassageView
from edition.publish.views.viewer import Viewer, julian_span, opening, plain
from edition.rules.numerals import write


def work_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """A work read through: whole, by juan, by year, by month, and every passage on its own."""
    for work in viewer.edition.works.values():
        own = [viewer.passage(id_) for id_, p in viewer.edition.passages.items() if p.work == work.slug]
        values = {"work": work, "title": work.title[viewer.script], "about_work": _about(viewer, work.slug)}
        yield PageSpec(f"{work.slug}/", "pages/work.html", values | _section(viewer, own, "", 1) | {"crumbs": []})
        links = [(p.url, f"{p.label}{p.when} {p.id}") for p in own]
        for parts in (2, 3, 4):
            groups = list(_groups(own, parts).items())
            labels = [(f"{key}/", _part_label(viewer, group[0], parts)) for key, group in groups]
            for index, (key, group) in enumerate(groups):
                crumbs = [
                    ("/".join(key.split("/")[:n]) + "/", _part_label(viewer, group[0], n)) for n in range(2, parts)
                ]
                yield PageSpec(
                    f"{key}/",
                    "pages/work.html",
                    values
                    | _section(viewer, group, labels[index][1], parts)
                    | {"about_work": None, "crumbs": [(name, url) for url, name in crumbs]},
                    **neighbours(labels, index),
                )
        for index, passage in enumerate(own):
            yield PageSpec(
                passage.url,
                "pages/passage.html",
                {
                    "passage": passage,
                    "moved": _moved(viewer, passage.id),
                    "who": who(viewer, [passage]),
                    **_dating(viewer, passage),
                },
                **neighbours(links, index),
            )


def _received(viewer: Viewer, passage: Passage) -> list[tuple[str, bool]]:
    """The transcription in stretches; True marks characters whose conversion is ambiguous."""
    work = viewer.edition.works[passage.work]
    if work.script == viewer.script:
        return [(passage.text, False)]
    offsets = {c.offset for c in viewer.edition.converter.choices(passage.text, work.script) if c.by != "rule"}
    return [
        ("".join(character for _, character in group), decided)
        for decided, group in groupby(enumerate(passage.text), lambda item: item[0] in offsets)
    ]


def moved_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """A page at the address of every retired id, with the words that it stood for and where they are now."""
    edition = viewer.edition
    for id_ in edition.moved:
        if id_ not in edition.passages:
            entry = edition.registered[id_]
            state = entry.state if entry.state != "live" else "alias"
            values = {"id": id_, "state": state, "history": entry.history, "parts": _moved(viewer, id_)}
            yield PageSpec(f"{id_.replace('.', '/')}/", "pages/moved.html", values)


def _moved(viewer: Viewer, id_: str) -> list[dict[str, Any]]:
    """The passages in which the words of an id are now, each once; and the words that are in none."""
    edition = viewer.edition
    places: dict[str, list[tuple[str, int]]] = {}
    gone = []
    for sentence in edition.moved.get(id_, ()):
        if not sentence.passage:
            script = edition.works[id_.partition(".")[0]].script
            gone.append((sentence.n, edition.shown(sentence.han, script, viewer.script)))
            continue
        starts = [match.start() for match in HAN.finditer(edition.passages[sentence.passage].text)]
        places.setdefault(sentence.passage, []).append((sentence.n, starts[sentence.offset]))
    parts: list[dict[str, Any]] = [
        {
            "view": viewer.passage(target),
            "sentences": sentences(edition, edition.passages[target], viewer.script, anchors),
        }
        for target, anchors in places.items()
    ]
    return [*parts, {"view": None, "cited": gone}] if gone else parts


def _prefix(passage: PassageView, parts: int) -> str:
    return "/".join(passage.id.split(".")[:parts])


def _groups(passages: list[PassageView], parts: int) -> dict[str, list[PassageView]]:
    """Passages grouped by the first ``parts`` parts of their ids, in the order of the first of each group."""
    groups: dict[str, list[PassageView]] = {}
    for passage in passages:
        groups.setdefault(_prefix(passage, parts), []).append(passage)
    return groups


def _section(viewer: Viewer, passages: list[PassageView], label: str, parts: int) -> dict[str, Any]:
    """Passages gathered under their year labels, in order of the text. ``parts``: 1 for a work … 4 for a month."""
    years = [(label_, year, list(group)) for (label_, year), group in groupby(passages, lambda p: (p.label, p.year))]
    section = {
        "years": years,
        "contents": [(label_, _months(own) if label_ else []) for label_, _, own in years],
        "numbers": numbers(passages),
        "label": label,
        "who": who(viewer, passages),
    }
    if not passages:
        return section | {"whole": None, "opening": ""}
    whole = of_section(viewer, [viewer.edition.passages[passage.id] for passage in passages], parts)
    begins = opening(viewer.edition.converted[viewer.script][passages[0].id])
    said = viewer.edition.works[passages[0].slug].about.description if parts == 1 else ""
    described = opening(plain(viewer.prose(said, inline=True))) or begins
    return section | {"whole": whole, "opening": f"{whole.title.partition('（')[0]}：{described}"}


def _months(passages: list[PassageView]) -> list[tuple[str, str]]:
    """The months and seasons under a year label: the id of the first passage of each, and its name."""
    first = [next(group) for _, group in groupby(passages, lambda passage: passage.when)]
    return [(passage.id, passage.when) for passage in first if passage.when]


def _part_label(viewer: Viewer, passage: PassageView, parts: int) -> str:
    """The name of a juan (2), a year (3) or a month (4) of a work."""
    if parts == 2:
        return viewer.t["juan_n"].format(n=write(viewer.edition.passages[passage.id].juan))
    return (passage.label + (passage.when if parts == 4 else "")) or viewer.t["preface"]


def _about(viewer: Viewer, slug: str) -> dict[str, Any]:
    """What a work.yaml says of a work, in the script of the tree."""
    work = viewer.edition.works[slug]
    script: Script = viewer.script
    return {
        "author": responsibility(viewer, work),
        "compiled": viewer.convert(work.about.compiled),
        "description": viewer.prose(work.about.description, inline=True),
        "source": viewer.prose(work.about.source, inline=True),
        "covers": viewer.convert(work.about.covers),
        "reckoning": viewer.prose(work.about.reckoning, inline=True),
        "juans": [(write(j.number), j.chapter[script], f"{slug}/{j.number}/") for j in work.juans],
    }


def _dating(viewer: Viewer, view: PassageView) -> dict[str, Any]:
    """The date of a passage in words, and how it is known."""
    edition = viewer.edition
    passage = edition.passages[view.id]
    calendar = edition.corpus.calendar
    work = edition.works[passage.work]
    span = calendar.span(calendar.calendar_of(work.state, passage.era), passage.year, passage.slot)
    common = ""
    if passage.era:
        era = calendar.era_by_code[passage.era]
        number = passage.year - era.first + 1
        if number != passage.printed.year and 0 < number <= era.last - era.first + 1:
            common = edition.label(passage.era, number)[viewer.script]
    juan = next(j for j in work.juans if j.number == passage.juan)
    return {
        "chapter": juan.chapter[viewer.script],
        "juan": passage.juan,
        "juan_name": write(passage.juan),
        "opening": opening(edition.converted[viewer.script][passage.id]),
        "span": julian_span(span, None),
        "common": common,
        "reckoning": viewer.prose(work.about.reckoning, inline=True) if work.about.reckoning else "",
        "line": passage.line,
        "inferred": [viewer.t[f"inferred_{part}"] for part in passage.printed.inferred],
        "month_page": f"{passage.work}/{passage.juan}/{passage.year_code}/{passage.slot.code}/",
        "year_page": f"{passage.work}/{passage.juan}/{passage.year_code}/",
        "received": _received(viewer, passage),
        "compared": (pairs := compared(edition, passage, viewer.script)),
        "emended": sum(entry.applied for entry in view.entries),
        "converted": sum(pair.differs == "script" and bool(HAN.match(pair.shown)) for pair in pairs),
        "received_lang": "zh-Hant" if work.script == "hant" else "zh-Hans",
    }
