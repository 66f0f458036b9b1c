"""The works in TEI P5: one file a work, and one for what is parallel between them.

A file is in the script of its transcription, so that both the text as received and the established text stand in it:
what the apparatus changes is ``choice`` of ``sic`` and ``corr``, of layout ``orig`` and ``reg``. The text of an ``s``
without ``sic`` and ``orig`` is the established sentence, without ``corr`` and ``reg`` the received one. Our ids are
``xml:id``.

Dates have the Gregorian ``@when`` that TEI asks for, and the Julian date of the edition as ``@when-custom``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from xml.sax.saxutils import escape, quoteattr

from edition.edition import Edition
from edition.model.kinds import NameKind
from edition.model.layers import Entry, Event, Name
from edition.model.texts import Passage, Work
from edition.publish.views.placeholders import ROOT
from edition.publish.views.viewer import Viewer
from edition.rules import sexagenary

#: The day before the first of Python's own count, in JDN.
BEFORE = 1_721_425
LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
#: The element of a name in the text.
ELEMENTS: Mapping[NameKind, str] = {
    "person": "persName",
    "place": "placeName",
    "people": "orgName",
    "state": "orgName",
    "office": "roleName",
    "book": "title",
}
#: The list of the names of a kind, its type, and the element of an entry.
LISTS: Mapping[NameKind, tuple[str, str, str]] = {
    "person": ("listPerson", "", "person"),
    "place": ("listPlace", "", "place"),
    "people": ("listOrg", "", "org"),
    "state": ("listOrg", "states", "org"),
    "office": ("list", "offices", "item"),
    "book": ("listBibl", "", "bibl"),
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}">\n'
#: A link, a character that is named, or emphasis, in prose that has become HTML.
INLINE = re.compile(r'<a href="(?P<target>[^"]*)"[^>]*>|(?P<end></a>)|<(?P<close>/?)(?P<name>code|em|strong)>|<[^>]*>')


def files(viewer: Viewer, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file: its path below the site, and its content. ``viewer`` is the Traditional one, as editors write."""
    for work in viewer.edition.works.values():
        yield f"data/tei/{work.slug}.xml", _work(viewer, work, site_url).encode()
    yield "data/tei/parallels.xml", _parallels(viewer, site_url).encode()


def element(name: str, content: str = "", **attributes: str | int) -> str:
    """An element; empty attributes are left out, an underscore in a name stands for a colon or hyphen.

    >>> element("s", "甲辰", xml_id="jinshi.2.tianfu4.5.1.1", when__custom="1120-06-02")
    '<s xml:id="jinshi.2.tianfu4.5.1.1" when-custom="1120-06-02">甲辰</s>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('__', '-').replace('_', ':')}={quoteattr(str(value))}"
        for key, value in attributes.items()
        if value not in ("", None)
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


# --- a work


def _work(viewer: Viewer, work: Work, site_url: str) -> str:
    edition = viewer.edition
    passages = [p for p in edition.passages.values() if p.work == work.slug]
    language = LANGUAGES[work.script]
    body = element("body", "".join(_juans(edition, passages)))
    text = element("text", body + _back(viewer, passages), n=work.slug)
    header = _header(
        viewer,
        work.title.hant,
        site_url,
        (_source(viewer, work), _encoding(work, scattered='<div type="month" corresp=' in body), language),
    )
    names = {tag.name.id: tag.name for p in passages for tag in edition.tags.get(p.id, ())}
    return HEAD.format(language=language) + f"{header}{_names(viewer, names.values(), work)}{text}\n</TEI>\n"


def _juans(edition: Edition, passages: Iterable[Passage]) -> Iterator[str]:
    """Divisions by juan, year and month, in the order of the text. What is entered again is a division again."""
    seen: set[str] = set()

    def division(kind: str, id_: str, content: str) -> str:
        again = id_ in seen
        seen.add(id_)
        own = {"corresp": f"#{id_}"} if again else {"xml_id": id_, "n": id_.rpartition(".")[2]}
        return element("div", f"\n{content}", type=kind, **own) + "\n"

    def within(group: list[Passage], parts: int) -> Iterator[str]:
        if parts > 4:
            yield from (ab(edition, passage) for passage in group)
            return
        kind = {2: "juan", 3: "year", 4: "month"}[parts]
        for id_, own in groupby(group, lambda p: ".".join(p.id.split(".")[:parts])):
            yield division(kind, id_, "".join(within(list(own), parts + 1)))

    yield from within(list(passages), 2)


def ab(edition: Edition, passage: Passage) -> str:
    """A passage: its date, then its sentences."""
    sentences = "".join(
        element("s", "".join(_sentence(edition, passage, n)), xml_id=f"{passage.id}.{s.n}", n=s.n)
        for n, s in enumerate(passage.sentences)
    )
    return element("ab", _slot(edition, passage) + sentences, xml_id=passage.id, n=passage.id.rpartition(".")[2]) + "\n"


def _slot(edition: Edition, passage: Passage) -> str:
    """When a passage is, as the work prints or carries it: an empty ``date`` before its words."""
    if not passage.era:
        return ""
    calendar, work = edition.corpus.calendar, edition.works[passage.work]
    label = edition.label(passage.era, passage.printed.year or 0)[work.script]
    span = calendar.span(calendar.calendar_of(work.state, passage.era), passage.year, passage.slot)
    custom = ".".join(passage.id.split(".")[2:4])
    return element(
        "date", type=passage.basis, calendar="#chinese", n=f"{label} {custom}", **(_span(*span) if span else {})
    )


def _span(first: int, last: int) -> dict[str, str]:
    """The attributes of a stretch of days in JDN."""
    return {
        "notBefore": _gregorian(first),
        "notAfter": _gregorian(last),
        "notBefore__custom": sexagenary.iso(first),
        "notAfter__custom": sexagenary.iso(last),
        "datingMethod": "#julian",
    }


def _gregorian(jdn: int) -> str:
    """A JDN as the proleptic Gregorian date that ``@when`` is by definition.

    >>> _gregorian(2130291)  # 1120-06-02 Julian: 天輔四年五月甲辰
    '1120-06-09'
    """
    return date.fromordinal(jdn - BEFORE).isoformat()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a sentence that is as received, or one change of the apparatus."""

    start: int
    """In the established text."""
    established: str
    received: str
    entry: Entry | None


