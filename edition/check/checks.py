"""The checks: doubts about the text, each with a stable code, reported together.

Errors (a broken file, an anchor that is not there, an id lost or reused) are raised where they are met, as
`CorpusError`. What stands here stops no build; `build.py check` fails on what is not excused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from edition.check.latin import latin
from edition.check.names import bare_names, unregistered
from edition.check.places import places as mapped_places
from edition.check.prose import prose as prose_of
from edition.check.quotations import quotations
from edition.check.sources import sources
from edition.date import days as chronology
from edition.edition import Edition
from edition.emend.established import Established
from edition.emend.layers import Layers
from edition.model.findings import Finding, Place
from edition.model.layers import Excuse
from edition.model.texts import Passage
from edition.model.time import YearLine
from edition.read.corpus import Corpus
from edition.rules import markdown as prose
from edition.rules import sexagenary
from edition.rules.calendar import Calendar
from edition.rules.numerals import year as year_name

#: Every code with what it means. The documentation and the tests read this table.
CODES = {
    "CALENDAR-SHORT": "A day cannot be dated because the month tables do not reach its year.",
    "CHECKSUM": "A transcription is not, byte for byte, the one whose checksum is recorded.",
    "DAY-AMBIGUOUS": "A 干支 fits more than one day of its season or year.",
    "DAY-IMPOSSIBLE": "A stem and a branch that never meet stand where a day is named.",
    "DAY-OUTSIDE-MONTH": "A day does not occur in the month under which it stands.",
    "ERA-UNKNOWN": "A paragraph opens like a year heading with an era that no table knows.",
    "EVENT-YEAR": "An event is given a year of which none of its accounts tells, or a date outside its year.",
    "EXCUSE-UNUSED": "An excuse matches no finding any more: take it out.",
    "ID-CHANGED": "The words of a registered passage have changed: look, then run `build.py register`.",
    "ID-UNREGISTERED": "A passage, name or event has no registered id yet: run `build.py register`.",
    "LATIN": "Latin letters stand in the middle of Chinese prose.",
    "LAYER-WORK": "A layer refers to a work that this corpus has not.",
    "LEAP-UNKNOWN": "A 閏月 that the month tables have not: there is none in its year, or another, or they end before.",
    "LINK-DEAD": "A link in a note or page leads to nothing in this edition.",
    "MONTH-BACK": "A month or season stands after a later one in its year.",
    "NAME-BARE": "A name has no description, or no source.",
    "NAME-TWICE": "One form is given to two names in the same work.",
    "NAME-UNUSED": "A form of a name does not occur in the work that is said to use it.",
    "NEW-MOON": "A day called 朔 or 晦 is not the first or last of its month by the tables.",
    "PLACE-FAR": "A point on the map is far from where another point or the place's own description says.",
    "QUOTE-OWN": "Words quoted as those of a work of the edition are not in it.",
    "QUOTES": "Quotation marks do not balance in a passage of the established text.",
    "SCRIPT-UNDECIDED": "A character has more than one form in the other script, and no rule or word decides.",
    "SEASON-MONTH": "A heading names a month that is not of its season: 冬四月.",
    "SOURCE-JUAN": "A source names no juan of a book that has juan.",
    "SOURCE-UNKNOWN": "A source names a book that is not in sources.yaml.",
    "SOURCE-UNSEEN": "A source is a book that was not seen, and does not say so: （未見）.",
    "STRAY": "A character that does not belong in a Chinese text: Latin letters, half-width marks, stray spaces.",
    "SYNCHRONISM": "Two counts of one year that the text equates do not agree.",
    "WORK-INCOMPLETE": "work.yaml leaves out what a reader should be told: author, source, checksum …",
    "YEAR-BACK": "A year heading names an earlier year than the one above it.",
    "YEAR-BEYOND": "A year heading goes beyond the years of its era.",
    "YEARS-TABLE": "calendar/years.tsv and what follows from eras and months do not agree.",
}

#: What may stand in a text: Chinese characters, full-width punctuation, 〔〕 and the like.
STRAY = re.compile(
    r"[^〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！「」『』“”‘’（）《》〈〉〔〕【】—…·□○]+"
)
PAIRS = {"」": "「", "』": "『", "”": "“", "’": "‘", "）": "（", "》": "《", "〉": "〈", "〕": "〔"}
MARKS = re.compile(f"[{''.join((*PAIRS, *PAIRS.values()))}]")


def check(
    edition: Edition, noticed: Iterable[Finding], changed: Iterable[str], new: Iterable[tuple[str, str]] = ()
) -> Edition:
    """The edition with its findings, those that an editor has excused apart.

    ``noticed`` are the findings of the steps before; ``changed`` the passage ids that are new or have other words;
    ``new`` the kinds and ids of the names and events that are not registered.
    """
    findings = [*noticed, *edition.layers.findings, *_all(edition)]
    findings += [*registry(edition, changed), *unregistered(edition, new)]
    remaining, excused = excuse(findings, edition.layers.excuses)
    return replace(edition, findings=remaining, excused=excused)


def _all(edition: Edition) -> Iterator[Finding]:
    """What the checks of this module and of chronology find."""
    corpus, layers = edition.corpus, edition.layers
    places = {id_: _place(edition, passage) for id_, passage in edition.passages.items()}
    yield from works(corpus)
    yield from years_table(corpus.years, corpus.calendar)
    for id_, passage in edition.passages.items():
        yield from chronology.check_days(passage, edition.days[id_], places[id_])
        yield from strays(passage, edition.texts[id_], places[id_])
        yield from quotes(passage, edition.texts[id_], places[id_])
    yield from chronology.check_synchronisms(edition.passages, layers.synchronisms, corpus.calendar, places)
    yield from names(layers, edition)
    yield from events(edition)
    yield from dead_links(edition)
    yield from undecided(edition, places)
    pieces = tuple(prose_of(layers))
    yield from sources(edition)
    yield from latin(pieces, edition.bibliography.sources)
    yield from quotations(edition, pieces)
    yield from bare_names(layers.names)
    yield from mapped_places(layers.names)


def _place(edition: Edition, passage: Passage) -> Place:
    """The line of the transcription where a passage stands."""
    juan = next(j for j in edition.works[passage.work].juans if j.number == passage.juan)
    return Place(juan.place.path, passage.line)


def undecided(edition: Edition, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Characters that could be converted in more than one way, where nothing decides."""
    for id_, text in edition.texts.items():
        passage = edition.passages[id_]
        for doubt in edition.converter.undecided(text.text, edition.works[passage.work].script):
            message = (
                f"{doubt.character} in 「{doubt.context}」 may be {'、'.join(doubt.candidates)}: decide in script.yaml"
            )
            yield _finding(passage, places[id_], "SCRIPT-UNDECIDED", message, doubt.context)


