"""Run every check on an edition.

A finding is a doubt about the text, with a stable code (`edition.check.codes`). It does not stop a build; `build.py
check` fails on those that no editor has excused. Errors (a broken file, a missing anchor, a lost id) are raised as
`CorpusError` where they occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edition.check import (
    calendar,
    datings,
    events,
    latin,
    layers,
    names,
    parallels,
    places,
    prose,
    quotations,
    sources,
    text,
)
from edition.check.excuses import excuse
from edition.check.findings import place_of
from edition.edition import Edition
from edition.model.findings import Finding


def check(
    edition: Edition, noticed: Iterable[Finding], changed: Iterable[str], new: Iterable[tuple[str, str]] = ()
) -> Edition:
    """The edition with its findings, excused ones apart.

    ``noticed`` are the findings of earlier steps; ``changed`` the ids of passages that are new or whose words differ
    from the registered ones; ``new`` kind and id of the names and events that are not registered.
    """
    findings = [*noticed, *edition.layers.findings, *_checks(edition), *text.unregistered(edition, changed)]
    findings += names.unregistered(edition, new)
    remaining, excused = excuse(findings, edition.layers.excuses)
    return replace(edition, findings=remaining, excused=excused)


def _checks(edition: Edition) -> Iterator[Finding]:
    """The findings of all checks, in the order in which they are reported."""
    corpus = edition.corpus
    lines = {id_: place_of(edition, passage) for id_, passage in edition.passages.items()}
    yield from text.works(corpus)
    yield from calendar.years_table(corpus.years, corpus.calendar)
    for id_, passage in edition.passages.items():
        yield from calendar.days(passage, edition.days[id_], lines[id_])
        yield from text.strays(passage, edition.texts[id_], lines[id_])
        yield from text.quotes(passage, edition.texts[id_], lines[id_])
    yield from calendar.synchronisms(edition.passages, edition.layers.synchronisms, corpus.calendar, lines)
    yield from datings.datings(edition)
    yield from layers.names(edition)
    yield from names.untagged(edition)
    yield from events.years(edition)
    yield from events.tables(edition)
    yield from layers.dead_links(edition)
    yield from text.undecided(edition, lines)
    pieces = tuple(prose.prose(edition.layers))
    yield from sources.sources(edition)
    yield from parallels.parallels(edition)
    yield from latin.latin(pieces, edition.bibliography.sources)
    yield from quotations.quotations(edition, pieces)
    yield from names.bare_names(edition.layers.names)
    yield from places.places(edition.layers.names)
