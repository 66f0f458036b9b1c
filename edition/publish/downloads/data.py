"""The JSON files: what the pages show, for programs. Fields and their meaning are a contract (see `schemas`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from edition.align.synopsis import Column, Year
from edition.edition import Edition
from edition.model.layers import Event, Name
from edition.model.scripts import Pair
from edition.model.texts import Passage
from edition.publish.downloads import identities, sources
from edition.rules import sexagenary


def files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every JSON file."""
    release = edition.corpus.about.release
    yield "data/edition.json", _json(_about(edition))
    yield "data/years.json", _json({"release": release, "years": [_year(edition, y) for y in edition.years]})
    passages = [_passage(edition, p) for p in edition.passages.values()]
    yield "data/passages.json", _json({"release": release, "passages": passages})
    events = [_event(e) for e in edition.layers.events]
    yield "data/events.json", _json({"release": release, "events": events})
    found = occurrences(edition)
    names = [_name(edition, n, found.get(n.id, [])) for n in edition.layers.names]
    yield "data/names.json", _json({"release": release, "names": names})
    yield "data/sources.json", _json({"release": release, "sources": sources.entries(edition)})


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


def _about(edition: Edition) -> dict[str, Any]:
    about = edition.corpus.about
    return {
        "title": _pair(about.title) | {"en": about.subtitle},
        "release": about.release,
        "released": about.released,
        "editors": list(about.editors),
        "licence": about.licence,
        "licence_url": about.licence_url,
        "site_url": about.site_url,
        "works": [
            {
                "slug": work.slug,
                "title": _pair(work.title),
                "juan": [juan.number for juan in work.juans],
                "script": work.script,
                "author": _pair(work.about.author),
                "dynasty": _pair(work.about.dynasty),
                "reckoning": {
                    edition.corpus.calendar.era_by_code[code].name.hant: year for code, year in work.reckoning
                },
                "checksum": {str(juan.number): juan.checksum for juan in work.juans},
                "passages": sum(p.work == work.slug for p in edition.passages.values()),
                "sentences": sum(len(p.sentences) for p in edition.passages.values() if p.work == work.slug),
                "url": f"/{work.slug}/",
            }
            for work in edition.works.values()
        ],
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


def _year(edition: Edition, year: Year) -> dict[str, Any]:
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
        "first": sexagenary.iso(year.span[0]) if year.span else None,
        "last": sexagenary.iso(year.span[1]) if year.span else None,
        "names": names,
        "works": {column.work: _column(edition, column) for column in year.columns},
        "url": f"/year/{year.year}/",
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


def _passage(edition: Edition, passage: Passage) -> dict[str, Any]:
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
                "n": int(sentence.n) if sentence.n.isdecimal() else sentence.n,
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
            }
            for day in edition.days[passage.id]
        ],
        "url": f"/{passage.url}",
    }


def _event(event: Event) -> dict[str, Any]:
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
        "url": f"/event/{event.id}/",
    }


def occurrences(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """Return where each name is tagged: id of the name → places in the order of the text."""
    found: dict[str, list[dict[str, Any]]] = {}
    for id_, tags in edition.tags.items():
        text = edition.texts[id_]
        bounds = text.sentences()
        for tag in tags:
            n = next(n for n, start, end in bounds if start <= tag.start < end)
            entry = {
                "passage": id_,
                "sentence": int(n) if n.isdecimal() else n,
                "form": tag.form,
                "start": text.received(tag.start),
                "end": text.received(tag.end, end=True),
                "by_title": tag.by_title,
            }
            found.setdefault(tag.name.id, []).append(entry)
    return found


def _name(edition: Edition, name: Name, occurrences: list[dict[str, Any]]) -> dict[str, Any]:
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
        "url": f"/name/{name.id}/",
    }