def dead_links(edition: Edition) -> Iterator[Finding]:
    """Links in notes and pages that lead to nothing in the edition."""
    for target, place in links(edition):
        if not prose.OUTSIDE.match(target) and edition.address(target) is None:
            message = f"[…]({target}) leads nowhere: name a passage id, year/1122, event/…, name/…, era/… or about/…"
            yield Finding("LINK-DEAD", place, message, (str(place),), target)


def links(edition: Edition) -> Iterator[tuple[str, Place]]:
    """Where the links of the edition lead, in the edition or out of it, and where they stand."""
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


def strays(passage: Passage, established: Established, place: Place) -> Iterable[Finding]:
    """Characters of the established text that do not belong there. What the apparatus removes is no stray."""
    for match in STRAY.finditer(established.text):
        context = established.text[max(0, match.start() - 6) : match.end() + 6]
        yield _finding(
            passage, place, "STRAY", f"「{match[0]}」 in 「{context}」: emend it in apparatus.yaml", match[0]
        )


def quotes(passage: Passage, established: Established, place: Place) -> Iterable[Finding]:
    """Quotation marks and brackets that open and do not close, or the reverse, in the established text."""
    open_marks: list[str] = []
    for character in MARKS.findall(established.text):
        if character in PAIRS.values():
            open_marks.append(character)
        elif not open_marks or open_marks.pop() != PAIRS[character]:
            yield _finding(passage, place, "QUOTES", f"{character} closes nothing in {passage.id}", character)
            return
    if open_marks:
        yield _finding(passage, place, "QUOTES", f"{open_marks[-1]} is not closed in {passage.id}", open_marks[-1])


def _finding(passage: Passage, place: Place, code: str, message: str, quote: str) -> Finding:
    return Finding(code, place, message, (f"{passage.work}:{passage.line}", passage.id), quote)


def works(corpus: Corpus) -> Iterable[Finding]:
    """Checksums, and what a work.yaml leaves out."""
    for work in corpus.works:
        for juan in work.juans:
            found = hashlib.sha256(juan.text.encode()).hexdigest()
            if juan.checksum and found != juan.checksum:
                message = f"is {found[:16]}…, recorded is {juan.checksum[:16]}…: a transcription is never edited"
                yield Finding("CHECKSUM", juan.place, message, (work.slug,))
            if not juan.checksum:
                yield Finding("WORK-INCOMPLETE", work.place, f"checksum: {found}", (work.slug,), "checksum")
        for name, value in (
            ("author", work.about.author.hant),
            ("compiled", work.about.compiled),
            ("source", work.about.source),
            ("evidence", work.about.reckoning),
        ):
            if not value:
                yield Finding("WORK-INCOMPLETE", work.place, f"has no {name}: say it, or excuse it", (work.slug,), name)


