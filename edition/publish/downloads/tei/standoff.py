"""The ``standOff`` of TEI documents: the names of a work, and the parallels between works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from edition.edition import Edition
from edition.model.kinds import NameKind
from edition.model.layers import Event, Name
from edition.model.texts import Work
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.bibliography import citation
from edition.publish.downloads.tei.elements import NAME_ELEMENTS, XML_ID, XML_LANG, Element, element, lines, prose
from edition.publish.views.viewer import Viewer
from edition.rules import sexagenary

#: The list of the names of a kind, its type, and the element of an entry.
LISTS: Mapping[NameKind, tuple[str, str, str]] = {
    "person": ("listPerson", "", "person"),
    "place": ("listPlace", "", "place"),
    "people": ("listOrg", "", "org"),
    "state": ("listOrg", "states", "org"),
    "office": ("list", "offices", "item"),
    "book": ("listBibl", "", "bibl"),
}


def names(viewer: Viewer, found: Iterable[Name], work: Work) -> Iterator[Element]:
    """Yield ``standOff`` with a list for each kind of the names that occur in a work. Nothing if there are none."""
    ordered = sorted(found, key=lambda name: name.id)
    lists = []
    for kind, (outer, type_, inner) in LISTS.items():
        items = [_name(viewer, name, inner, work) for name in ordered if name.kind == kind]
        if items:
            lists.append(element(outer, {"type": type_}, "\n", *lines(*items)))
    if lists:
        yield element("standOff", *lines(*lists))


def _name(viewer: Viewer, name: Name, inner: str, work: Work) -> Element:
    """Return the entry of a name: the name, its forms and titles in the work, and what is known of it."""
    tag = NAME_ELEMENTS[name.kind]
    forms = viewer.edition.forms(name).get(work.slug, ())
    titles = viewer.edition.titles(name).get(work.slug, ())
    return element(
        inner,
        {XML_ID: name.id},
        element(tag, {XML_LANG: "zh-Hant"}, name.name.hant),
        *(element(tag, {"type": "form"}, form) for form in forms),
        *(element(tag, {"type": "title"}, title) for title in titles),
        *_facts(viewer.edition, name),
        *([element("note", *prose(viewer, name.about))] if name.about else []),
        *([element("note", {"type": "identification"}, *prose(viewer, name.identified))] if name.identified else []),
        *([element("note", {"type": "ids"}, *prose(viewer, name.ids_evidence))] if name.ids_evidence else []),
    )


def _facts(edition: Edition, name: Name) -> Iterator[Element]:
    """Yield the point of a place, the years of a person's life, and the ids of a name in other registers."""
    if where := name.where:
        point = element("geo", f"{where.lat} {where.lon}")
        yield element("location", {"type": where.precision}, point, citation(edition, where.source))
    for tag, fact in (("birth", name.born), ("death", name.died)):
        if fact:
            yield element(tag, {"when": f"{fact.year:04}"}, element("note", citation(edition, fact.source)))
    for id_ in name.ids:
        yield element("idno", {"type": id_.authority}, id_.value)


def parallels(edition: Edition) -> Element:
    """Return ``standOff`` with the events and the years that several works tell of."""
    events = [_event(event) for event in edition.layers.events]
    years = list(_years(edition))
    lists = []
    if events:
        lists.append(element("listEvent", *lines(*events)))
    if years:
        lists.append(element("linkGrp", {"type": "years"}, *lines(*years)))
    # The schema does not allow an empty standOff.
    return element("standOff", *(lists or [element("list", element("item"))]))


def _event(event: Event) -> Element:
    """Return ``event`` with its accounts, each a pointer to the first sentence and the range of sentences."""
    accounts = (
        element(
            "bibl",
            element("ptr", {"target": f"{account.work}.xml#{account.passage}.{account.first}"}),
            element(
                "citedRange",
                {"from": f"{account.passage}.{account.first}", "to": f"{account.passage}.{account.last}"},
            ),
        )
        for account in event.accounts
    )
    parts = [int(part) for part in event.julian.split("-") if part]
    when = dates.day(sexagenary.jdn(parts[0], parts[1], parts[2])) if len(parts) == 3 else {}
    attributes: dict[str, str | int] = {XML_ID: f"event.{event.id}", "n": event.year, "cert": event.certainty}
    return element("event", attributes, when, element("label", event.title.hant), *accounts)


def _years(edition: Edition) -> Iterator[Element]:
    """Yield ``link`` for every year of which several works tell, between their divisions."""
    for year in edition.years:
        targets = {
            column.work: dict.fromkeys(f"{p.work}.{p.juan}.{p.year_code}" for p in column.passages)
            for column in year.columns
            if column.passages
        }
        if len(targets) > 1:
            addresses = (f"{work}.xml#{id_}" for work, ids in targets.items() for id_ in ids)
            yield element("link", {"n": year.year, "target": " ".join(addresses)})
