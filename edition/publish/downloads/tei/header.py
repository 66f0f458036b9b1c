"""The header of a TEI document: its title, its source, its conventions, how its ids are built, what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.model.edition import About, Change
from edition.model.scripts import Script, han
from edition.model.texts import Work
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import (
    ENGLISH,
    LANGUAGES,
    XML_ID,
    XML_LANG,
    Content,
    Element,
    element,
    lines,
)
from edition.publish.downloads.tei.setting import Setting, file
from edition.publish.downloads.tei.witnesses import of_work, seen
from edition.rules.numerals import write

#: The id of the statement of who is responsible, and of the witness that the transcription is.
EDITORS, RECEIVED = "editors", "received"
#: What the two calendars are: id → words.
CALENDARS = {
    dates.CHINESE: (
        "The lunisolar calendar of the state whose eras the work counts by: era name, year, month, 干支 of the day. "
        "The year is the one that the work itself prints or implies."
    ),
    dates.JULIAN: ("The Julian calendar, worked out from the Julian day number of each 干支 by tables of new moons."),
}
APPARATUS = (
    "Emendations are choice of sic and corr, corrections of layout choice of orig and reg. Every entry of the "
    "apparatus, layout excepted, stands in the listApp of the back and points at two anchors in the text: the id of "
    "a passage with _12 is before its thirteenth character as received. A reading has a copy in wit, or another book "
    "in source, only if the evidence quotes its words."
)
CONVERTED = (
    "Converted from {source} to {target} characters by OpenCC and the rules of the edition, one character for one. The "
    "document in the characters of the transcription is {file}."
)
SCRIPTS = {"hant": "Traditional", "hans": "Simplified"}
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

    titles: tuple[Element, ...]
    """The titles, and the author if there is one."""
    source: tuple[Element, ...]
    """The children of ``sourceDesc``."""
    encoding: tuple[Element, ...]
    """The children of ``encodingDesc``."""
    calendars: bool
    """Whether dates point at the calendars."""


def header(setting: Setting, described: Described) -> Element:
    """Return ``teiHeader``."""
    about = setting.edition.corpus.about
    languages = [
        element("language", {"ident": LANGUAGES[script]} | ENGLISH, f"Chinese in {name} characters")
        for script, name in SCRIPTS.items()
    ]
    languages.append(element("language", {"ident": "en"} | ENGLISH, "English"))
    calendars = (element("calendar", {XML_ID: id_}, element("p", ENGLISH, words)) for id_, words in CALENDARS.items())
    return element(
        "teiHeader",
        "\n",
        *lines(
            element(
                "fileDesc",
                "\n",
                *lines(
                    element("titleStmt", *described.titles, *_responsible(about)),
                    element("editionStmt", _edition(about)),
                    element("publicationStmt", *_published(setting)),
                    element("sourceDesc", *described.source),
                ),
            ),
            element("encodingDesc", *described.encoding),
            element(
                "profileDesc",
                *([element("calendarDesc", *calendars)] if described.calendars else []),
                element("langUsage", *languages),
            ),
            *_revised(setting),
        ),
    )


def _edition(about: About) -> Element:
    return element("edition", {"n": about.release} | ENGLISH, f"release {about.release}")


def responsible(about: About) -> str:
    """Return the value of ``@resp`` for what the editors say; empty if the edition names no editors."""
    return f"#{EDITORS}" if about.editors else ""


def _responsible(about: About) -> Iterator[Element]:
    """Yield the editors, and ``respStmt``, to which every ``@resp`` points, if the edition names them."""
    yield from (element("editor", _language(name), name) for name in about.editors)
    if about.editors:
        names = (element("name", _language(name), name) for name in about.editors)
        resp = element("resp", ENGLISH, "emendations, notes, datings, identifications, and encoding")
        yield element("respStmt", {XML_ID: EDITORS}, resp, *names)


def _language(name: str) -> dict[str, str]:
    """Return the language of a name that is not in that of the document."""
    return {} if han(name) else ENGLISH


def _published(setting: Setting) -> Iterator[Element]:
    """Yield the children of ``publicationStmt``."""
    about = setting.edition.corpus.about
    subtitle: list[Content] = [" · ", element("title", ENGLISH, about.subtitle)] if about.subtitle else []
    yield element("authority", {XML_LANG: setting.language}, about.title[setting.viewer.script], *subtitle)
    if setting.site_url:
        yield element("idno", {"type": "URI"}, setting.site_url)
    licence = element("licence", {"target": about.licence_url}, about.licence) if about.licence else element("p", "—")
    yield element("availability", {"status": "free"}, licence)
    if about.released:
        yield element("date", {"when": about.released}, about.released)


def _revised(setting: Setting) -> Iterator[Element]:
    """Yield ``revisionDesc`` with the changes of the text and its layers, the latest first, if there are any."""
    changes = [_change(setting, change) for change in setting.edition.history]
    if changes:
        yield element("revisionDesc", {XML_LANG: setting.language}, "\n", *lines(*changes))


def _change(setting: Setting, change: Change) -> Element:
    who = responsible(setting.edition.corpus.about)
    title = element("title", change.title[setting.viewer.script])
    return element("change", {"when": change.date, "n": change.release, "who": who}, title, *setting.prose(change.text))


def titles(setting: Setting, work: Work, script: Script) -> Iterator[Element]:
    """Yield the titles of a document of a work in ``script``, and the author of the work."""
    yield element("title", {"type": "main"}, work.title[script])
    for juan in work.juans:
        number = setting.edition.shown(f"卷{write(juan.number)}", "hant", script)
        yield element("title", {"type": "sub"}, "　".join(filter(None, (number, juan.chapter[script]))))
    if work.about.latin_title:
        yield element("title", {"type": "alternative", XML_LANG: "zh-Latn"}, work.about.latin_title)
    if work.about.author.hant:
        yield element("author", work.about.author[script])


def sources(setting: Setting, work: Work, script: Script) -> Iterator[Element]:
    """Yield ``bibl``: the work, and where its transcription comes from; then its witnesses."""
    about = work.about
    checksums = "; ".join(f"juan {juan.number}: SHA-256 {juan.checksum}" for juan in work.juans if juan.checksum)
    note = [element("note", {XML_LANG: setting.language}, *setting.prose(about.source))] if about.source else []
    yield element(
        "bibl",
        element("title", {"level": "m"}, work.title[script]),
        *([element("author", about.author[script])] if about.author.hant else []),
        *(
            [element("date", {XML_LANG: setting.language}, setting.viewer.convert(about.compiled))]
            if about.compiled
            else []
        ),
        *(
            element("biblScope", {"unit": "juan", "n": juan.number}, f"{juan.number} {juan.chapter[script]}".strip())
            for juan in work.juans
        ),
        *note,
        *([element("note", {"type": "checksum"} | ENGLISH, checksums)] if checksums else []),
    )
    received = element("witness", {XML_ID: RECEIVED} | ENGLISH, "The transcription of this edition, as received.")
    copies = _copies(setting, work)
    yield element("listWit", "\n", *lines(received, *copies))


def _copies(setting: Setting, work: Work) -> Iterator[Element]:
    own = of_work(setting.edition, work)
    for number, copy in seen(own) if own else ():
        words = setting.viewer.convert("：".join(filter(None, (copy.name, copy.about))))
        attributes = {XML_ID: witness(number).removeprefix("#"), "n": copy.name, XML_LANG: setting.language}
        yield element("witness", attributes, words)


def witness(number: int) -> str:
    """Return the pointer to a copy of a work, by its number in the bibliography.

    >>> witness(1)
    '#wit.1'
    """
    return f"#wit.{number}"


def encoding(work: Work, script: Script, *, scattered: bool) -> tuple[Element, ...]:
    """Return the editorial conventions and the structure of ids; ``scattered``: whether a month is entered again."""
    reckoning = f"Years are counted as {work.title.hant} counts them; notBefore and notAfter are the real time."
    normalized = [element("p", ENGLISH, reckoning)]
    if script != work.script:
        source, target = SCRIPTS[work.script], SCRIPTS[script]
        words = CONVERTED.format(source=source, target=target, file=file(work, work.script))
        normalized.append(element("p", ENGLISH, words))
    return (
        element(
            "editorialDecl",
            element("correction", element("p", ENGLISH, APPARATUS)),
            element("normalization", *normalized),
        ),
        element("refsDecl", _citations(scattered=scattered)),
        element("variantEncoding", {"method": "double-end-point", "location": "external"}),
    )


def _citations(*, scattered: bool) -> Element:
    """Return nested ``citeStructure``, by which software resolves an id: each part is the ``@n`` of an element."""
    found: list[Element] = []
    for unit, match in reversed(UNITS):
        where = SCATTERED if scattered and unit == "passage" else match
        attributes = {"unit": unit, "match": where, "use": "@n", "delim": "" if unit == "work" else "."}
        found = [element("citeStructure", attributes, *found)]
    return found[0]
