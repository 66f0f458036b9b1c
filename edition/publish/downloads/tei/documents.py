"""The TEI documents: each work in both scripts, the names, and the parallels between works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from edition.model.scripts import Script
from edition.model.texts import Work
from edition.publish.downloads.tei import bibliography, names, parallels
from edition.publish.downloads.tei.back import back
from edition.publish.downloads.tei.elements import (
    ENGLISH,
    LANGUAGES,
    XML_ID,
    XML_LANG,
    Element,
    element,
    lines,
    serialize,
    tag,
)
from edition.publish.downloads.tei.header import Described, encoding, header, sources, titles
from edition.publish.downloads.tei.setting import NAMES, PARALLELS, Setting, file
from edition.publish.downloads.tei.text import body
from edition.publish.views.viewer import Viewer

#: What the documents that are not of one work are: file → their elements, the second half of the title, words.
SHARED: Mapping[str, tuple[Callable[[Setting], Iterator[Element]], str, str]] = {
    NAMES: (names.lists, "專名", "Persons, places and other names: the forms of each work, and what is known of them."),
    PARALLELS: (parallels.lists, "對照", "Accounts of one event, and the years of which the works tell."),
}


def files(viewers: Mapping[Script, Viewer], site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every document; ``site_url`` may be empty.

    The document in the script of the transcription has editors' prose as they wrote it, in Traditional characters; in
    the other one it is in the script of the text.
    """
    for work in viewers["hant"].edition.works.values():
        for script, viewer in viewers.items():
            own = viewers["hant"] if script == work.script else viewer
            content = serialize(_work(Setting(own, script, site_url), work))
            yield f"data/tei/{file(work, script)}", content
    for name in SHARED:
        yield f"data/tei/{name}", serialize(_shared(Setting(viewers["hant"], "hant", site_url), name))


def _work(setting: Setting, work: Work) -> Element:
    edition, script = setting.edition, setting.script
    passages = [passage for passage in edition.passages.values() if passage.work == work.slug]
    text = element("text", {"n": work.slug}, body(edition, script, passages), *back(setting, work, passages))
    scattered = any(div.get("type") == "month" and XML_ID not in div.attrib for div in text.iter(tag("div")))
    described = Described(
        titles=tuple(titles(setting, work, script)),
        source=tuple(sources(setting, work, script)),
        encoding=encoding(work, script, scattered=scattered),
        calendars=True,
    )
    return _document(LANGUAGES[script], header(setting, described), text)


def _shared(setting: Setting, name: str) -> Element:
    made, title, words = SHARED[name]
    found = list(made(setting))
    found += bibliography.cited(setting, found)
    described = Described(
        titles=(element("title", f"{setting.edition.corpus.about.title.hant}：{title}"),),
        source=(element("p", ENGLISH, "Born digital."),),
        encoding=(element("editorialDecl", element("p", ENGLISH, words)), *_datum(found)),
        calendars=False,
    )
    # The schema does not allow an empty standOff.
    standoff = element("standOff", "\n", *lines(*(found or [element("list", element("item"))])))
    return _document(LANGUAGES["hant"], header(setting, described), standoff)


def _datum(parts: Iterable[Element]) -> Iterator[Element]:
    """Yield ``geoDecl``, to which every ``geo`` points, if there is one."""
    if any(True for part in parts for _ in part.iter(tag("geo"))):
        words = "Latitude and longitude in degrees, WGS 84."
        yield element("geoDecl", {XML_ID: "wgs84", "datum": "WGS84"} | ENGLISH, words)


def _document(language: str, *parts: Element) -> Element:
    return element("TEI", {XML_LANG: language}, "\n", *lines(*parts))
