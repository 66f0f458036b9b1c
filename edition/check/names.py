"""What a name of the concordance should tell a reader, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.check.findings import in_passage, place_of
from edition.edition import Edition
from edition.emend.names import Lookout, ordinary
from edition.model.findings import Finding
from edition.model.layers import Name


def bare_names(names: Iterable[Name]) -> Iterator[Finding]:
    """Names that say nothing of who or what they are, or not how that is known."""
    for name in names:
        for field, value in (("about", name.about), ("sources", name.sources)):
            if not value:
                yield Finding("NAME-BARE", name.place, f"{name.id} has no {field}: add {field}: …", (name.id,), field)


def untagged(edition: Edition) -> Iterator[Finding]:
    """Words that are a name elsewhere and are not tagged, where no editor has decided that they are none.

    One for each place; for a word whose ordinary places were counted, one that gives both numbers.
    """
    lookout = Lookout(edition.texts, edition.converted["hant"], edition.tags)
    names = edition.layers.names
    counted = ordinary(names)
    for place in lookout.untagged(names):
        passage, text = edition.passages[place.passage], edition.texts[place.passage].text
        if (passage.work, place.word) in counted:
            continue
        before, after = text[max(0, place.start - 6) : place.start], text[place.start + len(place.word) :][:6]
        message = (
            f"「{place.word}」 in 「{before}{place.word}{after}」 is a name elsewhere: "
            f"tag it as {' or '.join(place.names)}, or say by except: or ordinary: that it is none"
        )
        yield in_passage(passage, place_of(edition, passage), "NAME-UNTAGGED", message, place.word)
    for name in names:
        for work, words in name.ordinary:
            for word, times in words:
                found = lookout.count(work, word)
                if found != times:
                    message = f"「{word}」 stands untagged {found} times in {work}, ordinary: says {times}: look again"
                    yield Finding("NAME-UNTAGGED", name.place, message, (name.id,), word)


def unregistered(edition: Edition, new: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Names, events and parallels whose ids are not registered yet."""
    places = {("name", name.id): name.place for name in edition.layers.names}
    places |= {("event", event.id): event.place for event in edition.layers.events}
    places |= {("parallel", parallel.id): parallel.anchor.place for parallel in edition.layers.parallels}
    for kind, id_ in new:
        message = f"{kind} {id_} is not registered: run build.py register"
        yield Finding("ID-UNREGISTERED", places[kind, id_], message, (id_,))
