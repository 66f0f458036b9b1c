"""The names of the edition in TEI: one list for each kind, to which the documents of all works point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.model.kinds import NameKind
from edition.model.layers import Name
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import (
    LANGUAGES,
    NAME_ELEMENTS,
    XML_ID,
    XML_LANG,
    Element,
    element,
    lines,
)
from edition.publish.downloads.tei.setting import Setting, file

#: The list of the names of a kind, its type, and the element of an entry.
LISTS: Mapping[NameKind, tuple[str, str, str]] = {
    "person": ("listPerson", "", "person"),
    "place": ("listPlace", "", "place"),
    "people": ("listOrg", "peoples", "org"),
    "state": ("listOrg", "states", "org"),
    "office": ("list", "offices", "item"),
    "book": ("listBibl", "books", "bibl"),
}


def lists(setting: Setting) -> Iterator[Element]:
    """Yield a list for each kind that has names, and one of who is whose father."""
    ordered = sorted(setting.edition.layers.names, key=lambda name: name.id)
    for kind, (outer, type_, inner) in LISTS.items():
        items = [_name(setting, name, inner) for name in ordered if name.kind == kind]
        if items and kind == "person":
            items += _fathers(setting, ordered)
        if items:
            yield element(outer, {"type": type_}, "\n", *lines(*items))


def _name(setting: Setting, name: Name, inner: str) -> Element:
    """Return the entry of a name: the name, its forms and titles in each work, and what is known of it."""
    tag = NAME_ELEMENTS[name.kind]
    return element(
        inner,
        {XML_ID: name.id},
        element(tag, {XML_LANG: LANGUAGES["hant"]}, name.name.hant),
        *([element(tag, {XML_LANG: LANGUAGES["hans"]}, name.name.hans)] if name.name.hans != name.name.hant else []),
        *_written(setting, tag, "form", setting.edition.forms(name)),
        *_written(setting, tag, "title", setting.edition.titles(name)),
        *_facts(setting, name),
        *([element("note", *setting.prose(name.about), *_cited(setting, name))] if name.about else []),
        *(
            [element("note", {"type": "identification", "cert": name.certainty}, *setting.prose(name.identified))]
            if name.identified
            else []
        ),
        *([element("note", {"type": "ids"}, *setting.prose(name.ids_evidence))] if name.ids_evidence else []),
        *_homonyms(name),
    )


def _written(setting: Setting, tag: str, type_: str, by_work: Mapping[str, tuple[str, ...]]) -> Iterator[Element]:
    """Yield the words by which each work calls or means a name, as received."""
    for slug, words in by_work.items():
        work = setting.edition.works[slug]
        attributes = {"type": type_, "source": file(work, work.script), XML_LANG: LANGUAGES[work.script]}
        yield from (element(tag, attributes, form) for form in words)


def _cited(setting: Setting, name: Name) -> Iterator[Element]:
    return (setting.citation(source) for source in name.sources)


def _facts(setting: Setting, name: Name) -> Iterator[Element]:
    """Yield the point of a place, the years of a person's life, and the ids of a name in other registers."""
    if where := name.where:
        point = element("geo", {"decls": "#wgs84"}, f"{where.lat} {where.lon}")
        yield element("location", {"type": where.precision}, point, setting.citation(where.source))
    for tag, fact in (("birth", name.born), ("death", name.died)):
        if fact:
            yield element(tag, dates.year("when", fact.year), element("note", setting.citation(fact.source)))
    if name.father and not name.father.id:
        father = element("desc", element("persName", name.father.name))
        yield element("state", {"type": "father"}, father, setting.citation(name.father.source))
    for id_ in name.ids:
        yield element("idno", {"type": id_.authority}, id_.value)


def _homonyms(name: Name) -> Iterator[Element]:
    """Yield pointers to the entries with which a name must not be confused."""
    if name.homonyms:
        pointers = " ".join(f"#{id_}" for id_ in name.homonyms)
        yield element("note", {"type": "homonyms"}, element("ptr", {"target": pointers}))


def _fathers(setting: Setting, names: list[Name]) -> list[Element]:
    """Return ``listRelation`` with the fathers who have an entry themselves, if there are any."""
    relations = [
        element(
            "relation",
            {"name": "parent", "active": f"#{name.father.id}", "passive": f"#{name.id}"},
            element("desc", setting.citation(name.father.source)),
        )
        for name in names
        if name.father and name.father.id
    ]
    return [element("listRelation", "\n", *lines(*relations))] if relations else []
