"""The JSON files: what the pages show, for programs. Fields and their meaning are a contract (see `schemas`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from edition.align.synopsis import Column, Year
from edition.edition import Edition
from edition.model.layers import Event, Name
from edition.model.scripts import Pair
from edition.model.texts import Passage
from edition.publish.downloads import identities, schemas, scholarship, sources
from edition.publish.downloads.scholarship import number
from edition.publish.downloads.tables import dated
from edition.rules import sexagenary


def lists(edition: Edition, site_url: str = "") -> dict[str, list[dict[str, Any]]]:
    """The entries of every file that has a list, by its name, and the works. ``site_url`` may be empty.

    The ``url`` of an entry begins with the path of ``site_url``, so that it holds below the root of a host.
    """
    base = base_of(site_url)
    return {"works": _works(edition, base)} | {name: list(make(edition, base)) for name, make in LISTS.items()}


def base_of(site_url: str) -> str:
    """The path of the site on its host, with a slash at both ends.

    >>> base_of("https://example.org/annals/"), base_of("")
    ('/annals/', '/')
    """
    return urlsplit(site_url).path or "/"


def files(edition: Edition, site_url: str, entries: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every JSON file. ``entries``: what `lists` returns."""
    release = edition.corpus.about.release
    yield "data/edition.json", _json(_about(edition, site_url, entries))
    for name in LISTS:
        own = {"type": "FeatureCollection"} if name == "places" else {}
        plural = "features" if name == "places" else name
        yield f"data/{schemas.file_name(name)}", _json({**own, "release": release, plural: entries[name]})


def _json(data: Mapping[str, object]) -> bytes:
    """Serialize an object with each field on its own line, and each entry of a list, for a readable diff."""
    fields = []
    for name, value in data.items():
        entries = value if isinstance(value, list) else []
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
        whole = f"[\n{lines}\n]" if entries else json.dumps(value, ensure_ascii=False)
        fields.append(f"{json.dumps(name)}: {whole}")
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def _pair(pair: Pair) -> dict[str, str]:
    return {"hant": pair.hant, "hans": pair.hans}


