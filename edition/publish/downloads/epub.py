"""The edition as a book, EPUB 3: a chapter for each year with pop-up notes, the pages of prose, events and names.

Every passage and sentence keeps its id. Builds are reproducible: timestamps in the archive are the release date.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from edition.model.kinds import NAME_KINDS
from edition.model.layers import Event, Name
from edition.model.texts import ID
from edition.paths import STATIC
from edition.publish.render.jinja import Markup, Templates
from edition.publish.views.page_spec import numbers
from edition.publish.views.placeholders import ROOT
from edition.publish.views.values import YearView
from edition.publish.views.viewer import Viewer

FONT = STATIC / "fonts" / "rare.woff2"
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the book: a file, and its place in the table of contents."""

    title: str
    file: str
    kind: str
    """Prefix of the id of its item in the manifest."""
    parts: tuple[tuple[str, str], ...] = ()
    """Title and id of each part that the table of contents lists under it: the months of a year."""


def book(templates: Templates, viewer: Viewer, site_url: str = "") -> bytes:
    """Return the book in the script of ``viewer``. ``site_url`` ends with a slash or is empty."""
    edition, about = viewer.edition, viewer.edition.corpus.about
    address = _addresses(viewer, site_url)
    own = templates.with_filter("linked", lambda html: _linked(html, address))
    contents = _contents(viewer)
    common: dict[str, Any] = {
        "about": about,
        "t": viewer.t,
        "script": viewer.script,
        "language": "zh-Hant" if viewer.script == "hant" else "zh-Hans",
        "title": about.title[viewer.script],
        "works": [work.title[viewer.script] for work in edition.works.values()],
        "site_url": site_url,
        "contents": contents,
        "first": next((chapter.file for chapter in contents if chapter.kind == "y"), ""),
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{about.title[viewer.script]} {about.release}").urn,
    }

    def made(template: str, **values: object) -> bytes:
        return own.render(f"epub/{template}", common | values).encode()

    files = {"book/content.opf": made("content.opf"), "book/nav.xhtml": made("nav.xhtml")}
    files |= {f"book/{name}": content for name, content in _chapters(viewer, made, address)}
    files |= {"book/cover.xhtml": made("cover.xhtml"), "book/cover.svg": made("cover.svg")}
    files |= {"book/style.css": made("style.css"), "book/rare.woff2": FONT.read_bytes()}
    return _packed({"META-INF/container.xml": CONTAINER.encode(), **files}, about.released)


def _contents(viewer: Viewer) -> list[Chapter]:
    """Return the chapters in reading order."""
    layers, t, script = viewer.edition.layers, viewer.t, viewer.script
    found = [Chapter(viewer.edition.corpus.about.title[script], "title.xhtml", "title")]
    found += [Chapter(page.title[script], f"{page.slug}.xhtml", "p") for page in viewer.edition.pages]
    for year in viewer.years:
        months = tuple((row.name, f"m-{row.code}") for row in year.rows)
        found.append(Chapter(f"{year.ganzhi} {year.year}", f"y{year.year}.xhtml", "y", months))
    kinds = [kind for kind in NAME_KINDS if any(name.kind == kind for name in layers.names)]
    listed = tuple((t[f"kind_{kind}"], f"k-{kind}") for kind in kinds)
    found += [Chapter(t["events"], "events.xhtml", "e")] if layers.events else []
    found += [Chapter(t["names"], "names.xhtml", "n", listed)] if layers.names else []
    return found


def _chapters(
    viewer: Viewer, made: Callable[..., bytes], address: Callable[[str], str | None]
) -> Iterator[tuple[str, bytes]]:
    layers = viewer.edition.layers
    yield "title.xhtml", made("title.xhtml")
    for page in viewer.edition.pages:
        yield f"{page.slug}.xhtml", made("page.xhtml", title=page.title[viewer.script], html=viewer.prose(page.text))
    for year in viewer.years:
        values = {"year": year, "numbers": numbers(year.passages), "notes": _notes(viewer, year)}
        yield f"y{year.year}.xhtml", made("year.xhtml", title=f"{year.ganzhi} {year.year}", **values)
    if layers.events:
        events = [_event(viewer, event, address) for event in layers.events]
        yield "events.xhtml", made("events.xhtml", title=viewer.t["events"], events=events)
    if layers.names:
        kinds = [(kind, [_name(viewer, n, address) for n in layers.names if n.kind == kind]) for kind in NAME_KINDS]
        yield "names.xhtml", made("names.xhtml", title=viewer.t["names"], kinds=[k for k in kinds if k[1]])


