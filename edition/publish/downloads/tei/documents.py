"""The TEI documents: a work, and the parallels between works."""

from __future__ import annotations

from collections.abc import Iterator

from edition.model.texts import Work
from edition.publish.downloads.tei import standoff
from edition.publish.downloads.tei.back import back
from edition.publish.downloads.tei.elements import LANGUAGES, XML_ID, XML_LANG, Element, element, lines, serialize, tag
from edition.publish.downloads.tei.header import Described, encoding, header, source
from edition.publish.downloads.tei.text import body
from edition.publish.views.viewer import Viewer


def files(viewer: Viewer, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of every document.

    ``viewer`` is the Traditional one, since editors write in Traditional characters; ``site_url`` may be empty.
    """
    for work in viewer.edition.works.values():
        yield f"data/tei/{work.slug}.xml", serialize(_work(viewer, work, site_url))
    yield "data/tei/parallels.xml", serialize(_parallels(viewer, site_url))


def _work(viewer: Viewer, work: Work, site_url: str) -> Element:
    edition = viewer.edition
    passages = [passage for passage in edition.passages.values() if passage.work == work.slug]
    names = {tag.name.id: tag.name for passage in passages for tag in edition.tags.get(passage.id, ())}
    text = element("text", {"n": work.slug}, body(edition, passages), *back(viewer, passages))
    scattered = any(div.get("type") == "month" and XML_ID not in div.attrib for div in text.iter(tag("div")))
    described = Described(
        title=work.title.hant,
        source=source(viewer, work),
        encoding=encoding(work, scattered=scattered),
        language=LANGUAGES[work.script],
    )
    return _document(
        described.language,
        header(viewer, site_url, described),
        *standoff.names(viewer, names.values(), work),
        text,
    )


def _parallels(viewer: Viewer, site_url: str) -> Element:
    edition = viewer.edition
    words = "Accounts of one event, and years that several works tell of."
    described = Described(
        title=f"{edition.corpus.about.title.hant}：對照",
        source=element("p", "Born digital."),
        encoding=(element("editorialDecl", element("p", words)),),
        language="zh-Hant",
    )
    return _document(described.language, header(viewer, site_url, described), standoff.parallels(edition))


def _document(language: str, *parts: Element) -> Element:
    return element("TEI", {XML_LANG: language}, "\n", *lines(*parts))
