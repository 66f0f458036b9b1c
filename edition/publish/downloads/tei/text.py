"""The body of a work in TEI: divisions, passages and sentences, with names, days, emendations and anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from edition.edition import Edition
from edition.emend.established import Piece
from edition.emend.names import Tag
from edition.model.layers import Entry
from edition.model.scripts import Script
from edition.model.texts import Passage
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import NAME_ELEMENTS, XML_ID, Content, Element, element, lines
from edition.publish.downloads.tei.header import responsible
from edition.publish.downloads.tei.setting import reference


def body(edition: Edition, script: Script, passages: Iterable[Passage]) -> Element:
    """Return ``body`` in a script: divisions by juan, year and month in the order of the text.

    A month that the text enters again is a second ``div``, which points at the first with ``@corresp``.
    """
    seen: set[str] = set()

    def division(kind: str, id_: str, content: Iterable[Element]) -> Element:
        own = {"corresp": f"#{id_}"} if id_ in seen else {XML_ID: id_, "n": id_.rpartition(".")[2]}
        seen.add(id_)
        return element("div", {"type": kind}, own, "\n", *lines(*content))

    def within(group: list[Passage], parts: int) -> Iterator[Element]:
        """Yield the elements of passages whose ids have the same first ``parts - 1`` parts."""
        if parts > 4:
            yield from (_passage(_Written.of(edition, script, passage)) for passage in group)
            return
        kind = {2: "juan", 3: "year", 4: "month"}[parts]
        for id_, own in groupby(group, lambda p: ".".join(p.id.split(".")[:parts])):
            yield division(kind, id_, within(list(own), parts + 1))

    return element("body", *lines(*within(list(passages), 2)))


def anchor(passage: str, offset: int) -> str:
    """Return the id of the anchor at an offset of the received text of a passage.

    >>> anchor("jinshi.2.tianfu4.5.1", 12)
    'jinshi.2.tianfu4.5.1_12'
    """
    return f"{passage}_{offset}"


def _passage(text: _Written) -> Element:
    """Return ``ab``: the date of the passage, then its sentences."""
    passage = text.passage
    sentences = (
        element("s", {XML_ID: f"{passage.id}.{s.n}", "n": s.n}, *_sentence(text, n))
        for n, s in enumerate(passage.sentences)
    )
    attributes = {XML_ID: passage.id, "n": passage.id.rpartition(".")[2]}
    return element("ab", attributes, *_slot(text), *sentences)


def _slot(text: _Written) -> Iterator[Element]:
    """Yield an empty ``date``: when the passage is, as the work prints or carries it. None before the first year."""
    edition, passage = text.edition, text.passage
    if not passage.era:
        return
    calendar, work = edition.corpus.calendar, edition.works[passage.work]
    label = edition.label(passage.era, passage.printed.year or 0)[text.script]
    slot = ".".join(passage.id.split(".")[2:4])
    span = calendar.span(calendar.calendar_of(work.state, passage.era), passage.year, passage.slot)
    yield element("date", {"type": passage.basis, "n": f"{label} {slot}"}, dates.span(*span) if span else {})


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of the established text that an element encloses: a name or a day."""

    start: int
    end: int
    name: str
    """Of the element."""
    attributes: Mapping[str, str]


def _reference(tag: Tag) -> tuple[str, dict[str, str]]:
    """Return element and attributes of a name: ``rs`` where the text refers to it by title (國主)."""
    ref = {"ref": reference(tag.name)}
    return ("rs", {"type": tag.name.kind, **ref}) if tag.by_title else (NAME_ELEMENTS[tag.name.kind], ref)


def _marks(edition: Edition, passage: Passage) -> list[_Mark]:
    """Return the names and days of a passage in the order of the text. A day inside a name is left out."""
    established = edition.texts[passage.id]
    found = [_Mark(tag.start, tag.end, *_reference(tag)) for tag in edition.tags.get(passage.id, ())]
    for day in edition.days[passage.id]:
        start, end = established.offset(day.start), established.offset(day.start + len(day.quote), end=True)
        if day.jdn and not any(start < mark.end and mark.start < end for mark in found):
            attributes = {
                "calendar": f"#{dates.CHINESE}",
                **dates.day(day.jdn),
                "datingMethod": f"#{dates.JULIAN}",
                "n": f"JDN {day.jdn}",
            }
            found.append(_Mark(start, end, "date", attributes))
    return sorted(found, key=lambda mark: (mark.start, mark.end))