def _stretches(edition: Edition, passage: Passage, n: int) -> Iterator[_Stretch]:
    """The stretches of a sentence. A change that reaches over its end belongs, as established, to the next."""
    first, last = passage.sentences[n].start, passage.sentences[n].end
    for piece in edition.texts[passage.id].pieces:
        start, end = max(first, piece.start), min(last, piece.start + len(piece.received))
        inside = start < end or (piece.received == "" and first <= piece.start < last)
        final = n == len(passage.sentences) - 1 and piece.received == "" and piece.start == last
        if not (inside or final):
            continue
        received = piece.received[start - piece.start : end - piece.start]
        if not piece.entry:
            yield _Stretch(piece.offset + start - piece.start, received, received, None)
        elif end < piece.start + len(piece.received):
            yield _Stretch(piece.offset, "", received, piece.entry)
        else:
            yield _Stretch(piece.offset, piece.established, received, piece.entry)


def _sentence(edition: Edition, passage: Passage, n: int) -> Iterator[str]:
    """The content of a sentence, names and days around what they are made of."""
    marks = _marks(edition, passage)
    cut = sorted({place for start, end, _ in marks for place in (start, end)})
    pieces: list[tuple[str, str]] = []
    for stretch in _stretches(edition, passage, n):
        start, end = stretch.start, stretch.start + len(stretch.established)
        places = [start, *(place for place in cut if start < place < end), end]
        for i, (a, b) in enumerate(pairwise(places)):
            owner = next((tag for first, last, tag in marks if first <= a < last), "")
            words = stretch.established[a - start : b - start]
            pieces.append((owner, _changed(words, "" if i else stretch.received, stretch.entry)))
    for owner, group in groupby(pieces, itemgetter(0)):
        content = "".join(text for _, text in group)
        yield f"<{owner}>{content}</{owner.partition(' ')[0]}>" if owner else content


def _changed(words: str, received: str, entry: Entry | None) -> str:
    """Words as they are, or what was received and what stands for it."""
    if not entry:
        return escape(words)
    old, new = ("orig", "reg") if entry.kind == "layout" else ("sic", "corr")
    corrected = element(new, escape(words), cert="" if entry.kind == "layout" else entry.certainty, resp="#editors")
    return element("choice", element(old, escape(received)) + corrected)


def _marks(edition: Edition, passage: Passage) -> list[tuple[int, int, str]]:
    """Names and days: start and end in the established text, and the start tag without its brackets."""
    established = edition.texts[passage.id]
    found = [
        (tag.start, tag.end, f'{ELEMENTS[tag.name.kind]} ref="#{tag.name.id}"')
        for tag in edition.tags.get(passage.id, ())
    ]
    for day in edition.days[passage.id]:
        start, end = established.offset(day.start), established.offset(day.start + len(day.quote), end=True)
        if day.jdn and not any(start < b and a < end for a, b, _ in found):
            when = f'when="{_gregorian(day.jdn)}" when-custom="{sexagenary.iso(day.jdn)}" datingMethod="#julian"'
            found.append((start, end, f'date calendar="#chinese" {when} n="JDN {day.jdn}"'))
    return sorted(found)


# --- what stands around the text