def years_table(lines: Iterable[YearLine], calendar: Calendar) -> Iterable[Finding]:
    """The editor's concordance of years against what follows from eras and months."""
    for line in lines:
        name = calendar.states[0].calendar
        months = calendar.months_of(name, line.year)
        span = (months[0].first, months[-1].last) if months else (0, 0)
        derived = (sexagenary.of_year(line.year), sexagenary.iso(span[0]), sexagenary.iso(span[1]))
        if derived != (line.ganzhi, line.first, line.last):
            yield Finding("YEARS-TABLE", line.place, f"{line.year} is {' '.join(derived)} by the month tables")
        names = dict(calendar.year_names(line.year) and _written(calendar, line.year))
        for state, written in line.names:
            if written != names.get(state, ""):
                message = f"{line.year} {state}: 「{written}」 here, 「{names.get(state, '')}」 by eras.yaml"
                yield Finding("YEARS-TABLE", line.place, message)


def _written(calendar: Calendar, year: int) -> Iterable[tuple[str, str]]:
    """The year names of each state as the table writes them: 壽昌七年 / 乾統元年; 北遼建福元年 under 遼."""
    found: dict[str, list[str]] = {}
    for state, eras in calendar.year_names(year):
        prefix = "" if state.of == state.code else state.name.hant
        found.setdefault(state.of, []).extend(f"{prefix}{era.name.hant}{year_name(n)}" for era, n in eras)
    return ((code, " / ".join(names)) for code, names in found.items())


def names(layers: Layers, edition: Edition) -> Iterable[Finding]:
    """Forms that two names claim in one work, and forms that a work does not use, emended or as received."""
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


def events(edition: Edition) -> Iterator[Finding]:
    """Events whose year is neither that of an account's section nor one that an editor dates it to."""
    spans = {year.year: year.span for year in edition.years}
    for event in edition.layers.events:
        told = {edition.passages[account.passage].year for account in event.accounts}
        for account in event.accounts:
            for item in edition.displaced.get(account.passage, ()):
                told.update(range(item.years[0], item.years[1] + 1))
        if event.accounts and event.year not in told:
            message = f"no account tells of {event.year}, but of {'、'.join(map(str, sorted(told)))}: correct year:"
            yield Finding("EVENT-YEAR", event.place, message, (event.id,))
        span, parts = spans.get(event.year), [int(part) for part in event.julian.split("-") if part]
        if span and len(parts) == 3 and not span[0] <= sexagenary.jdn(parts[0], parts[1], parts[2]) <= span[1]:
            message = f"{event.julian} is not in the Chinese year {event.year}: correct year: or date:"
            yield Finding("EVENT-YEAR", event.place, message, (event.id,))


def _used_forms(layers: Layers, edition: Edition) -> set[tuple[str, str]]:
    """The forms that occur in their works, as received or as established."""
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


def registry(edition: Edition, changed: Iterable[str]) -> Iterator[Finding]:
    """Passages that are not registered yet, or whose words are not those that were registered."""
    for id_ in changed:
        passage = edition.passages[id_]
        known = id_ in edition.registered
        code = "ID-CHANGED" if known else "ID-UNREGISTERED"
        what = "has other words than were registered" if known else "is not registered"
        yield _finding(passage, _place(edition, passage), code, f"{id_} {what}: run build.py register", "")


def excuse(findings: Iterable[Finding], excuses: Iterable[Excuse]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that remain, and those that an editor has excused."""
    remaining, excused, used = [], [], set()
    excuses = tuple(excuses)
    for finding in findings:
        match = next((e for e in excuses if _excuses(e, finding)), None)
        if match:
            used.add(match)
            excused.append(finding)
        else:
            remaining.append(finding)
    remaining += [
        Finding("EXCUSE-UNUSED", left.place, f"{left.code} at {left.at} is no finding: take it out")
        for left in excuses
        if left not in used
    ]
    return tuple(remaining), tuple(excused)


def _excuses(excuse_: Excuse, finding: Finding) -> bool:
    return (
        excuse_.code == finding.code
        and (excuse_.at in finding.at or excuse_.at == finding.place.path)
        and (not excuse_.quote or excuse_.quote in finding.quote or finding.quote in excuse_.quote)
    )