@dataclass(frozen=True, slots=True)
class _Written:
    """A passage in the script of a document, with what is marked in it."""

    edition: Edition
    passage: Passage
    script: Script
    established: str
    marks: list[_Mark]
    anchors: frozenset[int]
    """Offsets in the received text at which the words of a note or of an entry begin or end."""
    ends: frozenset[int]
    """Those of them at which words end: at the end of a sentence they belong to it, and not to the next."""

    @classmethod
    def of(cls, edition: Edition, script: Script, passage: Passage) -> _Written:
        """The passage in a script."""
        own = [note.anchor for note in edition.notes.get(passage.id, ())]
        own += [entry.anchor for entry in edition.texts[passage.id].entries if entry.kind != "layout"]
        ends = frozenset(place.end for place in own)
        return cls(
            edition,
            passage,
            script,
            edition.converted[script][passage.id],
            _marks(edition, passage),
            ends | {place.start for place in own},
            ends,
        )

    def anchored(self, received: int, established: int) -> _Part:
        """Return the anchor of an offset, within the name or day that goes on across it."""
        around = next((m for m in self.marks if m.start < established < m.end), None)
        return around, element("anchor", {XML_ID: anchor(self.passage.id, received)})

    def received(self, piece: Piece, start: int, end: int) -> str:
        """Return a range of a changed piece as received, in the script; as it is where that would be the lemma."""
        source = self.edition.works[self.passage.work].script
        words = piece.received[start - piece.start : end - piece.start]
        shown = self.edition.shown(words, source, self.script)
        lemma = self.edition.shown(piece.established, source, self.script)
        return words if shown == lemma else shown


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a sentence: unchanged text, or one change of the apparatus."""

    place: int
    """Offset in the received text."""
    start: int
    """Offset in the established text."""
    established: str
    received: str
    entry: Entry | None
    before: tuple[int, ...]
    """Anchors before it, by their offsets in the received text; so in the next two."""
    inside: tuple[int, ...]
    behind: tuple[int, ...]

    @property
    def end(self) -> int:
        """Offset in the established text."""
        return self.start + len(self.established)


def _stretches(text: _Written, n: int) -> Iterator[_Stretch]:
    """Yield the stretches of the sentence with index ``n``.

    The lemma of a change that crosses the end of the sentence stands in the next one, as in the established text.
    """
    first, last = text.passage.sentences[n].start, text.passage.sentences[n].end
    for piece in text.edition.texts[text.passage.id].pieces:
        start, end = max(first, piece.start), min(last, piece.start + len(piece.received))
        if start >= end:
            continue
        # At the beginning of a sentence an anchor stands there, unless it is the end of words of the one before.
        here = (start,) if start in text.anchors and not (start == first and start in text.ends) else ()
        inside = tuple(sorted(place for place in text.anchors if start < place < end))
        if not piece.entry:
            shift = piece.offset - piece.start
            words = text.established[start + shift : end + shift]
            yield _Stretch(start, start + shift, words, words, None, here, inside, ())
            continue
        # Words that begin or end within a change begin before it or end behind it.
        behind = tuple(place for place in inside if place in text.ends)
        before = here + tuple(place for place in inside if place not in text.ends)
        whole = end == piece.start + len(piece.received)
        lemma = text.established[piece.offset : piece.offset + len(piece.established)] if whole else ""
        received = text.received(piece, start, end)
        yield _Stretch(start, piece.offset, lemma, received, piece.entry, before, (), behind)


_Part = tuple[_Mark | None, Content]
"""Content of a sentence, and the name or day that encloses it."""


def _sentence(text: _Written, n: int) -> Iterator[Content]:
    """Yield the content of the sentence with index ``n``, with elements around its names and days."""
    for mark, group in groupby(_parts(text, n), itemgetter(0)):
        parts = (part for _, part in group)
        if mark:
            yield element(mark.name, mark.attributes, *parts)
        else:
            yield from parts


def _parts(text: _Written, n: int) -> Iterator[_Part]:
    for stretch in _stretches(text, n):
        yield from (text.anchored(place, stretch.start) for place in stretch.before)
        yield from _cut(text, stretch)
        yield from (text.anchored(place, stretch.end) for place in stretch.behind)
    end = text.passage.sentences[n].end
    if end in text.ends:
        yield text.anchored(end, text.edition.texts[text.passage.id].offset(end, end=True))


def _cut(text: _Written, stretch: _Stretch) -> Iterator[_Part]:
    """Yield the parts of a stretch, cut at anchors and where names and days begin and end."""
    start, end = stretch.start, stretch.end
    inner = [m for m in text.marks if stretch.entry and _within(m, start, end)]
    outer = [m for m in text.marks if m not in inner]
    anchors = {place - stretch.place + start: place for place in stretch.inside}
    cuts = {place for m in outer for place in (m.start, m.end) if start < place < end}
    for i, (first, last) in enumerate(pairwise([start, *sorted(cuts | anchors.keys()), end])):
        if first in anchors:
            yield text.anchored(anchors[first], first)
        # A deletion belongs to a name only if it stands between two of its characters.
        mark = next((m for m in outer if m.start <= first < m.end and (first < last or m.start < first)), None)
        established = stretch.established[first - start : last - start]
        if not stretch.entry:
            yield mark, established
            continue
        content = _marked(established, first, [m for m in inner if first <= m.start and m.end <= last])
        # A name that crosses the end of an emended stretch cuts it: the reading stands in the first part.
        resp = responsible(text.edition.corpus.about)
        yield mark, _choice(content, "" if i else stretch.received, stretch.entry, resp)


def _within(mark: _Mark, start: int, end: int) -> bool:
    """Return whether a mark is part of a stretch; one that is the whole of it encloses the ``choice``."""
    return start <= mark.start and mark.end <= end and (start, end) != (mark.start, mark.end)


def _marked(text: str, offset: int, marks: Iterable[_Mark]) -> Iterator[Content]:
    """Yield text with elements around the marks in it. ``offset``: where the text begins."""
    done = offset
    for mark in marks:
        yield text[done - offset : mark.start - offset]
        yield element(mark.name, mark.attributes, text[mark.start - offset : mark.end - offset])
        done = mark.end
    yield text[done - offset :]


def _choice(established: Iterable[Content], received: str, entry: Entry, resp: str) -> Element:
    """Return ``choice`` of what was received and what is printed instead."""
    layout = entry.kind == "layout"
    corrected = {"cert": "" if layout else entry.certainty, "resp": resp}
    return element(
        "choice",
        element("orig" if layout else "sic", received),
        element("reg" if layout else "corr", corrected, *established),
    )
