"""Linked data: what a page, a passage, a name or an event is, in JSON-LD with the vocabulary of schema.org.

Every thing has one id, its permanent address in the Traditional tree. Dates of schema.org are Gregorian, so a day is
converted from its JDN, and a month of the Julian calendar, which is no month of the Gregorian one, is left out.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from edition.model.kinds import NameKind
from edition.model.layers import Event, Name
from edition.model.scripts import Pair
from edition.model.texts import Work
from edition.publish.cite.things import Citable, fragment
from edition.publish.views import identities
from edition.publish.views.viewer import Viewer
from edition.rules import sexagenary

CONTEXT = "https://schema.org"
#: The class of a name by its kind. Peoples and offices have none in schema.org.
TYPES: Mapping[NameKind, str] = {
    "person": "Person",
    "place": "Place",
    "state": "Country",
    "people": "DefinedTerm",
    "office": "DefinedTerm",
    "book": "Book",
}
Entity = dict[str, Any]


class Linked:
    """Describes what the pages of one tree are about."""

    def __init__(self, viewer: Viewer, site_url: str, top: str) -> None:
        """``top`` stands for ``site_url`` in addresses if that is empty: the path to the root of the site."""
        self.viewer, self.site_url, self.top = viewer, site_url, site_url or top
        about = viewer.edition.corpus.about
        self.title = " ".join(filter(None, (about.subtitle, about.title[viewer.script])))
        self._language = "zh-Hant" if viewer.script == "hant" else "zh-Hans"
        self._site = {"@type": "WebSite", "@id": self.address(""), "name": about.title[viewer.script]}

    def address(self, path: str) -> str:
        """The id of what has its page at a path: absolute if the address of the site is known."""
        return self.top + path

    def page(self, path: str, name: str) -> Entity:
        """A page of no particular kind; the home page is the site itself."""
        about = self.viewer.edition.corpus.about
        if path:
            return self._entity("WebPage", path, name=name, inLanguage=self._language, isPartOf=self._site)
        return self._entity(
            "WebSite",
            path,
            name=about.title[self.viewer.script],
            alternateName=about.subtitle,
            description=about.description[self.viewer.script],
            inLanguage=self._language,
            license=about.licence_url,
            creator=self._creators(),
        )

    def passage(self, cited: Citable, slug: str) -> Entity:
        """A passage: a chapter of a book, in this edition."""
        return self._entity(
            "Chapter",
            cited.path,
            name=cited.title.replace("{id}", cited.id),
            alternateName=cited.english.replace("{id}", cited.id),
            identifier=cited.id,
            inLanguage=self._language,
            isPartOf=[self._work(self.viewer.edition.works[slug]), self._site],
        )

    def work(self, slug: str) -> Entity:
        """A work, read through."""
        return {"@context": CONTEXT, **self._work(self.viewer.edition.works[slug]), "isPartOf": self._site}

    def year(self, year: int, path: str, name: str) -> Entity:
        """A year in parallel."""
        return self.page(path, name) | {"temporalCoverage": written_year(year)}

    def name(self, name: Name, passages: Iterable[str] = ()) -> Entity:
        """A person, place, state, people, office or book, with the passages that name it."""
        edition = self.viewer.edition
        kind = TYPES[name.kind]
        point, father = name.where, name.father
        return self._entity(
            kind,
            f"name/{name.id}/",
            name=name.name[self.viewer.script],
            alternateName=self._others(name.name, edition.forms(name)),
            description=self._plain(name.about),
            identifier=[
                {"@type": "PropertyValue", "propertyID": label, "value": value}
                for label, value, _ in identities.ids(name)
            ],
            sameAs=[address for _, _, address in identities.ids(name)],
            geo={"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}
            if point and kind == "Place"
            else None,
            parent={"@type": "Person"}
            | ({"@id": self.address(f"name/{father.id}/")} if father.id else {"name": father.name})
            if father and kind == "Person"
            else None,
            inDefinedTermSet=self.address("names/") if kind == "DefinedTerm" else "",
            subjectOf=self._chapters(edition.passages[id_].url for id_ in passages),
        )

    def event(self, event: Event) -> Entity:
        """An event, with the sentences that tell of it."""
        parts = event.julian.split("-")
        day = sexagenary.jdn(*map(int, parts)) if len(parts) == 3 else 0
        passages = self.viewer.edition.passages
        return self._entity(
            "Event",
            f"event/{event.id}/",
            name=event.title[self.viewer.script],
            alternateName=self._others(event.title, {}),
            description=self._plain(event.about),
            startDate=gregorian(day) if day else "",
            disambiguatingDescription=f"Julian calendar {event.julian}" + (f", JDN {day}" if day else "")
            if event.julian
            else "",
            subjectOf=self._chapters(passages[a.passage].url + fragment(a.first, a.last) for a in event.accounts),
        )

    def dataset(self, distribution: Iterable[Entity] = ()) -> Entity:
        """The edition as a set of data."""
        edition = self.viewer.edition
        about = edition.corpus.about
        years = [year.year for year in edition.years]
        points = [name.where for name in edition.layers.names if name.where]
        lat, lon = [point.lat for point in points], [point.lon for point in points]
        box = f"{min(lat)} {min(lon)} {max(lat)} {max(lon)}" if points else ""
        return self._entity(
            "Dataset",
            "data/",
            name=about.title[self.viewer.script],
            alternateName=about.subtitle,
            description=about.description[self.viewer.script],
            version=about.release,
            datePublished=about.released,
            license=about.licence_url,
            creator=self._creators(),
            inLanguage=["zh-Hant", "zh-Hans"],
            temporalCoverage=f"{written_year(years[0])}/{written_year(years[-1])}",
            spatialCoverage={"@type": "Place", "geo": {"@type": "GeoShape", "box": box}} if box else None,
            isBasedOn=[{"@type": "Book", "name": work.title[self.viewer.script]} for work in edition.works.values()],
            distribution=list(distribution),
        )

    def _entity(self, kind: str, path: str, **fields: object) -> Entity:
        head = {"@context": CONTEXT, "@type": kind, "@id": self.address(path), "url": self.address(path)}
        return head | {name: value for name, value in fields.items() if value}

    def _work(self, work: Work) -> Entity:
        about, script = work.about, self.viewer.script
        author = {"@type": "Person", "name": about.author[script], "alternateName": about.latin_author}
        book = {
            "@type": "Book",
            "@id": self.address(f"{work.slug}/"),
            "name": work.title[script],
            "alternateName": about.latin_title,
            "author": _filled(author) if about.author[script] else None,
        }
        return _filled(book)

    def _creators(self) -> list[Entity]:
        return [{"@type": "Organization", "name": name} for name in self.viewer.edition.corpus.about.editors]

    def _chapters(self, paths: Iterable[str]) -> list[Entity]:
        return [{"@type": "Chapter", "@id": self.address(path)} for path in paths]

    def _others(self, name: Pair, forms: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Other names: the forms of each work, by slug, and in the Traditional tree those in the other script.

        A Simplified page has nothing in Traditional characters.
        """
        edition, script = self.viewer.edition, self.viewer.script
        shown = [edition.shown(form, edition.works[slug].script, script) for slug, own in forms.items() for form in own]
        written = [name.hans, *shown, *(form for own in forms.values() for form in own)] if script == "hant" else shown
        return [form for form in dict.fromkeys(written) if form != name[script]]

    def _plain(self, text: str) -> str:
        """Markdown as plain text."""
        return html.unescape(re.sub(r"<[^>]+>", "", self.viewer.prose(text, inline=True))) if text else ""


def _filled(fields: Mapping[str, Any]) -> Entity:
    return {name: value for name, value in fields.items() if value}


def gregorian(jdn: int) -> str:
    """A day in the proleptic Gregorian calendar, which ISO 8601 and schema.org mean. Empty before the year 1.

    >>> gregorian(2130922)  # 23 February 1122 in the Julian calendar
    '1122-03-02'
    """
    return dt.date.fromordinal(jdn - 1_721_425).isoformat() if jdn > 1_721_425 else ""


def written_year(year: int) -> str:
    """A year by ISO 8601.

    >>> written_year(1122), written_year(-139)
    ('1122', '-0139')
    """
    return f"{year:04}" if year >= 0 else f"-{-year:04}"
