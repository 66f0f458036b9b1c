"""What all elements of a TEI document are made with: its script, editors' prose, and where links lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edition.edition import Edition
from edition.model.layers import Name
from edition.model.scripts import Script
from edition.model.texts import Work
from edition.publish.downloads.tei.elements import LANGUAGES, Element, element, marked_up
from edition.publish.views.placeholders import ROOT
from edition.publish.views.viewer import Viewer

#: The documents that are not of one work.
NAMES, PARALLELS = "names.xml", "parallels.xml"


@dataclass(frozen=True, slots=True)
class Setting:
    """The script of a document and of what editors say in it, and the address of the site."""

    viewer: Viewer
    """Of the script in which editors' prose stands."""
    script: Script
    """Of the texts that links lead to, if there is a choice."""
    site_url: str
    """With a slash at the end; may be empty."""

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.viewer.edition

    @property
    def language(self) -> str:
        """The language of editors' prose."""
        return LANGUAGES[self.viewer.script]

    def prose(self, text: str) -> Iterator[str | Element]:
        """Yield editors' Markdown as TEI content."""
        yield from marked_up(self.viewer.prose(text, inline=True), self._address)

    def citation(self, written: str) -> Element:
        """Return ``bibl``: a citation as the editors word it, pointing at its book and at the one that this quotes."""
        cited = self.edition.bibliography.resolve(written)
        books = [book.key for book in (cited.source, cited.quoted) if book] if cited else []
        return element("bibl", {"corresp": references(books)}, self.viewer.convert(written))

    def _address(self, target: str) -> str:
        """Return where a link of the site leads from ``data/tei/``: to another document, to the site, or nowhere.

        The documents also stand in the archive, where the pages of the site are absent.
        """
        if not target.startswith(ROOT):
            return target
        path, _, fragment = target.removeprefix(ROOT).partition("#")
        kind, _, rest = path.strip("/").partition("/")
        id_ = path.strip("/").replace("/", ".")
        if id_ in self.edition.passages:
            sentence = f".{fragment.removeprefix('s')}" if fragment else ""
            return f"{file(self.edition.works[kind], self.script)}#{id_}{sentence}"
        if kind in self.edition.works and not rest:
            return file(self.edition.works[kind], self.script)
        if rest and kind in {"name", "event", "year"}:
            return f"{NAMES}#{rest}" if kind == "name" else f"{PARALLELS}#{kind}.{rest}"
        return f"{self.site_url}{target.removeprefix(ROOT)}" if self.site_url else ""


def file(work: Work, script: Script) -> str:
    """Return the name of the document of a work in a script: jinshi.xml, or jinshi.hant.xml if it is converted."""
    return f"{work.slug}.xml" if work.script == script else f"{work.slug}.{script}.xml"


def references(keys: Iterable[str]) -> str:
    """Return pointers to books of the bibliography.

    >>> references(["jinshi", "liaoshi"])
    '#source.jinshi #source.liaoshi'
    """
    # Names have ids without a prefix, and a name may be the same word as a book.
    return " ".join(f"#source.{key}" for key in keys)


def reference(name: Name) -> str:
    """Return the pointer to the entry of a name."""
    return f"{NAMES}#{name.id}"
