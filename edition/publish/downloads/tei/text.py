"""The body of a work in TEI: divisions, passages and sentences, with names, days and emendations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from edition.edition import Edition
from edition.emend.names import Tag
from edition.model.layers import Entry
from edition.model.texts import Passage
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.elements import NAME_ELEMENTS, XML_ID, Content, Element, element, lines
from edition.publish.downloads.tei.header import responsible


def body(edition: Edition, passages: Iterable[Passage]) -> Element:
    """Return ``body``: divisions by juan, year and month in the order of the text.

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
            yield from (_passage(edition, passage) for passage in group)
            return
        kind = {2: "juan", 3: "year", 4: "month"}[parts]
        for id_, own in groupby(group, lambda p: ".".join(p.id.split(".")[:parts])):
            yield division(kind, id_, within(list(own), parts + 1))

    return element("body", *lines(*within(list(passages), 2)))


def _passage(edition: Edition, passage: Passage) -> Element:
    """Return ``ab``: the date of the passage, then its sentences."""
    marks = _marks(edition, passage)
    sentences = (
        element("s", {XML_ID: f"{passage.id}.{s.n}", "n": s.n}, *_sentence(edition, passage, n, marks))
        for n, s in enumerate(passage.sentences)
    )
    attributes = {XML_ID: passage.id, "n": passage.id.rpartition(".")[2]}
    return element("ab", attributes, *_slot(edition, passage), *sentences)


def _slot(edition: Edition, passage: Passage) -> Iterator[Element]:
    """Yield an empty ``date``: when the passage is, as the work prints or carries it. None before the first year."""
    if not passage.era:
        return
    calendar, work = edition.corpus.calendar, edition.works[passage.work]
    label = edition.label(passage.era, passage.printed.year or 0)[work.script]
    slot = ".".join(passage.id.split(".")[2:4])
    span = calendar.span(calendar.calendar_of(work.state, passage.era), passage.year, passage.slot)
    attributes = {"type": passage.basis, "calendar": f"#{dates.CHINESE}", "n": f"{label} {slot}"}
    yield element("date", attributes, dates.span(*span) if span else {})


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
    ref = {"ref": f"#{tag.name.id}"}
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
class _Stretch:
    """A stretch of a sentence: unchanged text, or one change of the apparatus."""

    start: int
    """Offset in the established text."""
    established: str
    received: str
    entry: Entry | None


def _stretches(edition: Edition, passage: Passage, n: int) -> Iterator[_Stretch]:
    """Yield the stretches of the sentence with index ``n``.

    The lemma of a change that crosses the end of the sentence stands in the next one, as in the established text.
    """
    first, last = passage.sentences[n].start, passage.sentences[n].end
    for piece in edition.texts[passage.id].pieces:
        start, end = max(first, piece.start), min(last, piece.start + len(piece.received))
        if start >= end:
            continue
        received = piece.received[start - piece.start : end - piece.start]
        if not piece.entry:
            yield _Stretch(piece.offset + start - piece.start, received, received, None)
        elif end < piece.start + len(piece.received):
            yield _Stretch(piece.offset, "", received, piece.entry)
        else:
            yield _Stretch(piece.offset, piece.established, received, piece.entry)


def _sentence(edition: Edition, passage: Passage, n: int, marks: list[_Mark]) -> Iterator[Content]:
    """Yield the content of the sentence with index ``n``, with elements around its names and days."""
    resp = responsible(edition.corpus.about)
    pieces: list[tuple[_Mark | None, Content]] = []
    for stretch in _stretches(edition, passage, n):
        start, end = stretch.start, stretch.start + len(stretch.established)
        inner = [m for m in marks if stretch.entry and _within(m, start, end)]
        outer = [m for m in marks if m not in inner]
        cuts = sorted({place for m in outer for place in (m.start, m.end) if start < place < end})
        places = [start, *cuts, end]
        for i, (first, last) in enumerate(pairwise(places)):
            # A deletion belongs to a name only if it stands between two of its characters.
            mark = next((m for m in outer if m.start <= first < m.end and (first < last or m.start < first)), None)
            established = stretch.established[first - start : last - start]
            if not stretch.entry:
                pieces.append((mark, established))
                continue
            content = _marked(established, first, [m for m in inner if first <= m.start and m.end <= last])
            # A name that crosses the end of an emended stretch cuts it: the reading stands in the first part.
            pieces.append((mark, _choice(content, "" if i else stretch.received, stretch.entry, resp)))
    for mark, group in groupby(pieces, itemgetter(0)):
        parts = (piece for _, piece in group)
        if mark:
            yield element(mark.name, mark.attributes, *parts)
        else:
            yield from parts


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