def _about(edition: Edition, site_url: str, entries: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    about = edition.corpus.about
    return {
        "title": _pair(about.title) | {"en": about.subtitle},
        "release": about.release,
        "released": about.released,
        "editors": list(about.editors),
        "licence": about.licence,
        "licence_url": about.licence_url,
        "site_url": site_url,
        "works": entries["works"],
        "counts": {
            "passages": len(edition.passages),
            "sentences": sum(len(p.sentences) for p in edition.passages.values()),
            "days": sum(len(days) for days in edition.days.values()),
            "years": len(edition.years),
            "notes": len(edition.layers.notes),
            "apparatus": len(edition.layers.apparatus),
            "names": len(edition.layers.names),
            "events": len(edition.layers.events),
        },
    }


def _works(edition: Edition, base: str) -> list[dict[str, Any]]:
    return [
        {
            "slug": work.slug,
            "title": _pair(work.title),
            "latin_title": work.about.latin_title or None,
            "juan": [juan.number for juan in work.juans],
            "script": work.script,
            "author": _pair(work.about.author),
            "latin_author": work.about.latin_author or None,
            "dynasty": _pair(work.about.dynasty),
            "reckoning": {edition.corpus.calendar.era_by_code[code].name.hant: year for code, year in work.reckoning},
            "checksum": {str(juan.number): juan.checksum for juan in work.juans},
            "passages": sum(p.work == work.slug for p in edition.passages.values()),
            "sentences": sum(len(p.sentences) for p in edition.passages.values() if p.work == work.slug),
            "url": f"{base}{work.slug}/",
        }
        for work in edition.works.values()
    ]


def _years(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    yield from (_year(edition, year, base) for year in edition.years)


def _year(edition: Edition, year: Year, base: str) -> dict[str, Any]:
    names = [
        {
            "state": state.name.hant,
            "names": [
                {"name": edition.label(era.code, number).hant, "era": era.code, "number": number}
                for era, number in eras
            ],
        }
        for state, eras in edition.corpus.calendar.year_names(year.year)
    ]
    return {
        "year": year.year,
        "ganzhi": year.ganzhi,
        **dated(year.span),
        "names": names,
        "works": {column.work: _column(edition, column) for column in year.columns},
        "url": f"{base}year/{year.year}/",
    }


def _column(edition: Edition, column: Column) -> dict[str, Any]:
    return {
        "label": "、".join(edition.label(era, n).hant for era, n in column.labels) or None,
        "absence": column.absence or None,
        "outside": column.outside or None,
        "characters": edition.characters(column.passages),
        "passages": [passage.id for passage in column.passages],
        "elsewhere": list(dict.fromkeys(item.anchor.passage for item in column.elsewhere)),
    }


def _passages(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    yield from (_passage(edition, passage, base) for passage in edition.passages.values())


def _passage(edition: Edition, passage: Passage, base: str) -> dict[str, Any]:
    texts = edition.texts[passage.id]
    hant, hans = edition.converted["hant"][passage.id], edition.converted["hans"][passage.id]
    printed = passage.printed
    return {
        "id": passage.id,
        "work": passage.work,
        "juan": passage.juan,
        "line": passage.line,
        "printed": {
            "era": printed.era,
            "year": printed.year,
            "month": printed.month,
            "intercalary": printed.intercalary if printed.era else None,
            "season": printed.season,
            "inferred": list(printed.inferred),
        },
        "year": passage.year,
        "basis": passage.basis,
        "received": passage.text,
        "hant": hant,
        "hans": hans,
        "sentences": [
            {
                "n": number(sentence.n),
                "received": passage.text[sentence.start : sentence.end],
                "hant": hant[start:end],
                "hans": hans[start:end],
            }
            for sentence, (_, start, end) in zip(passage.sentences, texts.sentences(), strict=True)
        ],
        "days": [
            {
                "quote": day.quote,
                "day": day.day or None,
                "jdn": day.jdn or None,
                "julian": sexagenary.iso(day.jdn) if day.jdn else None,
                "sentence": passage.sentence_at(day.start).n,
            }
            for day in edition.days[passage.id]
        ],
        "url": f"{base}{passage.url}",
    }


def _events(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    yield from (_event(event, base) for event in edition.layers.events)


def _event(event: Event, base: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "kind": event.kind or None,
        "title": _pair(event.title),
        "year": event.year,
        "julian": event.julian or None,
        "jdn": identities.jdn_of(event.julian),
        "certainty": event.certainty,
        "dated_by": event.dated_by or None,
        "about": event.about or None,
        "others": [identities.of_report(other) for other in event.others],
        "eclipse": identities.of_eclipse(event.eclipse),
        "accounts": [
            {"work": a.work, "from": f"{a.passage}.{a.first}", "to": f"{a.passage}.{a.last}"} for a in event.accounts
        ],
        "differs": [{"what": what, **dict(cells)} for what, cells in event.differs],
        "sources": list(event.sources),
        "url": f"{base}event/{event.id}/",
    }


def _occurrences(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """Return where each name is tagged: id of the name → places in the order of the text."""
    found: dict[str, list[dict[str, Any]]] = {}
    for id_, tags in edition.tags.items():
        text = edition.texts[id_]
        bounds = text.sentences()
        for tag in tags:
            n = next(n for n, start, end in bounds if start <= tag.start < end)
            entry = {
                "passage": id_,
                "sentence": number(n),
                "form": tag.form,
                "start": text.received(tag.start),
                "end": text.received(tag.end, end=True),
                "by_title": tag.by_title,
            }
            found.setdefault(tag.name.id, []).append(entry)
    return found


def _names(edition: Edition, base: str) -> Iterator[dict[str, Any]]:
    found = _occurrences(edition)
    yield from (_name(edition, name, found.get(name.id, []), base) for name in edition.layers.names)


def _name(edition: Edition, name: Name, occurrences: list[dict[str, Any]], base: str) -> dict[str, Any]:
    return {
        "id": name.id,
        "kind": name.kind,
        "name": _pair(name.name),
        "about": name.about or None,
        "identified": name.identified or None,
        "forms": {slug: list(forms) for slug, forms in edition.forms(name).items()},
        "titles": {slug: list(titles) for slug, titles in edition.titles(name).items()},
        **identities.of_name(name),
        "certainty": name.certainty,
        "sources": list(name.sources),
        "occurrences": occurrences,
        "url": f"{base}name/{name.id}/",
    }


#: The files that have a list, and its entries. Their fields are in ``schemas.yaml``.
LISTS: Mapping[str, Callable[[Edition, str], Iterable[dict[str, Any]]]] = {
    "years": _years,
    "passages": _passages,
    "events": _events,
    "names": _names,
    "notes": scholarship.notes,
    "apparatus": scholarship.apparatus,
    "datings": scholarship.datings,
    "days": scholarship.days,
    "places": scholarship.places,
    "sources": sources.entries,
}