def _notes(viewer: Viewer, year: YearView) -> list[tuple[int, dict[str, object]]]:
    """Return the notes of a year with their numbers, from 1."""
    found: list[dict[str, object]] = [
        {"kind": viewer.t[f"note_{note.kind}"], "html": note.html, "sources": note.sources}
        for passage in year.passages
        for note in passage.notes
    ]
    return list(enumerate(found, 1))


def _event(viewer: Viewer, event: Event, address: Callable[[str], str | None]) -> dict[str, object]:
    accounts = []
    for account in event.accounts:
        passage = viewer.passage(account.passage)
        link = address(f"{passage.url}#s{account.first}")
        accounts.append((passage.work, passage.label + passage.when, link))
    return {
        "id": event.id,
        "title": event.title[viewer.script],
        "year": event.year,
        "dated_by": viewer.prose(event.dated_by, inline=True),
        "about": viewer.prose(event.about, inline=True),
        "accounts": accounts,
    }


def _name(viewer: Viewer, name: Name, address: Callable[[str], str | None]) -> dict[str, object]:
    edition = viewer.edition
    works = edition.works
    forms = [(works[slug].title[viewer.script], viewer.written(slug, own)) for slug, own in edition.forms(name).items()]
    places = [
        (passage.work + passage.label + passage.when, address(passage.url))
        for id_ in edition.named.get(name.id, ())
        for passage in [viewer.passage(id_)]
    ]
    about = viewer.prose(name.about, inline=True)
    return {"id": name.id, "name": name.name[viewer.script], "about": about, "forms": forms, "places": places}


def _addresses(viewer: Viewer, site_url: str) -> Callable[[str], str | None]:
    """Return a function from paths below the site to places in the book.

    A path that is in no chapter leads to the site; without ``site_url`` the function returns None for it.
    """
    edition = viewer.edition
    pages = {"about/" if page.slug == "about" else f"about/{page.slug}/": page.slug for page in edition.pages}
    names = {name.id for name in edition.layers.names}
    events = {event.id for event in edition.layers.events}
    years = {year.year for year in edition.years}

    def address(target: str) -> str | None:
        path, _, fragment = target.partition("#")
        if path in pages:
            return f"{pages[path]}.xhtml"
        first, _, rest = path.strip("/").partition("/")
        if first == "year" and rest.isdecimal() and int(rest) in years:
            return f"y{rest}.xhtml"
        if first == "name" and rest in names:
            return f"names.xhtml#name-{rest}"
        if first == "event" and rest in events:
            return f"events.xhtml#event-{rest}"
        id_ = path.strip("/").replace("/", ".")
        if ID.match(id_) and id_ in edition.passages:
            sentence = f".{fragment.removeprefix('s')}" if fragment else ""
            return f"y{edition.passages[id_].year}.xhtml#{id_}{sentence}"
        return f"{site_url}{target}" if site_url else None

    return address


def _linked(html: str, address: Callable[[str], str | None]) -> Markup:
    """Return editors' HTML with links into the book. A link to what is not there is replaced by its text."""

    def replaced(match: re.Match[str]) -> str:
        target = match[1]
        if not target.startswith(ROOT):
            return f'<a href="{target}">{match[3]}</a>'
        found = address(target.removeprefix(ROOT))
        return f'<a href="{found}">{match[3]}</a>' if found else match[3]

    return Markup(LINK.sub(replaced, html))


def _packed(files: dict[str, bytes], released: str) -> bytes:
    """Return the ZIP archive: the media type first and uncompressed, as EPUB requires."""
    year, month, day = (int(part) for part in (released or "1980-01-01").split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
