"""Check the layers: forms of names, and links."""

from __future__ import annotations

from collections.abc import Iterator

from edition.edition import Edition
from edition.emend.layers import Layers
from edition.model.findings import Finding, Place
from edition.rules import markdown as prose


def names(edition: Edition) -> Iterator[Finding]:
    """Forms that two names share in one work, and forms that occur in neither text of their work."""
    layers = edition.layers
    used = _used_forms(layers, edition)
    owners: dict[tuple[str, str], str] = {}
    for name in layers.names:
        for slug, forms in (*name.forms, *name.titles):
            for form in forms:
                owner = owners.setdefault((slug, form), name.id)
                if owner != name.id:
                    message = f"「{form}」 in {slug} is also {owner}: give it to one, and to the other by only:"
                    yield Finding("NAME-TWICE", name.place, message, (name.id,), form)
                if (slug, form) not in used:
                    yield Finding("NAME-UNUSED", name.place, f"「{form}」 is not in {slug}", (name.id,), form)


def _used_forms(layers: Layers, edition: Edition) -> set[tuple[str, str]]:
    """Work and form, of every form that occurs in the received or the established text of its work."""
    forms: dict[str, set[str]] = {}
    for name in layers.names:
        for slug, own in (*name.forms, *name.titles):
            forms.setdefault(slug, set()).update(own)
    texts: dict[str, list[str]] = {slug: [] for slug in forms}
    for text in edition.texts.values():
        if text.passage.work in texts:
            texts[text.passage.work] += text.text, text.passage.text
    whole = {slug: "\n".join(own) for slug, own in texts.items()}
    return {(slug, form) for slug, own in forms.items() for form in own if form in whole[slug]}


def dead_links(edition: Edition) -> Iterator[Finding]:
    """Links in the editors' prose to a page, passage or sentence that does not exist."""
    for target, place in links(edition):
        if not prose.OUTSIDE.match(target) and edition.address(target) is None:
            message = f"[…]({target}) leads nowhere: name a passage id, year/1122, event/…, name/…, era/… or about/…"
            yield Finding("LINK-DEAD", place, message, (str(place),), target)


def links(edition: Edition) -> Iterator[tuple[str, Place]]:
    """The target of every link of the edition, internal and external, and its place in the corpus."""
    layers, about = edition.layers, edition.corpus.about
    texts = [(note.text, note.anchor.place) for note in layers.notes]
    texts += [(entry.evidence, entry.anchor.place) for entry in layers.apparatus]
    texts += [(item.note, item.anchor.place) for item in layers.displaced]
    texts += [(text, name.place) for name in layers.names for text in (name.about, name.identified)]
    texts += [(text, event.place) for event in layers.events for text in (event.about, event.dated_by)]
    texts += [(cell, event.place) for event in layers.events for _, row in event.differs for _, cell in row]
    texts += [(page.text, page.place) for page in edition.pages]
    texts += [(change.text, change.place) for change in edition.history]
    for work in edition.works.values():
        said = (work.about.description, work.about.source, work.about.reckoning, work.about.before, work.about.after)
        texts += [(text, work.place) for text in said]
    for text, place in texts:
        for target in prose.links(text):
            yield target, place
    for address in (about.site_url, about.licence_url, about.source_url):
        if address:
            yield address, about.place