def _header(viewer: Viewer, title: str, site_url: str, parts: tuple[str, str, str]) -> str:
    """The header: ``parts`` are the description of the source, of the encoding, and the language."""
    source, encoding, language = parts
    about = viewer.edition.corpus.about
    editors = "".join(element("name", escape(name)) for name in about.editors)
    responsible = element("respStmt", element("resp", "edited by") + editors, xml_id="editors") if editors else ""
    licence = element("licence", escape(about.licence), target=about.licence_url) if about.licence else ""
    release = element("edition", f"release {escape(about.release)}", n=about.release)
    published = element("date", about.released, when=about.released) if about.released else ""
    address = element("idno", escape(site_url), type="URI") if site_url else ""
    return (
        element(
            "teiHeader",
            element(
                "fileDesc",
                element("titleStmt", element("title", escape(title)) + responsible)
                + element("editionStmt", release)
                + element(
                    "publicationStmt",
                    element("authority", escape(f"{about.title.hant} · {about.subtitle}"))
                    + address
                    + element("availability", licence or element("p", "—"), status="free")
                    + published,
                )
                + element("sourceDesc", source),
            )
            + element("encodingDesc", encoding)
            + element(
                "profileDesc",
                element(
                    "calendarDesc",
                    element("calendar", element("p", CHINESE), xml_id="chinese")
                    + element("calendar", element("p", JULIAN), xml_id="julian"),
                )
                + element("langUsage", element("language", "Literary Chinese", ident=language)),
            ),
        )
        + "\n"
    )


CHINESE = (
    "The lunisolar calendar of the state whose eras the work counts by: era name, year, month, 干支 of the day. "
    "The year is the one that the work itself prints or implies."
)
JULIAN = "The Julian calendar, worked out from the Julian day number of each 干支 by tables of new moons."
#: Unit and where it is, in its parent.
UNITS = (
    ("work", "/TEI/text"),
    ("juan", "body/div"),
    ("year", "div"),
    ("month", "div[@n]"),
    ("passage", "ab"),
    ("sentence", "s"),
)
#: Where the passages are of a month that is entered again: in several divisions.
SCATTERED = "(for $m in . return ../div[@xml:id=$m/@xml:id or @corresp=concat('#', $m/@xml:id)]/ab)"


def _encoding(work: Work, *, scattered: bool) -> str:
    apparatus = (
        "Emendations are choice of sic and corr, corrections of layout choice of orig and reg; variants and "
        "conjectures that are only recorded stand in the listApp of the back. The script is that of the transcription."
    )
    reckoning = f"Years are counted as {work.title.hant} counts them; notBefore and notAfter are the real time."
    declared = element(
        "editorialDecl",
        element("correction", element("p", apparatus)) + element("normalization", element("p", escape(reckoning))),
    )
    return declared + element("refsDecl", _citations(scattered=scattered))


def _citations(*, scattered: bool) -> str:
    """How an id leads to its element: every part of it is the ``n`` of one inside the one before."""
    found = ""
    for unit, match in reversed(UNITS):
        where = SCATTERED if scattered and unit == "passage" else match
        delimiter = "" if unit == "work" else "."
        found = element("citeStructure", found, unit=unit, match=where, use="@n", delim=delimiter)
    return found


def _source(viewer: Viewer, work: Work) -> str:
    about = work.about
    checksums = "; ".join(f"juan {juan.number}: SHA-256 {juan.checksum}" for juan in work.juans if juan.checksum)
    return element(
        "bibl",
        element("title", escape(work.title[work.script]), level="m")
        + (element("author", escape(about.author[work.script])) if about.author.hant else "")
        + (element("date", escape(about.compiled)) if about.compiled else "")
        + "".join(
            element(
                "biblScope", escape(f"{juan.number} {juan.chapter[work.script]}".strip()), unit="juan", n=juan.number
            )
            for juan in work.juans
        )
        + element("note", _prose(viewer, " ".join(filter(None, (about.source, checksums))))),
    )


def _back(viewer: Viewer, passages: Iterable[Passage]) -> str:
    """Notes, and the readings that are only recorded, each pointing at its sentence."""
    edition = viewer.edition
    notes, readings = [], []
    for passage in passages:
        for note in edition.notes.get(passage.id, ()):
            sentence = f"{passage.id}.{passage.sentence_at(note.anchor.end - 1).n}"
            content = _prose(viewer, note.text) + _bibls(note.sources)
            notes.append(
                element("note", content, type=note.kind, target=f"#{sentence}", xml_lang="zh-Hant", resp="#editors")
            )
        for entry in edition.texts[passage.id].entries:
            sentence = f"#{passage.id}.{passage.sentence_at(entry.anchor.start).n}"
            if entry.kind == "layout":
                continue
            lemma, reading = (entry.lemma, entry.reading) if entry.applied else (entry.reading, entry.lemma)
            said = (
                element("note", _prose(viewer, entry.evidence) + _bibls(entry.sources), xml_lang="zh-Hant")
                if entry.evidence
                else ""
            )
            content = element("lem", escape(lemma)) + element(
                "rdg", escape(reading), type="received" if entry.applied else "other", cert=entry.certainty
            )
            readings.append(element("app", content + said, type=entry.kind, from_=sentence, to=sentence))
    divisions = element("div", "\n".join(notes), type="notes") if notes else ""
    divisions += element("div", element("listApp", "\n".join(readings)), type="apparatus") if readings else ""
    return element("back", divisions) + "\n" if divisions else ""


