"""The header of a TEI document: its title, its source, its conventions, and how its ids are built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.model.edition import About
from edition.model.texts import Work
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import XML_ID, Element, element, prose
from edition.publish.views.viewer import Viewer

#: The id of the statement of who is responsible.
EDITORS = "editors"
#: What the two calendars are: id → words.
CALENDARS = {
    dates.CHINESE: (
        "The lunisolar calendar of the state whose eras the work counts by: era name, year, month, 干支 of the day. "
        "The year is the one that the work itself prints or implies."
    ),
    dates.JULIAN: ("The Julian calendar, worked out from the Julian day number of each 干支 by tables of new moons."),
}
APPARATUS = (
    "Emendations are choice of sic and corr, corrections of layout choice of orig and reg; variants and "
    "conjectures that are only recorded stand in the listApp of the back. The script is that of the transcription."
)
#: The parts of an id, from left to right: unit, and the XPath of its element from that of the part before.
UNITS = (
    ("work", "/TEI/text"),
    ("juan", "body/div"),
    ("year", "div"),
    ("month", "div[@n]"),
    ("passage", "ab"),
    ("sentence", "s"),
)
#: The XPath of the passages of a month that the text enters again: they are in several divisions.
SCATTERED = "(for $m in . return ../div[@xml:id=$m/@xml:id or @corresp=concat('#', $m/@xml:id)]/ab)"


@dataclass(frozen=True, slots=True)
class Described:
    """What differs between the headers of two documents."""

    title: str
    source: Element
    """The child of ``sourceDesc``."""
    encoding: tuple[Element, ...]
    """The children of ``encodingDesc``."""
    language: str


def header(viewer: Viewer, site_url: str, described: Described) -> Element:
    """Return ``teiHeader``."""
    about = viewer.edition.corpus.about
    language = element("language", {"ident": described.language}, "Literary Chinese")
    calendars = (element("calendar", {XML_ID: id_}, element("p", words)) for id_, words in CALENDARS.items())
    return element(
        "teiHeader",
        element(
            "fileDesc",
            element("titleStmt", element("title", described.title), *_responsible(about)),
            element("editionStmt", element("edition", {"n": about.release}, f"release {about.release}")),
            element("publicationStmt", *_published(about, site_url)),
            element("sourceDesc", described.source),
        ),
        element("encodingDesc", *described.encoding),
        element("profileDesc", element("calendarDesc", *calendars), element("langUsage", language)),
    )


def responsible(about: About) -> str:
    """Return the value of ``@resp`` for what the editors say; empty if the edition names no editors."""
    return f"#{EDITORS}" if about.editors else ""


def _responsible(about: About) -> Iterator[Element]:
    """Yield ``respStmt``, to which every ``@resp`` points, if the edition names its editors."""
    if about.editors:
        names = (element("name", name) for name in about.editors)
        yield element("respStmt", {XML_ID: EDITORS}, element("resp", "edited by"), *names)


def _published(about: About, site_url: str) -> Iterator[Element]:
    """Yield the children of ``publicationStmt``."""
    yield element("authority", f"{about.title.hant} · {about.subtitle}")
    if site_url:
        yield element("idno", {"type": "URI"}, site_url)
    licence = element("licence", {"target": about.licence_url}, about.licence) if about.licence else element("p", "—")
    yield element("availability", {"status": "free"}, licence)
    if about.released:
        yield element("date", {"when": about.released}, about.released)


def source(viewer: Viewer, work: Work) -> Element:
    """Return ``bibl``: the work, and where its transcription comes from."""
    about, script = work.about, work.script
    checksums = "; ".join(f"juan {juan.number}: SHA-256 {juan.checksum}" for juan in work.juans if juan.checksum)
    return element(
        "bibl",
        element("title", {"level": "m"}, work.title[script]),
        *([element("author", about.author[script])] if about.author.hant else []),
        *([element("date", about.compiled)] if about.compiled else []),
        *(
            element("biblScope", {"unit": "juan", "n": juan.number}, f"{juan.number} {juan.chapter[script]}".strip())
            for juan in work.juans
        ),
        element("note", *prose(viewer, " ".join(filter(None, (about.source, checksums))))),
    )


def encoding(work: Work, *, scattered: bool) -> tuple[Element, ...]:
    """Return the editorial conventions and the structure of ids; ``scattered``: whether a month is entered again."""
    reckoning = f"Years are counted as {work.title.hant} counts them; notBefore and notAfter are the real time."
    return (
        element(
            "editorialDecl",
            element("correction", element("p", APPARATUS)),
            element("normalization", element("p", reckoning)),
        ),
        element("refsDecl", _citations(scattered=scattered)),
    )


def _citations(*, scattered: bool) -> Element:
    """Return nested ``citeStructure``, by which software resolves an id: each part is the ``@n`` of an element."""
    found: list[Element] = []
    for unit, match in reversed(UNITS):
        where = SCATTERED if scattered and unit == "passage" else match
        attributes = {"unit": unit, "match": where, "use": "@n", "delim": "" if unit == "work" else "."}
        found = [element("citeStructure", attributes, *found)]
    return found[0]
