"""The list of events, and a page for each with its accounts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from edition.edition import Edition
from edition.model.layers import Event
from edition.model.reports import Report
from edition.model.texts import Work
from edition.model.time import Slot
from edition.publish.cite.things import of_event
from edition.publish.pages.maps import event_map
from edition.publish.views.page_spec import PageSpec, who
from edition.publish.views.placeholders import NoteNumbers
from edition.publish.views.values import AccountView
from edition.publish.views.viewer import Viewer, julian, opening, plain
from edition.rules.sexagenary import jdn


def event_pages(viewer: Viewer) -> Iterator[PageSpec]:
    """The list of events, and a page for each with its accounts side by side."""
    events = viewer.edition.layers.events
    if not events:
        return
    rows = [
        (e.year, _date(e.julian), e.title[viewer.script], f"event/{e.id}/", _works(viewer, e), e.kind) for e in events
    ]
    yield PageSpec("events/", "pages/events.html", {"rows": rows})
    for event in events:
        values = _event(viewer, event) | {"cited": of_event(viewer, event)}
        yield PageSpec(f"event/{event.id}/", "pages/event.html", values)


def _works(viewer: Viewer, event: Event) -> list[str]:
    slugs = dict.fromkeys(account.work for account in event.accounts)
    return [viewer.edition.works[slug].title[viewer.script] for slug in slugs]


def _date(date: str) -> str:
    """A Julian date as far as it is known: 2月23日, 2月."""
    parts = [int(part) for part in date.split("-")] if date else []
    if len(parts) == 3:
        return julian(jdn(parts[0], parts[1], parts[2]), None)
    return f"{parts[0]}年{parts[1]}月" if parts else ""


def _event(viewer: Viewer, event: Event) -> dict[str, Any]:
    """The values of the page of an event."""
    edition = viewer.edition
    columns = []
    notes = 0
    for slug, work in edition.works.items():
        accounts = []
        for account in event.accounts:
            if account.work == slug:
                accounts.append(account_view(viewer, account.passage, account.first, account.last, notes))
                notes += len(accounts[-1].numbers)
        if accounts:
            columns.append((work, accounts))
    silent = [
        (work.title[viewer.script], _silence(viewer, event, work))
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
        "date": _date(event.julian),
        "dated_by": viewer.prose(event.dated_by, inline=True),
        "description": (about := viewer.prose(event.about, inline=True)),
        "opening": opening(plain(about)),
        "sources": [viewer.convert(source) for source in event.sources],
        "who": who(viewer, [viewer.passage(a.passage) for a in event.accounts]),
        "columns": [(work.title[viewer.script], work.slug, accounts) for work, accounts in columns],
        "silent": silent,
        "differs": differs,
        "others": reports(viewer, event.others),
        "eclipse": event.eclipse,
        "eclipse_places": [(viewer.convert(at.place), at) for at in event.eclipse.places] if event.eclipse else [],
        "map": event_map(viewer, event),
        "in_edition": any(year.year == event.year for year in edition.years),
    }


def reports(viewer: Viewer, reports: Iterable[Report]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Other books, each juan once: its name, its address in the bibliography, and its words with their dates."""
    books: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for report in reports:
        known = report.book in viewer.edition.bibliography.by_key
        key = viewer.book(report.book, report.juan), f"sources/#{report.book}" if known else ""
        books.setdefault(key, []).append((viewer.convert(report.text), _date(report.julian)))
    return [(name, url, words) for (name, url), words in books.items()]


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
    own = (p.era for p in edition.passages.values() if p.work == work.slug and p.year == event.year)
    name = calendar.calendar_of(work.state, next(own, ""))
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


def account_view(viewer: Viewer, passage: str, first: str, last: str, before: int = 0) -> AccountView:
    """Consecutive sentences of a passage, by their numbers, with what is said of them.

    ``before`` is how many notes stand before them on the page.
    """
    view = viewer.passage(passage)
    numbers = [s.n for s in view.sentences]
    query = f"?to=s{last}" if first != last else ""
    told = view.sentences[numbers.index(first) : numbers.index(last) + 1]
    signs = {(sign.kind, sign.nth) for s in told for sign in s.signs}
    remarks = [remark for each in view.remarks if (remark := each.within(signs)).same]
    notes = {i for remark in remarks if remark.kind == "note" for i in (remark.index, *remark.same)}
    return AccountView(
        passage=replace(view, sentences=told, remarks=tuple(remarks)),
        numbers=NoteNumbers(before + 1, sorted(notes)),
        label=view.label + view.when,
        url=f"{view.url}{query}#s{first}",
    )
