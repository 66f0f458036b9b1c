"""The parallels between works in TEI: accounts of one event, and the years of which works tell."""

from __future__ import annotations

from collections.abc import Iterator

from edition.edition import Edition
from edition.model.layers import Account, Event
from edition.model.reports import Eclipse, Report
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import XML_ID, Element, element, lines
from edition.publish.downloads.tei.setting import Setting, file, references


def lists(setting: Setting) -> Iterator[Element]:
    """Yield the events, then the years; nothing of either if there are none."""
    events = [_event(setting, event) for event in setting.edition.layers.events]
    if events:
        yield element("listEvent", "\n", *lines(*events))
    years = list(_years(setting.edition))
    if years:
        yield element("linkGrp", {"type": "years"}, "\n", *lines(*years))


def _event(setting: Setting, event: Event) -> Element:
    """Return ``event``: its date, its accounts, in what they differ, and what other books say."""
    attributes: dict[str, str | int] = {
        XML_ID: f"event.{event.id}",
        "type": event.kind,
        "n": event.year,
        "cert": event.certainty,
    }
    dating = [*setting.prose(event.dated_by), *(setting.citation(source) for source in event.sources)]
    return element(
        "event",
        attributes,
        dates.written(event.julian),
        element("label", event.title.hant),
        *([element("desc", *setting.prose(event.about))] if event.about else []),
        *([element("note", {"type": "dating"}, *dating)] if dating else []),
        *(_account(setting, account) for account in event.accounts),
        *(_difference(setting, aspect, cells) for aspect, cells in event.differs),
        *(_report(setting, report) for report in event.others),
        *([_eclipse(event.eclipse)] if event.eclipse else []),
    )


def _account(setting: Setting, account: Account) -> Element:
    """Return ``bibl``: a pointer to the first sentence, and the range of sentences."""
    document = file(setting.edition.works[account.work], setting.edition.works[account.work].script)
    first, last = (f"{document}#{account.passage}.{n}" for n in (account.first, account.last))
    return element(
        "bibl",
        {"type": "account"},
        element("ptr", {"target": first}),
        element("citedRange", {"unit": "sentence", "from": first, "to": last}),
    )


def _difference(setting: Setting, aspect: str, cells: tuple[tuple[str, str], ...]) -> Element:
    """Return ``note``: an aspect in which the accounts differ, and how each work tells it."""
    works = setting.edition.works
    items = (
        element("item", {"source": file(works[slug], works[slug].script)}, *setting.prose(words))
        for slug, words in cells
    )
    return element("note", {"type": "difference"}, element("list", element("head", aspect), *items))


def _report(setting: Setting, report: Report) -> Element:
    """Return ``note``: the words of a book that is no work of the edition."""
    source = setting.edition.bibliography.by_key.get(report.book)
    where = element(
        "bibl",
        {"corresp": references([report.book]) if source else ""},
        element("title", source.title if source else report.book),
        *([element("biblScope", {"unit": "juan", "n": report.juan}, str(report.juan))] if report.juan else []),
        *([element("date", dates.written(report.julian), report.julian)] if report.julian else []),
    )
    return element("note", {"type": "report"}, element("cit", element("quote", report.text), where))


def _eclipse(eclipse: Eclipse) -> Element:
    """Return ``note``: the type of an eclipse on the earth, and how it was seen at each place."""
    items = (
        element(
            "item",
            element("placeName", at.place),
            element("measure", {"type": "magnitude", "quantity": str(at.magnitude)}, str(at.magnitude)),
            element("time", {"when": f"{at.local_time}:00"}, at.local_time),
            element("measure", {"type": "altitude", "unit": "deg", "quantity": at.altitude}, f"{at.altitude}°"),
        )
        for at in eclipse.places
    )
    return element("note", {"type": "eclipse", "subtype": eclipse.type}, element("list", *items))


def _years(edition: Edition) -> Iterator[Element]:
    """Yield ``link`` for every year of which several works tell, between their divisions; ``ptr`` for other years."""
    for year in edition.years:
        targets = {
            column.work: dict.fromkeys(f"{p.work}.{p.juan}.{p.year_code}" for p in column.passages)
            for column in year.columns
            if column.passages
        }
        addresses = [
            f"{file(edition.works[work], edition.works[work].script)}#{id_}"
            for work, ids in targets.items()
            for id_ in ids
        ]
        if addresses:
            attributes: dict[str, str | int] = {
                XML_ID: f"year.{year.year}",
                "n": year.year,
                "target": " ".join(addresses),
            }
            yield element("link" if len(targets) > 1 else "ptr", attributes)