def _prose(viewer: Viewer, text: str) -> str:
    """Editors' Markdown as TEI: links, named characters, emphasis."""

    def replaced(match: re.Match[str]) -> str:
        if match["target"] is not None:
            return f'<ref target="{_target(match["target"])}">'
        if match["end"]:
            return "</ref>"
        if match["name"]:
            return f"<{match['close']}{'mentioned' if match['name'] == 'code' else 'hi'}>"
        return ""

    html = viewer.prose(text, inline=True)
    return INLINE.sub(replaced, html).replace("&quot;", '"').replace("&#x27;", "'")


def _target(address: str) -> str:
    """Where a link of prose leads: inside the edition an address from the root of the site."""
    return f"../../{address.removeprefix(ROOT)}" if address.startswith(ROOT) else address


def _bibls(sources: Iterable[str]) -> str:
    return "".join(element("bibl", escape(source)) for source in sources)


# --- names


def _names(viewer: Viewer, names: Iterable[Name], work: Work) -> str:
    """The names that occur in a work: who or what they are."""
    ordered = sorted(names, key=lambda name: name.id)
    lists = []
    for kind, (outer, type_, inner) in LISTS.items():
        items = "\n".join(_name(viewer, name, inner, work) for name in ordered if name.kind == kind)
        if items:
            lists.append(element(outer, f"\n{items}\n", type=type_))
    return element("standOff", "\n".join(lists)) + "\n" if lists else ""


def _name(viewer: Viewer, name: Name, inner: str, work: Work) -> str:
    """An entry: the name, its forms in this work, who it is."""
    tag = ELEMENTS[name.kind]
    forms = "".join(element(tag, escape(form), type="form") for form in viewer.edition.forms(name).get(work.slug, ()))
    notes = element("note", _prose(viewer, name.about)) if name.about else ""
    notes += element("note", _prose(viewer, name.identified), type="identification") if name.identified else ""
    return element(inner, element(tag, escape(name.name.hant), xml_lang="zh-Hant") + forms + notes, xml_id=name.id)


# --- parallels


def _parallels(viewer: Viewer, site_url: str) -> str:
    edition = viewer.edition
    source = element("p", "Born digital.")
    encoding = element("editorialDecl", element("p", "Accounts of one event, and years that several works tell of."))
    header = _header(viewer, f"{edition.corpus.about.title.hant}：對照", site_url, (source, encoding, "zh-Hant"))
    events = "\n".join(_event(event) for event in edition.layers.events)
    years = "\n".join(_years(edition))
    content = (element("listEvent", events) if events else "") + (
        element("linkGrp", years, type="years") if years else ""
    )
    return (
        HEAD.format(language="zh-Hant")
        + header
        + element("standOff", content or element("list", element("item")))
        + "\n</TEI>\n"
    )


def _event(event: Event) -> str:
    accounts = "".join(
        element(
            "bibl",
            element("ptr", target=f"{a.work}.xml#{a.passage}.{a.first}")
            + element("citedRange", from_=f"{a.passage}.{a.first}", to=f"{a.passage}.{a.last}"),
        )
        for a in event.accounts
    )
    parts = [int(part) for part in event.julian.split("-") if part]
    when = (
        {"when": _gregorian(sexagenary.jdn(parts[0], parts[1], parts[2])), "when__custom": event.julian}
        if len(parts) == 3
        else {}
    )
    return element(
        "event",
        element("label", escape(event.title.hant)) + accounts,
        xml_id=f"event.{event.id}",
        n=event.year,
        cert=event.certainty,
        **when,
    )


def _years(edition: Edition) -> Iterator[str]:
    """A link for every year of which several works tell, between their divisions."""
    for year in edition.years:
        targets = []
        for column in year.columns:
            ids = dict.fromkeys(f"{p.work}.{p.juan}.{p.year_code}" for p in column.passages)
            targets += [f"{column.work}.xml#{id_}" for id_ in ids]
        if len({target.partition(".")[0] for target in targets}) > 1:
            yield element("link", n=year.year, target=" ".join(targets))
