"""The pages of the concordance and of the events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edition.edition import Edition
from edition.model.layers import Account, Event, Name
from edition.model.texts import Work
from edition.model.time import Slot
from edition.publish.cite.things import of_event
from edition.publish.views.page_spec import who
from edition.publish.views.values import AccountView, OccurrenceView
from edition.publish.views.viewer import Viewer, julian
from edition.rules.sexagenary import jdn

Spec = tuple[str, str, dict[str, Any]]


def event_pages(viewer: Viewer) -> Iterator[Spec]:
    """The list of events, and a page for each with its accounts side by side."""
    events = viewer.edition.layers.events
    if not events:
        return
    rows = [(e.year, _date(e), e.title[viewer.script], f"event/{e.id}/", _works(viewer, e), e.kind) for e in events]
    yield "events/", "pages/events.html", {"rows": rows}
    for event in events:
        yield f"event/{event.id}/", "pages/event.html", _event(viewer, event) | {"cited": of_event(viewer, event)}


def _works(viewer: Viewer, event: Event) -> list[str]:
    slugs = dict.fromkeys(account.work for account in event.accounts)
    return [viewer.edition.works[slug].title[viewer.script] for slug in slugs]


def _date(event: Event) -> str:
    """A Julian date as far as it is known: 2月23日, 2月."""
    parts = [int(part) for part in event.julian.split("-")] if event.julian else []
    if len(parts) == 3:
        return julian(jdn(parts[0], parts[1], parts[2]), None)
    return f"{parts[0]}年{parts[1]}月" if parts else ""


def _event(viewer: Viewer, event: Event) -> dict[str, Any]:
    """What the page of an event prints."""
    edition = viewer.edition
    columns = []
    for slug in edition.works:
        accounts = [a for a in event.accounts if a.work == slug]
        if accounts:
            columns.append((edition.works[slug], [_account(viewer, a) for a in accounts]))
    silent = [
        (work.title[viewer.script], viewer.t[_silence(viewer, event, work)])
        for slug, work in edition.works.items()
        if not any(a.work == slug for a in event.accounts)
    ]
    differs = [
        (
            viewer.convert(what),
            [
                (slug, viewer.prose(dict(cells)[slug], inline=True) if slug in dict(cells) else "")
                for slug in _slugs(event, edition)
            ],
        )
        for what, cells in event.differs
    ]
    return {
        "event": event,
        "title": event.title[viewer.script],
        "date": _date(event),
        "dated_by": viewer.prose(event.dated_by, inline=True),
        "description": viewer.prose(event.about, inline=True),
        "sources": [viewer.convert(source) for source in event.sources],
        "who": who(viewer, [viewer.passage(a.passage) for a in event.accounts]),
        "columns": [(work.title[viewer.script], work.slug, accounts) for work, accounts in columns],
        "silent": silent,
        "differs": differs,
        "in_edition": any(year.year == event.year for year in edition.years),
    }


def _silence(viewer: Viewer, event: Event, work: Work) -> str:
    """Why a work has no account of an event: its text here does not reach the year, or the month, or it is silent."""
    columns = next((year.columns for year in viewer.edition.years if year.year == event.year), ())
    if all(column.outside for column in columns if column.work == work.slug):
        return "absent_outside"
    months = _months(viewer.edition, event, work)
    if months and all(viewer.beyond(work.slug, event.year, month) for month in months):
        return "beyond"
    return "absent_silent"


def _months(edition: Edition, event: Event, work: Work) -> list[Slot]:
    """The months of its year in which an event may lie: by its date, or else by where the others tell of it."""
    calendar = edition.corpus.calendar
    name = calendar.calendar_of(work.state)
    if event.julian:
        year, month, *day = map(int, event.julian.split("-"))
        spans = [(jdn(year, month, *day), jdn(year, month, *day)) if day else _julian_month(year, month)]
    else:
        told = (edition.passages[account.passage] for account in event.accounts)
        slots = {passage.slot for passage in told if passage.year == event.year} or {Slot()}
        spans = [span for slot in slots if (span := calendar.span(name, event.year, slot))]
    return [
        month.slot
        for month in calendar.months_of(name, event.year)
        if any(first <= month.last and month.first <= last for first, last in spans)
    ]


def _julian_month(year: int, month: int) -> tuple[int, int]:
    """First and last JDN of a month of the Julian calendar."""
    return jdn(year, month, 1), jdn(year + month // 12, month % 12 + 1, 1) - 1


def _slugs(event: Event, edition: Edition) -> list[str]:
    return [slug for slug in edition.works if any(a.work == slug for a in event.accounts)]


def _account(viewer: Viewer, account: Account) -> AccountView:
    """The sentences of an account, with where they stand."""
    view = viewer.passage(account.passage)
    numbers = [s.n for s in view.sentences]
    first, last = numbers.index(account.first), numbers.index(account.last)
    query = f"?to=s{account.last}" if first != last else ""
    return AccountView(
        passage=view,
        sentences=view.sentences[first : last + 1],
        label=view.label + view.when,
        url=f"{view.url}{query}#s{account.first}",
    )


def name_pages(viewer: Viewer) -> Iterator[Spec]:
    """The concordance, and a page for each name with all its occurrences."""
    names = viewer.edition.layers.names
    if not names:
        return
    occurrences: dict[str, list[tuple[str, str, int, int]]] = {}
    for id_, tags in viewer.edition.tags.items():
        bounds = viewer.edition.texts[id_].sentences()
        for tag in tags:
            n = next(n for n, start, end in bounds if start <= tag.start < end)
            occurrences.setdefault(tag.name.id, []).append((id_, n, tag.start, tag.end))
    kinds = [
        (
            kind,
            [
                (n.name[viewer.script], f"name/{n.id}/", _forms(viewer, n), len(occurrences.get(n.id, ())))
                for n in names
                if n.kind == kind
            ],
        )
        for kind in ("person", "place", "people", "office", "book")
    ]
    yield "names/", "pages/names.html", {"kinds": [k for k in kinds if k[1]]}
    by_id = {name.id: name for name in names}
    for name in names:
        yield f"name/{name.id}/", "pages/name.html", _name(viewer, name, by_id, occurrences.get(name.id, []))


def _forms(viewer: Viewer, name: Name) -> list[tuple[str, str, list[str]]]:
    """Work, slug, and the forms it uses, in the script of the tree."""
    return [
        (
            viewer.edition.works[slug].title[viewer.script],
            slug,
            [viewer.edition.shown(form, viewer.edition.works[slug].script, viewer.script) for form in forms],
        )
        for slug, forms in viewer.edition.forms(name).items()
    ]


def _name(
    viewer: Viewer, name: Name, by_id: dict[str, Name], places: list[tuple[str, str, int, int]]
) -> dict[str, Any]:
    """What the page of a name prints."""
    edition = viewer.edition
    years: dict[int, list[OccurrenceView]] = {}
    for id_, n, start, end in places:
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
        )
        years.setdefault(view.year, []).append(found)
    return {
        "name": name,
        "title": name.name[viewer.script],
        "description": viewer.prose(name.about, inline=True),
        "identified": viewer.prose(name.identified, inline=True) if name.identified else "",
        "sources": [viewer.convert(source) for source in name.sources],
        "forms": _forms(viewer, name),
        "homonyms": [(by_id[i].name[viewer.script], f"name/{i}/") for i in name.homonyms if i in by_id],
        "occurrences": len(places),
        "years": sorted(years.items()),
    }
